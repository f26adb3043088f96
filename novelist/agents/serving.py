"""The server: it speaks on standard input and output until its input ends, and leaves nothing running behind it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.agents.opened import Opened
from novelist.agents.tools import Tools
from novelist.drafting.confirm import YES
from novelist.model.budget import UNPRICED

if TYPE_CHECKING:
    from types import FrameType


def serve(root: Path) -> None:
    """Serve the book in the folder `root`, from which its files are named then, until the end of input.

    A signal ends it at once, with what was begun.
    """
    os.chdir(root)
    os.environ.pop("NOVELIST_BOOK", None)
    for name in (YES, UNPRICED):  # who began the agent has not answered the questions of a build
        os.environ.pop(name, None)
    opened = Opened(Path())

    def leave(number: int, _: FrameType | None) -> None:
        opened.close()
        os._exit(128 + number)  # a thread waits for the next line of input, and nothing wakes it

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    Tools(opened).run("stdio")
