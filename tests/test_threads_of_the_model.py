"""The embedded model takes the cores that are free, since one that it has to share holds up all of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from novelist.model.cores import ENGINES_CHOICE, Look, fit, free_cores, look, threads
from novelist.model.local import Local
from novelist.model.way import connect


@pytest.fixture
def _eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)


@pytest.mark.usefixtures("_eight")
@pytest.mark.parametrize(
    ("free", "taken"), [(8.0, ENGINES_CHOICE), (7.6, ENGINES_CHOICE), (7.0, 7), (1.2, 1), (0.0, 1)]
)
def test_it_takes_what_is_free_and_one_at_least(free: float, taken: int) -> None:
    assert threads(free) == taken


@pytest.mark.usefixtures("_eight")
@pytest.mark.parametrize(
    ("taken", "stays", "is_loaded_again"),
    [(ENGINES_CHOICE, 4.0, 3.0), (8, 8.0, 3.0), (4, 8.0, 1.0), (3, 2.0, 8.0), (1, 2.0, 3.0), (1, 0.0, 8.0)],
)
def test_it_is_loaded_again_where_other_threads_are_worth_it(taken: int, stays: float, is_loaded_again: float) -> None:
    assert fit(taken, stays)
    assert not fit(taken, is_loaded_again)


@pytest.mark.embedded
@pytest.mark.usefixtures("_eight")
def test_between_two_answers_it_is_loaded_again_at_the_same_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statistics = tmp_path / "stat"
    statistics.write_text("cpu 0 0 0 0 0 0 0 0\n")
    monkeypatch.setattr("novelist.model.cores.STATISTICS", statistics)
    monkeypatch.setattr("novelist.model.local.MOMENT", 0.0)
    monkeypatch.setattr("time.sleep", lambda _: statistics.write_text("cpu 900 0 0 0 0 0 0 0\n"))
    engine = Local(None, print)
    client, taken = connect(engine.base_url, engine.token, 60.0), []

    def answer() -> None:
        taken.append(engine._threads)
        client.chat.completions.create(model="", messages=[{"role": "user", "content": "Hello."}], max_tokens=1)

    with engine.answering():
        answer()
        statistics.write_text("cpu 900 0 0 900 0 0 0 0\n")  # the others have ended
        with engine.answering():
            answer()
    with engine.answering():
        answer()
    assert taken == [1, 1, ENGINES_CHOICE]
    client.close()
    engine.close()


@pytest.mark.usefixtures("_eight")
@pytest.mark.parametrize(
    ("ticks", "idle", "own", "free"),
    [(800, 800, 0.0, 8.0), (800, 0, 0.0, 0.0), (800, 200, 1.5, 3.5), (800, 600, 4.0, 8.0)],
)
def test_what_it_takes_itself_is_as_free_as_what_is_idle(ticks: int, idle: int, own: float, free: float) -> None:
    assert free_cores(Look(5.0, 100, 50, 2.0), Look(6.0, 100 + ticks, 50 + idle, 2.0 + own)) == free


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells at once what its cores do")
def test_a_core_that_others_have_is_not_free() -> None:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        free = 99.0
        for _ in range(100):  # they begin when they begin
            before = look()
            time.sleep(0.1)
            if (free := free_cores(before, look())) < 0.5:
                break
        assert free < (os.cpu_count() or 1) - 0.4
    finally:
        for program in busy:
            program.kill()
            program.wait()


@pytest.mark.usefixtures("_eight")
@pytest.mark.parametrize("statistics", [None, "", "no figures\n"])
def test_where_the_system_does_not_tell_the_load_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statistics: str | None
) -> None:
    if statistics is not None:
        (tmp_path / "stat").write_text(statistics)
    monkeypatch.setattr("novelist.model.cores.STATISTICS", tmp_path / "stat")
    monkeypatch.setattr("os.getloadavg", lambda: (5.0, 0.0, 0.0))
    before, after = look(), look()
    assert (before.ticks, after.ticks) == (0, 0)
    assert free_cores(Look(5.0, 0, 0, 2.0), Look(6.0, 0, 0, 2.0)) == 3.0
