"""An answer as it is heard: the pieces of a stream, wherever a server puts what, and how the text ended.

Pure, but for the clock. Knows the forms of the chunks that servers send, as plain JSON. Knows no request.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from novelist.model.tokens import Usage, read_usage
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.model.faults import Fault

CUT, ENOUGH, LENGTH, STOP = "cut", "enough", "length", "stop"
OTHER_STOPS = frozenset({"eos", "eos_token", "end_turn", "stop_sequence"})  # of servers that are like OpenAI's


@dataclass(frozen=True)
class Answer:
    """A text and how it ended: as the server says, or `cut` by the way to it, or `enough` to its listener."""

    text: str
    finish: str
    reasoning: str = ""


class Enough(Exception):
    """Raised by a listener that wants no more of a text."""


class StreamHandler(Protocol):
    """Who is told of a text while it is being written."""

    def start(self) -> None:
        """Forget what came: the answer is begun, or begun again."""

    def add(self, piece: str) -> None:
        """Take the next piece of the text. Raises Enough where no more is wanted."""

    def think(self, piece: str) -> None:
        """Take the next piece of the model's reasoning."""

    def end(self, finish: str) -> None:
        """Take note that the text has come to its end, before the call has."""


@dataclass
class Received:
    """What has come of one answer."""

    began: float
    taken: bool = False  # by the server, whom it may cost something from then on
    first: float | None = None
    finish: str = ""
    usage: Usage | None = None
    text: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)

    def take(self, chunk: object, handler: StreamHandler) -> bool:
        """Take what is in a piece of a stream, wherever a server puts it, and say whether it was more than nothing."""
        fields = _object(chunk)
        choices = fields.get("choices")
        choice = _object(choices[0] if isinstance(choices, list) and choices else None)
        delta = _object(choice.get("delta"))
        piece, thought = _text(delta, "content"), _text(delta, "reasoning_content") or _text(delta, "reasoning")
        finish = _text(choice, "finish_reason")
        counted = _object(fields.get("usage")) or _object(choice.get("usage"))
        self.usage = read_usage(counted, _object(fields.get("timings"))) or self.usage
        if piece or thought:
            self.first = self.first or time.monotonic()
        if thought:
            self.reasoning.append(thought)
            handler.think(printable(thought))
        if piece:
            self.text.append(piece)
            handler.add(printable(piece))
        if finish:
            self.finish = STOP if finish in OTHER_STOPS else finish
            handler.end(self.finish)
        return bool(piece or thought or finish)

    def lives(self, wrong: Fault | None) -> bool:
        """Say whether what was heard before a stream broke is of use: all of a text, or a part to go on from."""
        if wrong is None:
            return False
        return self.finish in (STOP, LENGTH) or (bool(self.text) and (wrong.transient or wrong.filtered))


def _text(fields: Mapping[str, Any], name: str) -> str:
    """Return the text that is called `name`, empty where there is none, or something else."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _object(value: object) -> Mapping[str, Any]:
    """Return a JSON object as a mapping; empty for anything else."""
    return value if isinstance(value, dict) else {}
