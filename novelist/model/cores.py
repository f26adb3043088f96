"""What the cores of this machine do, and how many threads of the embedded model's engine fit that. Knows no engine."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

ENGINES_CHOICE = -1
HARDLY_BUSY = 0.5  # of a core
STATISTICS = Path("/proc/stat")


@dataclass(frozen=True)
class Look:
    """What was spent until a moment: by all cores, of that by idle ones, both in ticks, and by this process in seconds.

    Ticks are 0 where the system does not tell.
    """

    at: float
    ticks: int
    idle: int
    own: float


def look() -> Look:
    """Return what was spent until now, by the first line of /proc/stat (proc_stat(5)) where there is one."""
    try:
        ticks = [int(each) for each in STATISTICS.read_text(encoding="ascii").partition("\n")[0].split()[1:9]]
    except (OSError, ValueError):
        ticks = []
    return Look(time.monotonic(), sum(ticks), sum(ticks[3:5]), time.process_time())


def free_cores(before: Look, after: Look) -> float:
    """Return how many cores were this process's to take between two looks: what was idle, and what it took.

    That is all of them where the system does not tell.
    """
    cores = os.cpu_count() or 1
    own = (after.own - before.own) / max(1e-3, after.at - before.at)
    if ticks := after.ticks - before.ticks:
        idle = cores * (after.idle - before.idle) / ticks
    else:
        idle = cores - os.getloadavg()[0] if hasattr(os, "getloadavg") else cores
    return min(cores, max(0.0, idle + own))


def threads(free: float) -> int:
    """Return how many threads the engine is to take where so many cores are free: its own choice if all are.

    Its threads wait for each other many times in each token, so one that has to share its core holds up all of them.
    """
    return ENGINES_CHOICE if free > (os.cpu_count() or 1) - HARDLY_BUSY else max(1, round(free))


def fit(taken: int, free: float) -> bool:
    """Say whether an engine with `taken` threads should stay as it is where so many cores are free.

    It should if the threads are at most twice too many or too few: to load it again costs it all that it has read.
    """
    cores = os.cpu_count() or 1
    now, better = (cores if each == ENGINES_CHOICE else each for each in (taken, threads(free)))
    return now <= 2 * better and better <= 2 * now
