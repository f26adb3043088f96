"""A command that is stopped before it has begun ends as one that is stopped later: quietly, and by its status."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from visiting import type_book

from novelist.building.process import Command, Run
from novelist.interrupts import interrupts
from novelist.studio.books import OpenBook
from novelist.studio.build_page import build_page


def test_on_windows_there_is_a_second_signal_that_stops() -> None:
    assert interrupts(SimpleNamespace(SIGINT=2, SIGBREAK=21)) == [2, 21]
    assert signal.SIGINT in interrupts()


@pytest.mark.slow
def test_a_build_that_is_stopped_right_away_says_nothing_and_is_shown_as_stopped(tmp_path: Path) -> None:
    opened = OpenBook("salt", type_book(tmp_path / "salt"))
    opened.run = Run(opened.root, Command(["build"]))
    opened.close()
    assert (opened.run.status, [*opened.run.lines]) == (130, [])
    assert build_page(opened).state == "stopped"


@pytest.mark.slow
def test_ctrl_c_while_it_is_loaded_is_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "novelist", "-C", str(type_book(tmp_path)), "build"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stderr is not None
        while not running.stderr.readline().endswith(" click.exceptions\n"):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
    assert (running.returncode, [line for line in rest.splitlines() if "import time:" not in line]) == (130, [])
