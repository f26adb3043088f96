from __future__ import annotations

from dataclasses import replace

import pytest

from novelist.book.bible import Entity
from novelist.book.frontmatter import compose, parse
from novelist.book.premise import Span
from novelist.book.record import PageInfo, Record
from novelist.targets.brief import Brief
from novelist.targets.digests import OWN
from novelist.targets.verdict import Verdict, judge_chapter, judge_source, judge_summary
from novelist.text import digest

KEYS = frozenset({"title", "novelist"})
BRIEF = {"section": "h1", "bible": "h2", "settings": "h3", "story": "h4"}


def chapter(body: str = "Mara waits.", **changed: str) -> PageInfo:
    record = Record(digest("Mara waits."), BRIEF | changed, at="2026-11-22T13:04:10Z")
    return parse(compose({"title": "The Bottle", "novelist": record.front()}, body), KEYS).info()


def summary(body: str = "She waits.", of: str = "Mara waits.") -> PageInfo:
    return parse(compose({"novelist": Record(digest("She waits."), of=digest(of)).front()}, body), KEYS).info()


TYPED = parse("Mara waits.", KEYS).info()
TITLED = parse(compose({"title": "The Bottle"}, "Mara waits."), KEYS).info()
DAMAGED = parse("---\ntitle: [\nnovelist: {v: 1}\n---\nMara waits.", KEYS).info()


@pytest.mark.parametrize("stale", ["ripple", "redraft", "keep"])
@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (None, Verdict("missing", "it is missing")),
        (TYPED, Verdict("yours", "you wrote it")),
        (TITLED, Verdict("yours", "you wrote it")),
        (DAMAGED, Verdict("yours", "you wrote it")),
        (chapter(), Verdict("fresh", "nothing that it is written from has changed")),
        (chapter("Mara waits.  \r\n\r\n"), Verdict("fresh", "nothing that it is written from has changed")),
        (chapter("Mara goes."), Verdict("fresh", "nothing that it is written from has changed, and you edited it")),
        (
            chapter("Mara goes.", section="h0"),
            Verdict("kept", "you edited it; its part of the outline changed", ("section",)),
        ),
        (
            chapter("Mara goes.", settings="h0", story="h0"),
            Verdict(
                "kept",
                "you edited it; the length, the language or a prompt changed; the story before it changed",
                ("settings", "story"),
            ),
        ),
    ],
)
def test_the_verdict_on_a_chapter_that_is_never_replaced(
    page: PageInfo | None,
    verdict: Verdict,
    stale: str,
) -> None:
    assert judge_chapter(page, BRIEF, stale) == verdict


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"section": "h0"}, "its part of the outline changed"),
        ({"bible": "h0"}, "what the bible says of it changed"),
        ({"settings": "h0"}, "the length, the language or a prompt changed"),
        ({"story": "h0"}, "the story before it changed"),
        ({"story": "h0", "section": "h0"}, "its part of the outline changed; the story before it changed"),
        (
            {"section": "h0", "bible": "h0", "settings": "h0", "story": "h0"},
            (
                "its part of the outline changed; what the bible says of it changed; "
                "the length, the language or a prompt changed; the story before it changed"
            ),
        ),
    ],
)
def test_a_chapter_whose_brief_changed_is_stale_and_says_why(changed: dict[str, str], why: str) -> None:
    parts = tuple(part for part in BRIEF if part in changed)
    assert judge_chapter(chapter(**changed), BRIEF, "redraft") == Verdict("stale", why, parts)
    assert judge_chapter(chapter(**changed), BRIEF, "keep") == Verdict("kept", f"`stale: keep`; {why}", parts)


def test_a_part_that_a_record_does_not_have_has_changed() -> None:
    page = parse(compose({"novelist": Record(digest("Mara."), {"section": "h1"}).front()}, "Mara."), KEYS).info()
    assert judge_chapter(page, {"section": "h1", "story": "h4"}, "redraft").reason == "the story before it changed"


@pytest.mark.parametrize(
    ("page", "of", "verdict"),
    [
        (None, chapter(), Verdict("missing", "it is missing")),
        (None, None, Verdict("missing", "it is missing")),
        (parse("She waits.", KEYS).info(), chapter(), Verdict("yours", "you wrote it")),
        (summary(), chapter(), Verdict("fresh", "its chapter is as it was")),
        (summary(), TYPED, Verdict("fresh", "its chapter is as it was")),
        (summary(), chapter("Mara waits. \r\n"), Verdict("fresh", "its chapter is as it was")),
        (summary("She goes."), chapter(), Verdict("fresh", "its chapter is as it was")),
        (summary(), chapter("Mara goes."), Verdict("stale", "its chapter changed")),
        (summary("She goes."), chapter("Mara goes."), Verdict("kept", "you edited it; its chapter changed")),
        (summary(of="another"), chapter(), Verdict("stale", "its chapter changed")),
        (summary(), None, Verdict("stale", "its chapter changed")),
    ],
)
def test_the_verdict_on_a_summary(page: PageInfo | None, of: PageInfo | None, verdict: Verdict) -> None:
    assert judge_summary(page, of.digest if of else "", "its chapter") == verdict


