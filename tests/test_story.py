"""Which summaries and arcs tell a chapter of the chapters before it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.targets.story import LONGEST_RUN, Run, Story


def ids(count: int) -> list[str]:
    return [f"c{number}" for number in range(1, count + 1)]


def told(story: Story, number: int) -> list[str]:
    """Return what a chapter is told, as a person would say it: `7`, `1-10`."""
    return [str(one) if isinstance(one, int) else f"{one.first}-{one.last}" for one in story.context(number)]


def numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


@pytest.mark.parametrize(
    ("number", "arcs", "ones"),
    [
        (1, [], []),
        (2, [], numbers(1, 1)),
        (11, [], numbers(1, 10)),
        (20, [], numbers(1, 19)),
        (21, ["1-10"], numbers(11, 20)),
        (40, ["1-10", "11-20"], numbers(21, 39)),
        (120, [f"{first}-{first + 9}" for first in range(1, 100, 10)], numbers(101, 119)),
        (121, ["1-100", "101-110"], numbers(111, 120)),
    ],
)
def test_two_runs_are_told_one_by_one_and_older_ones_as_arcs(number: int, arcs: list[str], ones: list[str]) -> None:
    assert told(Story(ids(1000)), number) == [*arcs, *ones]


@pytest.mark.parametrize("count", [100, 1000, 2000])
def test_a_late_chapter_is_told_about_forty_texts(count: int) -> None:
    story = Story(ids(count))
    assert max(len(story.context(number)) for number in range(1, count + 1)) <= 48
    assert len(Story(ids(1000)).context(1000)) == 36


def test_an_arc_is_read_first_by_the_first_chapter_of_the_second_run_behind_it() -> None:
    story = Story(ids(140))
    assert {(arc.first, arc.last): number for arc, number in story.readers.items()} == {
        **{(first, first + 9): first + 20 for first in range(1, 121, 10)},
        (1, 100): 121,
    }


def made(story: Story) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what the arcs of a finished book cover."""
    arcs = list(story.readers)
    return [arc.covers for arc in arcs if not arc.parts], [arc.covers for arc in arcs if arc.parts]


def borders(story: Story) -> list[tuple[str, ...]]:
    return [arc.covers for arc in story.readers if not arc.parts]


def test_an_insertion_near_the_beginning_widens_one_arc_and_leaves_the_others_alone() -> None:
    before = Story(ids(60))
    after = Story([*ids(60)[:3], "new", *ids(60)[3:]], *made(before))
    assert borders(after)[0] == ("c1", "c2", "c3", "new", *ids(10)[3:])
    assert borders(after)[1:] == borders(before)[1:]


def test_what_is_put_between_two_arcs_belongs_to_the_first() -> None:
    after = Story([*ids(40)[:10], "new", *ids(40)[10:]], *made(Story(ids(40))))
    assert borders(after) == [(*ids(10), "new"), tuple(ids(20)[10:])]


def test_what_is_put_before_the_first_arc_belongs_to_it() -> None:
    after = Story(["new", *ids(40)], *made(Story(ids(40))))
    assert borders(after) == [("new", *ids(10)), tuple(ids(20)[10:])]


def test_a_run_that_has_grown_longer_than_fifteen_is_split_in_halves() -> None:
    extra = [f"n{number}" for number in range(6)]
    after = Story([*ids(60)[:5], *extra, *ids(60)[5:]], *made(Story(ids(60))))
    assert borders(after)[:2] == [(*ids(5), *extra[:3]), (*extra[3:], *ids(10)[5:])]
    assert borders(after)[2:] == borders(Story(ids(60)))[1:]


def test_a_chapter_that_is_moved_far_away_leaves_its_arc_and_no_other_arc_moves() -> None:
    moved = [*ids(60)[:2], *ids(60)[3:], "c3"]
    assert borders(Story(moved, *made(Story(ids(60)))))[:4] == [
        ("c1", "c2", *ids(10)[3:]),
        *borders(Story(ids(60)))[1:4],
    ]


def test_an_arc_whose_file_is_gone_is_made_again_within_its_borders() -> None:
    before = Story(ids(60))
    arcs = made(before)[0]
    assert borders(Story(ids(60), [arcs[0], *arcs[2:]])) == borders(before)


EDITS = st.lists(st.tuples(st.sampled_from(["insert", "remove", "move"]), st.integers(0, 200)), max_size=25)


@settings(max_examples=150, deadline=None)
@given(count=st.integers(1, 160), edits=EDITS)
def test_however_a_book_is_edited_each_chapter_is_told_each_chapter_before_it_once(
    count: int, edits: list[tuple[str, int]]
) -> None:
    book = ids(count)
    story = Story(book)
    for serial, (edit, place) in enumerate(edits):
        at = place % (len(book) + (edit == "insert"))
        if edit == "insert":
            book.insert(at, f"n{serial}")
        elif len(book) > 1:
            one = book.pop(at)
            if edit == "move":
                book.insert((place * 7) % (len(book) + 1), one)
        story = Story(book, *made(story))
    for number in range(1, len(book) + 1):
        covered = [
            chapter
            for one in story.context(number)
            for chapter in ([one] if isinstance(one, int) else range(one.first, one.last + 1))
        ]
        assert covered == list(range(1, number))
        assert all(story.readers[one] <= number for one in story.context(number) if isinstance(one, Run))
    assert all(len(arc.of) <= LONGEST_RUN for arc in story.readers)
    assert [arc.identity for arc in story.readers] == list(dict.fromkeys(arc.identity for arc in story.readers))
