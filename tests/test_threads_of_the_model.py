"""The embedded model takes the cores that are idle, since one that it has to share holds up all of them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from novelist.model.cores import ENGINES_CHOICE, idle_cores, threads


@pytest.mark.parametrize(
    ("idle", "taken"), [(8.0, ENGINES_CHOICE), (7.6, ENGINES_CHOICE), (7.0, 7), (1.2, 1), (0.0, 1)]
)
def test_it_takes_what_is_idle_and_one_at_least(monkeypatch: pytest.MonkeyPatch, idle: float, taken: int) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    monkeypatch.setattr("novelist.model.cores.idle_cores", lambda: idle)
    assert threads() == taken


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells at once what its cores do")
def test_a_core_that_is_busy_is_not_idle() -> None:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        for _ in range(100):  # they begin when they begin
            if idle_cores() < 0.5:
                break
        assert idle_cores() < (os.cpu_count() or 1) - 0.4
    finally:
        for program in busy:
            program.kill()
            program.wait()


def test_where_the_system_does_not_tell_the_load_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> list[int]:
        raise OSError

    monkeypatch.setattr("novelist.model.cores._ticks", nothing)
    monkeypatch.setattr("os.getloadavg", lambda: (100.0, 0.0, 0.0))
    assert idle_cores() == 0
