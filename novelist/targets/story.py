"""The story so far: which summaries, and which arcs, tell a chapter of the chapters before it.

Chapters stand in runs of about ten. The runs of the last sixty chapters are told one by one, older runs by an arc each;
a run of arcs is told by an arc of its own as soon as all of it is older than the newest arc that is told. An arc that
was made keeps its borders: what is inserted widens it, and only a run that has grown too long is split.

The border between the two is a chapter's own: its record names the first chapter that it was told singly. A record that
names none is of a time when only the current and the previous run were told one by one.

Pure. Knows identities, and what the arcs that are there cover. Knows no texts and no files.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

RUN_CHAPTERS = 10
LONGEST_RUN = 15
TOLD_SINGLY = 60  # chapters before a chapter's run whose summaries it is told one by one


@dataclass(frozen=True, eq=False)  # there is one object for each arc of a book
class Run:
    """A run of chapters, `first` to `last` (from 1), that an arc tells: of summaries, or of the runs in its `parts`."""

    first: int
    last: int
    covers: tuple[str, ...]
    parts: tuple[Run, ...] = ()

    @property
    def of(self) -> Sequence[Run | int]:
        """What its arc sums up: the arcs of runs, or the summaries of chapters by their numbers."""
        return self.parts or range(self.first, self.last + 1)

    @property
    def level(self) -> int:
        """1 for the arc of chapters, 2 for that of arcs."""
        return 2 if self.parts else 1

    def label(self, count: int) -> str:
        """Return its chapters as tasks write them, in a book of `count` of them: `001-010`."""
        width = max(3, len(str(count)))
        return f"{self.first:0{width}d}-{self.last:0{width}d}"

    def file_name(self, count: int) -> str:
        """Return the name of its file in a book of `count` chapters: `arc-001-010.md`."""
        return f"arc-{self.label(count)}.md"

    @property
    def identity(self) -> str:
        """Its name in history, which no chapter can have: a chapter's identity has letters, digits and hyphens only."""
        return f"{'@arcs' if self.parts else '@arc'}-{self.covers[0]}"


