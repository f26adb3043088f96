"""Which summaries and arcs tell a chapter of the chapters before it: of one that is drafted now, and by a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.targets.story import LONGEST_RUN, TOLD_SINGLY, Run, Story

if TYPE_CHECKING:
    from collections.abc import Iterator


def ids(count: int) -> list[str]:
    return [f"c{number}" for number in range(1, count + 1)]


def told(story: Story, number: int, border: str | None = None) -> list[str]:
    """Return what a chapter is told, as a person would say it: `7`, `1-10`."""
    context = story.context(number, border)
    return [str(one) if isinstance(one, int) else f"{one.first}-{one.last}" for one in context]


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
def test_by_a_record_without_a_border_two_runs_are_told_one_by_one_and_older_ones_as_arcs(
    number: int, arcs: list[str], ones: list[str]
) -> None:
    assert told(Story(ids(1000)), number, "") == [*arcs, *ones]


@pytest.mark.parametrize(
    ("number", "arcs", "ones"),
    [
        (1, [], []),
        (2, [], numbers(1, 1)),
        (45, [], numbers(1, 44)),
        (70, [], numbers(1, 69)),
        (71, ["1-10"], numbers(11, 70)),
        (80, ["1-10"], numbers(11, 79)),
        (81, ["1-10", "11-20"], numbers(21, 80)),
        (171, ["1-100", "101-110"], numbers(111, 170)),
    ],
)
def test_the_runs_of_the_last_sixty_chapters_are_told_one_by_one(number: int, arcs: list[str], ones: list[str]) -> None:
    story = Story(ids(1000))
    assert told(story, number) == told(story, number, story.border(number)) == [*arcs, *ones]
    assert story.border(number) == f"c{(ones or ['1'])[0]}"


@pytest.mark.parametrize(("border", "most", "last"), [(None, 97, 81), ("", 48, 36)])
def test_a_late_chapter_is_told_about_a_hundred_texts_or_half_as_many(border: str | None, most: int, last: int) -> None:
    story = Story(ids(2000))
    assert max(len(story.context(number, border)) for number in range(1, 2001)) <= most
    assert len(story.context(1000, border)) == last


def first_read(story: Story) -> dict[tuple[int, int], int]:
    return {(arc.first, arc.last): number for arc, number in story.readers.items()}


def test_an_arc_is_read_first_by_the_first_chapter_of_the_seventh_run_behind_it() -> None:
    assert first_read(Story(ids(190))) == {
        **{(first, first + 9): first + 70 for first in range(1, 121, 10)},
        (1, 100): 171,
    }


def test_an_arc_is_read_first_by_the_first_chapter_of_the_second_run_behind_it_where_records_have_no_border() -> None:
    assert first_read(Story(ids(140), borders=dict.fromkeys(ids(140), ""))) == {
        **{(first, first + 9): first + 20 for first in range(1, 121, 10)},
        (1, 100): 121,
    }


def test_only_the_arcs_that_a_record_or_a_new_draft_is_told_are_read() -> None:
    assert first_read(Story(ids(45), borders=dict.fromkeys(ids(30)[22:], ""))) == {(1, 10): 23}
    assert first_read(Story(ids(45), borders=dict.fromkeys(ids(45), "c1"))) == {}
    assert first_read(Story(ids(45), borders={"c40": "c31", "c45": "c21"})) == {
        (1, 10): 40,
        (11, 20): 40,
        (21, 30): 40,
    }


@pytest.mark.parametrize("chapter", [1, 5, 10, 11, 40, 41])
def test_a_border_stays_with_its_run_wherever_a_section_is_inserted(chapter: int) -> None:
    before = Story(ids(45), borders={"c45": "c21"})
    book = [*ids(45)[: chapter - 1], "new", *ids(45)[chapter - 1 :]]
    after = Story(book, *made(before), {"c45": "c21"})
    texts = [
        one.covers if isinstance(one, Run) else book[one - 1]
        for one in after.context(46, "c21")
        if isinstance(one, Run) or book[one - 1] != "new"
    ]
    arcs = [one.covers for one in after.context(46, "c21") if isinstance(one, Run)]
    assert [tuple(one for one in arc if one != "new") for arc in arcs] == [tuple(ids(10)), tuple(ids(20)[10:])]
    assert texts[2:] == ids(44)[20:]


def test_a_border_that_is_no_chapter_any_more_is_that_of_a_new_draft() -> None:
    assert told(Story(ids(80)), 80, "gone") == told(Story(ids(80)), 80)
    assert told(Story(ids(80)), 20, "c60") == ["1-10", *numbers(11, 19)]


def made(story: Story) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what the arcs of a finished book cover."""
    arcs = list(story.readers)
    return [arc.covers for arc in arcs if not arc.parts], [arc.covers for arc in arcs if arc.parts]


def older(book: list[str]) -> dict[str, str]:
    """Return the borders of records that name none."""
    return dict.fromkeys(book, "")


