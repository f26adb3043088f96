"""What the cores of this machine do, and how many threads of the embedded model's engine fit that. Knows no engine."""

from __future__ import annotations

import os
import time
from pathlib import Path

ENGINES_CHOICE = -1
HARDLY_BUSY = 0.5  # of a core
MOMENT = 0.2  # seconds
STATISTICS = Path("/proc/stat")


def threads() -> int:
    """Return how many threads the engine is to take: the cores that are idle, one at least; its own choice if all are.

    Its threads wait for each other after every token, so one that has to share its core holds up all of them: with two
    programs busy on two cores, two threads made 2 to 6 tokens a second where one made 16 to 21.
    """
    cores, idle = os.cpu_count() or 1, idle_cores()
    return ENGINES_CHOICE if idle > cores - HARDLY_BUSY else max(1, round(idle))


def idle_cores() -> float:
    """Return how many cores did nothing in the last moment; all of them where the system does not tell."""
    cores = os.cpu_count() or 1
    try:
        before = _ticks()
        time.sleep(MOMENT)
        spent = [after - old for after, old in zip(_ticks(), before, strict=True)]
    except (OSError, ValueError):
        return float(cores) if not hasattr(os, "getloadavg") else max(0.0, cores - os.getloadavg()[0])
    return cores * sum(spent[3:5]) / max(1, sum(spent))


def _ticks() -> list[int]:
    """Return what the cores have spent on what, by the first line of /proc/stat (proc_stat(5)): idle is the fourth."""
    line = STATISTICS.read_text(encoding="ascii").partition("\n")[0]
    return [int(ticks) for ticks in line.split()[1:9]]