class Story:
    """The runs of a book whose chapters have the identities `ids`, given what its arcs cover.

    `covered` are the identities that each arc of chapters covers; `covered_by_arcs`, for each arc of arcs, the first
    identities of those. Without identities (there is no outline yet) the runs are tens. `borders` are, by the identity
    of a chapter, the first one that it was told singly, as its record names it.
    """

    def __init__(
        self,
        ids: Sequence[str],
        covered: Collection[Sequence[str]] = (),
        covered_by_arcs: Collection[Sequence[str]] = (),
        borders: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._ids = ids
        self._borders = borders
        self._runs = [
            Run(start + 1, end, tuple(ids[start:end])) for start, end in _runs(ids, covered)
        ]  # fmt: skip
        self._starts = [run.first for run in self._runs]
        firsts = [run.covers[0] for run in self._runs]
        self._folds = [
            (
                Run(
                    self._runs[start].first,
                    self._runs[end - 1].last,
                    tuple(firsts[start:end]),
                    tuple(self._runs[start:end]),
                ),
                end,
            )
            for start, end in _runs(firsts, covered_by_arcs)
        ]

    def context(self, number: int, border: str | None = None) -> list[Run | int]:
        """Return what tells chapter `number` of the chapters before it, in order: arcs, and numbers of summaries.

        `border` is the first chapter that its record says it was told singly, empty where that names none; None is for
        a chapter that is to be drafted.
        """
        single = self._single(number, border)
        return [*self._arcs_before(single), *range(self._starts[single], number)]

    def border(self, number: int) -> str:
        """Return the identity of the first chapter that chapter `number` is told singly where it is drafted now."""
        return self._runs[self._single(number, None)].covers[0]

    def _single(self, number: int, border: str | None) -> int:
        """Return the place (from 0) of the first run that chapter `number` is told one by one."""
        run = bisect_right(self._starts, number) - 1
        if border == "":
            return max(run - 1, 0)
        at = self._places.get(border) if border else None
        if at is not None:
            return min(bisect_right(self._starts, at) - 1, run)
        # All chapters of a run are told from the same one on, so that a server can reuse what it was told of them.
        return bisect_left(self._starts, self._starts[run] - TOLD_SINGLY)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The number of each chapter, by its identity."""
        return {identity: number for number, identity in enumerate(self._ids, 1)}

    def opens(self, number: int) -> list[Run]:
        """Return the arcs that chapter `number` is the first to read."""
        return self._opened.get(number, [])

    def same(self, other: Run) -> Run | None:
        """Return the arc of the same chapters as `other`, which was planned before their identities were known."""
        if other in self._arcs:
            return other
        size = (other.first, other.last, len(other.parts))
        return next((arc for arc in self.readers if (arc.first, arc.last, len(arc.parts)) == size), None)

    def wanted(self, number: int, border: str | None = None) -> list[Run]:
        """Return the arcs that chapter `number` is told, and those that these are made from, which come first."""
        arcs = self._arcs_before(self._single(number, border))
        return [*(part for arc in arcs for part in arc.parts), *arcs]

    @cached_property
    def readers(self) -> dict[Run, int]:
        """The chapter that is the first to read each arc that is read, in that order."""
        return {arc: number for number, arcs in self._opened.items() for arc in arcs}

    @cached_property
    def _opened(self) -> dict[int, list[Run]]:
        """The arcs that a chapter is the first to read, by its number."""
        opened: dict[int, list[Run]] = {}
        known: set[Run] = set()
        judged: set[int] = set()
        for number, identity in enumerate(self._ids, 1):
            for border in (None, self._borders.get(identity)):
                # The arcs depend on nothing but where they end, which is the same for many chapters in a row.
                if (single := self._single(number, border)) not in judged:
                    judged.add(single)
                    arcs = [arc for arc in self.wanted(number, border) if arc not in known]
                    known.update(arcs)
                    opened.setdefault(number, []).extend(arcs)
        return {number: sorted(arcs, key=lambda arc: (arc.level, arc.first)) for number, arcs in opened.items() if arcs}

    @property
    def runs(self) -> Iterator[Run]:
        """Yield all runs that an arc may tell, whether any chapter is told it or not: those of arcs come last."""
        yield from self._runs
        yield from (arc for arc, _ in self._folds)

    @cached_property
    def _arcs(self) -> frozenset[Run]:
        return frozenset(self.runs)

    def _arcs_before(self, single: int) -> list[Run]:
        """Return the arcs of the runs before the one at a place (from 0)."""
        if not single:
            return []
        folded, arcs = self._folded[single - 1]
        return [*arcs, *self._runs[folded:single]]

    @cached_property
    def _folded(self) -> list[tuple[int, list[Run]]]:
        """For each run: how many of the runs before it are told by arcs of arcs, and these."""
        by_run: list[tuple[int, list[Run]]] = []
        folded, folds = 0, iter(self._folds)
        arcs: list[Run] = []
        coming = next(folds, None)
        for run in range(len(self._runs)):
            if coming is not None and coming[1] == run:
                folded, arcs = run, [*arcs, coming[0]]
                coming = next(folds, None)
            by_run.append((folded, arcs))
        return by_run


def _runs(ids: Sequence[str], covered: Collection[Sequence[str]]) -> list[tuple[int, int]]:
    """Return the runs of `ids`, as half-open ranges: those of `covered` arcs, and tens where there is none."""
    # An arc is paid for, and each later chapter's record rests on its text: to move the border of one would make all of
    # them stale. So runs are first those that arcs were made of, wherever the outline has their chapters now, and tens
    # only in what is left. Chapters that were put between two runs widen the one before them as far as that does not
    # grow too long; a run that has grown too long all the same is halved, and only its own arc is asked for again.
    places = {identity: place for place, identity in enumerate(ids)}
    kept = sorted(span for covers in covered if (span := _span(sorted(places[one] for one in covers if one in places))))
    runs: list[tuple[int, int]] = []
    at = 0
    for start, end in kept:
        if start > at:
            between = start - at
            if runs and runs[-1][1] - runs[-1][0] + between <= LONGEST_RUN:
                runs[-1] = (runs[-1][0], start)
            elif not runs and end - start + between <= LONGEST_RUN:
                start = at  # noqa: PLW2901 - what was put before the first run widens it
            else:
                runs += _tens(at, start)
        if end > max(start, at):
            runs.append((max(start, at), end))
            at = end
    split = [piece for start, end in runs for piece in _halves(start, end)]
    return [*split, *_tens(at, len(ids))]


def _span(places: list[int]) -> tuple[int, int] | None:
    """Return where most of an arc's chapters stand together; one that was moved far away has left it."""
    groups: list[list[int]] = []
    for place in places:
        if groups and place - groups[-1][-1] <= LONGEST_RUN:
            groups[-1].append(place)
        else:
            groups.append([place])
    most = max(groups, key=len, default=None)
    return (most[0], most[-1] + 1) if most else None


def _tens(start: int, end: int) -> list[tuple[int, int]]:
    return [(at, min(at + RUN_CHAPTERS, end)) for at in range(start, end, RUN_CHAPTERS)]


def _halves(start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= LONGEST_RUN:
        return [(start, end)]
    middle = (start + end) // 2
    return [*_halves(start, middle), *_halves(middle, end)]