def borders(story: Story) -> list[tuple[str, ...]]:
    return [arc.covers for arc in story.readers if not arc.parts]


def test_an_insertion_near_the_beginning_widens_one_arc_and_leaves_the_others_alone() -> None:
    before = Story(ids(60), borders=older(ids(60)))
    after = Story([*ids(60)[:3], "new", *ids(60)[3:]], *made(before), older(ids(60)))
    assert borders(after)[0] == ("c1", "c2", "c3", "new", *ids(10)[3:])
    assert borders(after)[1:] == borders(before)[1:]


def test_what_is_put_between_two_arcs_belongs_to_the_first() -> None:
    after = Story([*ids(40)[:10], "new", *ids(40)[10:]], *made(Story(ids(40), borders=older(ids(40)))), older(ids(40)))
    assert borders(after) == [(*ids(10), "new"), tuple(ids(20)[10:])]


def test_what_is_put_before_the_first_arc_belongs_to_it() -> None:
    after = Story(["new", *ids(40)], *made(Story(ids(40), borders=older(ids(40)))), older(ids(40)))
    assert borders(after) == [("new", *ids(10)), tuple(ids(20)[10:])]


def test_a_run_that_has_grown_longer_than_fifteen_is_split_in_halves() -> None:
    extra = [f"n{number}" for number in range(6)]
    after = Story([*ids(60)[:5], *extra, *ids(60)[5:]], *made(Story(ids(60), borders=older(ids(60)))), older(ids(60)))
    assert borders(after)[:2] == [(*ids(5), *extra[:3]), (*extra[3:], *ids(10)[5:])]
    assert borders(after)[2:] == borders(Story(ids(60), borders=older(ids(60))))[1:]


def test_a_chapter_that_is_moved_far_away_leaves_its_arc_and_no_other_arc_moves() -> None:
    moved = [*ids(60)[:2], *ids(60)[3:], "c3"]
    assert borders(Story(moved, *made(Story(ids(60), borders=older(ids(60)))), older(ids(60))))[:4] == [
        ("c1", "c2", *ids(10)[3:]),
        *borders(Story(ids(60), borders=older(ids(60))))[1:4],
    ]


def test_an_arc_whose_file_is_gone_is_made_again_within_its_borders() -> None:
    before = Story(ids(60), borders=older(ids(60)))
    arcs = made(before)[0]
    assert borders(Story(ids(60), [arcs[0], *arcs[2:]], borders=older(ids(60)))) == borders(before)


EDITS = st.lists(st.tuples(st.sampled_from(["insert", "remove", "move"]), st.integers(0, 200)), max_size=25)


def edited(book: list[str], edits: list[tuple[str, int]]) -> Iterator[list[str]]:
    """Yield a book after each of some edits."""
    for serial, (edit, place) in enumerate(edits):
        at = place % (len(book) + (edit == "insert"))
        book = [*book[:at], f"n{serial}", *book[at:]] if edit == "insert" else book
        if edit != "insert" and len(book) > 1:
            one, book = book[at], [*book[:at], *book[at + 1 :]]
            to = (place * 7) % (len(book) + 1)
            book = [*book[:to], one, *book[to:]] if edit == "move" else book
        yield book


@settings(max_examples=150, deadline=None)
@given(count=st.integers(1, 160), edits=EDITS, choices=st.lists(st.integers(-1, 159), min_size=1, max_size=9))
def test_however_a_book_is_edited_each_chapter_is_told_each_chapter_before_it_once(
    count: int, edits: list[tuple[str, int]], choices: list[int]
) -> None:
    # What records name: nothing, a chapter of the book as it was, one that is gone; and some chapters have no record.
    named = {f"c{place}": f"c{place}" for place in choices} | {"": ""}
    records = {f"c{n}": list(named.values())[n % len(named)] for n in range(1, count + 1) if n % (len(choices) + 1)}
    book = ids(count)
    story = Story(book, borders=records)
    for after in edited(book, edits):
        book, story = after, Story(after, *made(story), records)
    for number, identity in enumerate(book, 1):
        for border in (None, records.get(identity)):
            context = story.context(number, border)
            covered = [
                chapter
                for one in context
                for chapter in ([one] if isinstance(one, int) else range(one.first, one.last + 1))
            ]
            assert covered == list(range(1, number))
            for one in context:
                if isinstance(one, Run):
                    assert all(story.readers[part] <= story.readers[one] for part in one.parts)
                    assert story.readers[one] <= number
            if border is None:
                assert sum(isinstance(one, int) for one in context) < TOLD_SINGLY + LONGEST_RUN
                assert context == story.context(number, story.border(number))
    arcs = [arc for number in range(1, len(book) + 1) for arc in story.opens(number)]
    assert arcs == list(story.readers)
    assert all(len(arc.of) <= LONGEST_RUN for arc in arcs)
    assert [arc.identity for arc in arcs] == list(dict.fromkeys(arc.identity for arc in arcs))
    assert set(arcs) <= set(story.runs)