def source(**front: object) -> PageInfo:
    return parse(compose({"title": "The Salt Lamp", **front}, "Mara."), KEYS).info()


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (None, Verdict("missing", "it is missing")),
        (source(), Verdict("yours", "no build writes over it")),
        (source(novelist=Record("h1", {"premise": "h7"}).front()), Verdict("yours", "no build writes over it")),
        (source(novelist=Record("h1").front()), Verdict("yours", "no build writes over it")),
        (source(novelist=Record("h1", {"premise": "h0"}).front()), Verdict("kept", "it is older than the premise")),
    ],
)
def test_the_verdict_on_the_bible_and_the_outline(page: PageInfo | None, verdict: Verdict) -> None:
    assert judge_source(page, "h7") == verdict


@pytest.mark.parametrize(
    ("changed", "asks"),
    [
        ({"story"}, "always"),
        ({"settings"}, "many"),
        ({"bible"}, "many"),
        ({"bible", "story"}, "many"),
        ({"section"}, "no"),
        ({"section", "story"}, "no"),
        ({"section", "bible", "settings", "story"}, "no"),
    ],
)
def test_what_nobody_touched_is_replaced_only_with_a_word(changed: set[str], asks: str) -> None:
    page = chapter(**dict.fromkeys(changed, "h0"))
    assert judge_chapter(page, BRIEF, "redraft").asks == asks
    assert judge_chapter(page, BRIEF, "keep").asks == "no"


def test_a_first_draft_never_asks() -> None:
    assert judge_chapter(None, BRIEF, "redraft").asks == "no"


@pytest.mark.parametrize(
    ("verdict", "drafts", "settled"),
    [
        (Verdict("missing", ""), True, False),
        (Verdict("stale", ""), True, False),
        (Verdict("kept", ""), False, False),
        (Verdict("fresh", ""), False, True),
        (Verdict("yours", ""), False, True),
    ],
)
def test_only_what_is_missing_or_stale_is_drafted_and_what_is_kept_is_reported(
    verdict: Verdict,
    drafts: bool,  # noqa: FBT001
    settled: bool,  # noqa: FBT001
) -> None:
    assert (verdict.drafts, verdict.settled) == (drafts, settled)


BOOK = Brief("Mara waits.", [Entity("Mara", "## Mara\n\nShe waits.")], Span(1500, 2500), "en", [], ["One.", "Two."])


def test_the_digests_of_a_brief_are_what_they_always_were() -> None:
    assert BOOK.digests() == {
        "section": "h45fc27809ac9",
        "bible": "h01057f817161",
        "settings": "h7e33c8103379",
        "story": "hba40ff178416",
        "part": "he3b0c44298fc",
        "style": "he3b0c44298fc",
        "rules": "he3b0c44298fc",
    }
    assert set(OWN) < set(BOOK.digests())


@pytest.mark.parametrize(
    ("brief", "changed"),
    [
        (Brief("Mara waits.\r\n", BOOK.entities, BOOK.words, "en", [], ["One. \n", "\nTwo."]), set()),
        (Brief("Mara goes.", BOOK.entities, BOOK.words, "en", [], BOOK.story), {"section"}),
        (Brief("Mara waits.", [], BOOK.words, "en", [], BOOK.story), {"bible"}),
        (Brief("Mara waits.", BOOK.entities, Span(9, 9), "en", [], BOOK.story), {"settings"}),
        (Brief("Mara waits.", BOOK.entities, BOOK.words, "de", [], BOOK.story), {"settings"}),
        (Brief("Mara waits.", BOOK.entities, BOOK.words, "en", ["my own"], BOOK.story), {"settings"}),
        (Brief("Mara waits.", BOOK.entities, BOOK.words, "en", [], ["Two.", "One."]), {"story"}),
        (replace(BOOK, part="Winter."), {"part"}),
        (replace(BOOK, style="Plain words."), {"style"}),
    ],
)
def test_each_input_changes_the_part_of_the_brief_it_belongs_to(brief: Brief, changed: set[str]) -> None:
    now, then = brief.digests(), BOOK.digests()
    assert {part for part in now if now[part] != then[part]} == changed
