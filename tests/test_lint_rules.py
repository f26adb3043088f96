from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scripted import prose

from novelist.book.paths import Book
from novelist.lint.check import Report, check
from novelist.lint.finding import RULES
from novelist.lint.people import near
from novelist.prose.slop import count
from novelist.targets.snapshot import Snapshot
from novelist.words import count_words

BIBLE = """\
# People

## Mara Calhoun

She keeps the light.

## Captain Eskil

# Places

## The Glassworks
"""


def lint(
    root: Path,
    *texts: str,
    sections: Sequence[str] = (),
    titles: Sequence[str] = (),
    bible: str | None = None,
    front: str = "words: 1-20000\n",
) -> Report:
    """Return what is found in a book of these chapters."""
    (root / "chapters").mkdir(exist_ok=True)
    (root / "premise.md").write_text(f"---\ntitle: The Salt Lamp\n{front}---\nAn idea.\n", encoding="utf-8")
    if bible is not None:
        (root / "bible.md").write_text(bible, encoding="utf-8")
    outline = []
    for number, text in enumerate(texts, 1):
        title = titles[number - 1] if titles else f"Day {number}"
        says = sections[number - 1] if sections else "It happens."
        outline.append(f"## {number}. {title} {{#day-{number}}}\n\n{says}\n")
        (root / "chapters" / f"{number:02d}-day-{number}.md").write_text(text, encoding="utf-8", newline="")
    (root / "outline.md").write_text("\n".join(outline), encoding="utf-8")
    return check(Snapshot(Book(root)))


def found(report: Report) -> list[str]:
    """Return the findings as `rule sure line`."""
    return [f"{finding.rule} {finding.sure} {finding.line}" for finding in report.findings]


CHAPTER = "Mara walked to the shore.\n\n“Who is there?” she asked.\n\n"
ONE_CHAPTER = {
    "a word": (f"{CHAPTER}She opened the letter, and the lamp in the tower went", ["unfinished sure 5"]),
    "a comma": (f"{CHAPTER}She opened the letter, and the lamp in the tower,", ["unfinished sure 5"]),
    "a dash": (f"{CHAPTER}She opened the letter, and the lamp in the tower—", ["unfinished maybe 5"]),
    "a signature": (f"{CHAPTER}Your brother, Tom", ["unfinished maybe 5"]),
    "open speech": (f"{CHAPTER}“I will never tell. Not you.", ["unfinished likely 5"]),
    "a refusal": ("I'm sorry, but I can't help with writing this scene.", ["meta sure 1"]),
    "an opening": (f"Sure! Here is the next chapter:\n\n{CHAPTER}It was he.", ["meta likely 1"]),
    "what may be an opening": (f"I will tell the scene as it was.\n\n{CHAPTER}It was he.", ["meta maybe 1"]),
    "the place of prose": (f"{CHAPTER}[The scene continues here.]\n\nIt was he.", ["placeholder sure 5"]),
    "a scene": (f"**Scene 1: The Shore**\n\n{CHAPTER}It was he.", ["heading maybe 1"]),
    "a word of another script": (f"{CHAPTER}It was a 瓶 of glass.", ["script likely 5"]),
    "another word of another script": (f"{CHAPTER}It was a бутылка of glass.", ["script likely 5"]),
    "a lost letter": (f"{CHAPTER}It was caf\ufffd.", ["script sure 5"]),
    "a closing": (f"{CHAPTER}It was he.\n\nWould you like me to continue?", ["meta likely 7"]),
    "a question in the middle": (
        f"Let me know if you want me to revise the chapter.\n\n{CHAPTER}He.",
        ["meta likely 1"],
    ),
    "a word count": (f"{CHAPTER}It was he.\n\n**Word count:** 1,204", ["unfinished maybe 7", "meta likely 7"]),
    "an AI": (f"{CHAPTER}As an AI language model, I have no brother.", ["meta likely 5"]),
    "an AI with an apostrophe": (f"{CHAPTER}As an AI, I don't have a brother.", ["meta likely 5"]),
    "an inscription": (f"{CHAPTER}*Here lies Tom who went to sea and came home*", ["unfinished maybe 5"]),
    "an AI that speaks": (f"{CHAPTER}“As an AI, I have no brother,” it said.", ["meta maybe 5"]),
    "a fence": (f"```markdown\n{CHAPTER}It was he.\n```", ["meta likely 1", "meta likely 7"]),
    "an insertion": (f"{CHAPTER}He came from [insert name of town].", ["placeholder sure 5"]),
    "a note": (f"{CHAPTER}He came. TODO: from where? And TKTK.", ["placeholder sure 5", "placeholder sure 5"]),
    "a template": (f"{CHAPTER}He came from {{{{town}}}}, [Character Name] did.", ["placeholder sure 5"] * 2),
    "Latin": (f"{CHAPTER}Lorem ipsum dolor sit amet.", ["placeholder sure 5"]),
    "its title": (f"# Day 1\n\n{CHAPTER}It was he.", ["heading likely 1"]),
    "its number": (f"**Chapter 1: Day 1**\n\n{CHAPTER}It was he.", ["heading likely 1"]),
    "the next chapter": (f"{CHAPTER}It was he.\n\n## Chapter 2: The Ferry\n\nHe came.", ["heading sure 7"]),
    "a bare heading": (f"{CHAPTER}It was he.\n\nChapter Two\n\nHe came.", ["heading likely 7"]),
    "a loop": (
        f"{CHAPTER}{'She opened the door. The sea stood in the hall, as it had before. ' * 12}",
        ["loop sure 5"],
    ),
    "a plan": ("- Mara wakes.\n- Mara walks.\n- She finds a bottle.\n- She reads the letter.", ["plan likely 1"]),
    "a row": (
        f"{CHAPTER}{' '.join(f'She had {what}.' for what in ('a lamp', 'a boat', 'no oar', 'time'))}",
        ["opening maybe 5"],
    ),
    "marks": (f'{CHAPTER}"I," he said, “am here.”', ["quotes sure 5"]),
    "apostrophes": (f"{CHAPTER}It's he. It’s Tom. It’s over.", ["quotes sure 5"]),
}


@pytest.mark.parametrize(("text", "expected"), ONE_CHAPTER.values(), ids=ONE_CHAPTER)
def test_a_rule_finds_what_it_is_for_on_its_line(tmp_path: Path, text: str, expected: list[str]) -> None:
    report = lint(tmp_path, text, "She waited.", sections=["", ""])
    assert [entry for entry in found(report) if entry] == expected


QUIET = {
    "an ordinary one": f"{CHAPTER}It was he.",
    "speech that was interrupted": f"{CHAPTER}“I never—”",
    "a long speech": f"{CHAPTER}“One thing.\n\n“And another.”",
    "German": "„Wer ist da?“, fragte sie.\n\n„Ich.“",
    "French": "« Qui est là ? » dit-elle.\n\n« Moi. »",
    "a note below": f"{CHAPTER}It was he.[^1]\n\n[^1]: Or so it seemed",
    "a picture below": f"{CHAPTER}It was he.\n\n![The lamp](lamp.png)",
    "a scene break at its top": f"* * *\n\n{CHAPTER}It was he.",
    "everything, in Spanish": f"{CHAPTER}Y todo era suyo; todo.",
    "brackets": f"{CHAPTER}[Exit Tom.] She waited.",
    "a chapter that somebody reads": f"{CHAPTER}*Chapter 7*, it said.",
    "inches and nested marks": f'{CHAPTER}“He said ‘no’ to the 6" gun, didn’t he?”',
    "a list of numbers": f"{CHAPTER}1 egg. 1 egg. 1 egg. 1 egg.",
    "signs and names": f"{CHAPTER}The angle α, Ångström, Dvořák, naïve, Đặng.",
    "nobody": "",
}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_a_rule_is_quiet_about_what_writers_do(tmp_path: Path, text: str) -> None:
    report = lint(tmp_path, text, "She waited.", sections=["", ""])
    assert [entry for entry in found(report) if not entry.startswith("length")] == []


def test_the_end_may_be_said_at_the_end_only(tmp_path: Path) -> None:
    report = lint(tmp_path, "He came.\n\nThe End", "She waited.\n\nThe End")
    assert found(report) == ["meta maybe 3"]
    assert report.findings[0].about == "day-1"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (100, []),
        (200, []),
        (205, ["length maybe 1"]),
        (95, ["length maybe 1"]),
        (240, ["length likely 1"]),
        (400, ["length sure 1"]),
        (50, ["length sure 1"]),
        (0, ["length sure 1"]),
    ],
)
def test_length_is_against_what_was_asked(tmp_path: Path, words: int, expected: list[str]) -> None:
    report = lint(tmp_path, prose(words, 1), front="words: 100-200\n")
    assert found(report) == expected
    if words == 400:
        assert report.findings[0].message == "has 400 words, where 100-200 were asked for"


def test_a_section_may_ask_for_its_own_length(tmp_path: Path) -> None:
    report = lint(tmp_path, prose(50, 1), titles=["Day 1 {words=40-60}"], front="words: 100-200\n")
    assert report.count == 1


def test_lines_are_those_of_the_file_whatever_ends_them_and_whatever_stands_above(tmp_path: Path) -> None:
    text = "---\ntitle: Day 1\nnumber: 1\n---\n\nHe came.\n\nFrom [insert town].\n"
    assert found(lint(tmp_path, text)) == ["placeholder sure 8"]
    assert found(lint(tmp_path, text.replace("\n", "\r\n"))) == ["placeholder sure 8"]


def test_a_chapter_that_tells_another_again_is_found_once(tmp_path: Path) -> None:
    told = prose(400, 1)
    report = lint(tmp_path, told, prose(400, 2), f"{prose(200, 3)}\n\n{told}\n\nHe left.")
    (finding,) = report.findings
    assert (finding.rule, finding.sure, finding.about) == ("retold", "sure", "day-3")
    assert finding.message.startswith(
        f"66% of its runs of eight words are those of earlier chapters, first “{told[:30]}"
    )


LETTER = "Dear Mara, the ferry does not come this week, nor will it the next, so keep the lamp lit until I am with you."
REFRAIN = "The sea gives back what the sea was given."


def test_a_passage_that_stood_before_is_found_where_it_stands_again(tmp_path: Path) -> None:
    report = lint(tmp_path, f"{prose(300, 1)}\n\n{LETTER}\n\n{prose(300, 2)}", f"{LETTER}\n\n{prose(300, 3)}")
    assert found(report) == ["passage likely 1"]
    assert report.findings[0].message.startswith("stood at 01-day-1.md:")


def test_a_phrase_is_found_at_its_third_time(tmp_path: Path) -> None:
    texts = [f"{prose(300, seed)}\n\n{REFRAIN}\n\n{prose(300, seed + 9)}" for seed in range(3)]
    assert found(lint(tmp_path, *texts[:2])) == []
    report = lint(tmp_path, *texts)
    (finding,) = report.findings
    assert (finding.rule, finding.about) == ("phrase", "book")
    assert finding.message.startswith(f"“{REFRAIN[:-1]}")
    assert finding.message.count("day-") == 2


def test_chapters_that_open_or_end_alike_are_found(tmp_path: Path) -> None:
    ends = ["He saw that nothing is over.", "He saw that nothing is over.", "She saw that nothing is over."]
    texts = [f"The rain turned on day {number}.\n\n{prose(60, number)}\n\n{end}" for number, end in enumerate(ends)]
    texts += [f"{prose(60, 7)}\n\nAnd so nothing is over.", prose(60, 8)]
    line = texts[0].count("\n") + 1
    assert [(f.about, f.sure, f.message) for f in lint(tmp_path, *texts).findings] == [
        ("book", "likely", "3 of 5 chapters open with “the rain turned”: 1, 2, 3"),
        ("day-2", "likely", f"ends as 01-day-1.md:{line} does: “He saw that nothing is over.”"),
        ("book", "likely", "3 of 4 chapters end with “nothing is over”: 1, 3, 4"),
    ]


def test_titles_of_the_book_and_of_parts_are_no_chapters(tmp_path: Path) -> None:
    report = lint(
        tmp_path, "He came.", "He went.", "He stayed.", titles=["The Salt Lamp", "Act I: The Shore", "Act One"]
    )
    assert [(f.path.name, f.line, f.message) for f in report.findings] == [
        ("outline.md", 1, "chapter 1 has the title of the book: “The Salt Lamp”"),
        ("outline.md", 5, "chapter 2 has the title of a part: “Act I: The Shore”"),
        ("outline.md", 9, "chapter 3 has the title of a part: “Act One”"),
    ]


def test_a_chapter_in_another_script_is_found(tmp_path: Path) -> None:
    report = lint(
        tmp_path,
        "Мара ждала. " * 3 + prose(20, 1),
        "盐灯亮了，玛拉等着她的兄弟回来，海水退了又来。" * 4 + "灯灭了。" * 40,
    )
    assert "script" in {f.rule for f in report.findings if f.about == "day-2"}
    assert "script" not in {f.rule for f in report.findings if f.about == "day-1"}


def test_a_name_that_is_nearly_said_is_found(tmp_path: Path) -> None:
    text = "Calhoun waited. " * 12
    report = lint(
        tmp_path, f"{prose(40, 1)}\n\nThen Calhuon spoke to Eskil.", *[prose(20, n) for n in (2, 3)], bible=BIBLE
    )
    assert [f.message for f in report.findings if f.rule == "name"] == []  # the name itself is nowhere
    report = lint(tmp_path, f"{text}\n\nThen Calhuon spoke to Mara and Eskil.", bible=BIBLE)
    assert [f.message for f in report.findings if f.rule == "name"] == [
        "`Calhuon` may be `Calhoun` misspelt (1 against 12 times)"
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The Calhouns came.",
        "Le fils d’Eskil, Jean-Mara.",
        "Calhoun's lamp.",
        "“Calhou—” he began.",
        "CALHOUN!",
        "Mara, Marah, Maria and Marta came.",
    ],
)
def test_other_forms_of_a_name_and_other_names_are_not(tmp_path: Path, said: str) -> None:
    report = lint(tmp_path, f"Calhoun and Mara and Eskil waited.\n\n{said} He left.", bible=BIBLE)
    assert [f.message for f in report.findings if f.rule in ("name", "absent")] == []


@pytest.mark.parametrize(
    ("name", "word", "is_near"),
    [
        ("Calhoun", "Calhon", True),
        ("Calhoun", "Callhoun", True),
        ("Calhoun", "Calhuon", True),
        ("Calhoun", "Calhoin", True),
        ("Zoë", "Zoe", True),
        ("Calhoun", "calhoun", False),
        ("Calhoun", "Calhouns", False),
        ("Calhoun", "Balhoun", False),
        ("Calhoun", "Cahluon", False),
        ("Mara", "Maria", False),
    ],
)
def test_near_is_one_letter_away(name: str, word: str, is_near: bool) -> None:  # noqa: FBT001
    assert near(name, word) is is_near


def test_who_never_appears_is_found_at_their_heading(tmp_path: Path) -> None:
    report = lint(tmp_path, "Calhoon waited.", "Mara Calhoon waited.", bible=f"---\ntitle: B\n---\n\n{BIBLE}")
    assert [(f.path.name, f.line, f.sure, f.message) for f in report.findings] == [
        ("bible.md", 11, "likely", "Captain Eskil appears in no chapter"),
    ]
    report = lint(tmp_path, "Calhoon waited.", "She waited for the captain.", bible=BIBLE)
    assert [f.message for f in report.findings] == [
        "Mara Calhoun appears in no chapter; `Calhoon` does",
        "Captain Eskil appears in no chapter",
    ]


def test_who_is_promised_by_a_section_is_looked_for_in_its_chapter(tmp_path: Path) -> None:
    report = lint(
        tmp_path, "Mara and Eskil waited.", "She waited.", sections=["", "Eskil rows Mara home."], bible=BIBLE
    )
    assert [(f.about, f.sure, f.message) for f in report.findings] == [
        ("day-2", "maybe", "does not name Captain Eskil, as its section does"),
        ("day-2", "maybe", "does not name Mara Calhoun, as its section does"),
    ]


def test_slop_is_counted_by_the_thousand_and_the_longest_entry_counts(tmp_path: Path) -> None:
    sentence = "A shiver down her spine, a testament to the ethereal tapestry."
    assert count(sentence)[0] == {"a shiver down": 1, "a testament to": 1, "ethereal": 1, "tapestry": 1}
    assert count("She delved; it shimmers, shimmering.")[0] == {"delve": 1, "shimmer": 2}
    report = lint(tmp_path, f"{prose(396, 1)}\n\n{sentence}")
    (finding,) = report.findings
    assert finding.message.startswith("9.8 slop words and phrases in 1,000 (")
    assert found(lint(tmp_path, f"{prose(990, 1)}\n\n{sentence}")) == []


def not_checked(report: Report) -> list[str]:
    return [f"{', '.join(skipped.rules)}: {skipped.why}" for skipped in report.not_checked]


def test_what_was_not_checked_is_said(tmp_path: Path) -> None:
    assert not_checked(lint(tmp_path, "He came.")) == [
        "opening, ending: the book has fewer than 3 chapters to compare",
        "slop: 1 chapter of fewer than 200 words: too few to tell",
        "name, absent: there is no bible",
    ]
    report = lint(tmp_path, *["Мара ждала."] * 3, bible=BIBLE, front="language: ru\n")
    assert not_checked(report) == [
        "slop: its list is of English, and the book's language is `ru`",
        "name: names change their form in `ru`",
    ]
    report = lint(tmp_path, *["Mara aștepta."] * 3, bible=BIBLE, front="language: ro\n")
    assert not_checked(report) == [
        "slop: its list is of English, and the book's language is `ro`",
        "name, absent: names change their form in `ro`",
    ]
    report = lint(tmp_path, *["ไปทะเล"] * 3, bible=BIBLE, front="language: th\n")
    assert not_checked(report) == [
        "unfinished: the script of 3 chapters marks no end of a sentence",
        "slop: its list is of English, and the book's language is `th`",
        "name: words are not told apart in `th`",
    ]
    report = lint(tmp_path, *[prose(200, n) for n in range(3)], bible="## Style\n\nPlain.\n", front="language: tlh\n")
    assert not_checked(report) == [
        "script: the script of `tlh` is not known here",
        "slop: its list is of English, and the book's language is `tlh`",
        "name, absent: it names no people. Put them under a heading `# People`",
    ]


def test_a_file_that_cannot_be_read_is_not_checked_and_the_others_are(tmp_path: Path) -> None:
    damaged = "---\ntitle: [Day 2\n---\nFrom [insert town].\n"
    lint(tmp_path, "He came.", damaged, "She came.", "They came from [insert town].")
    (tmp_path / "chapters" / "01-day-1.md").unlink()
    (tmp_path / "chapters" / "03-day-3.md").write_bytes(b"She came\xff.")
    (tmp_path / "bible.md").write_bytes(b"\xff")
    report = check(Snapshot(Book(tmp_path)))
    assert [f.about for f in report.findings if f.rule == "placeholder"] == ["day-4"]
    everything = ", ".join(RULES)
    assert not_checked(report)[0] == f"{everything}: 1 of 4 chapters are not written yet"
    assert [(s.path and s.path.name, s.why) for s in report.not_checked if s.path] == [
        ("bible.md", "line 1: this is not UTF-8 text. Save it as UTF-8."),
        (
            "02-day-2.md",
            "line 3: the front matter is not YAML (did not find expected ',' or ']'). Put it right.",
        ),
        ("03-day-3.md", "line 1: this is not UTF-8 text. Save it as UTF-8."),
    ]


PIECES = [
    "sea ",
    "lamp.\n\n",
    "海",
    "“",
    '"',
    "\n",
    "— ",
    "# ",
    "[insert ",
    "]",
    "Mara ",
    "Marra ",
    "ไป",
    "\x00",
    "\r\n",
    "```\n",
    "'",
    "’",
    LETTER,
]


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=120).map("".join), min_size=1, max_size=4
    ),
    st.sampled_from(["en", "de", "fr", "zh", "ru", "th", "tlh"]),
)
def test_any_text_can_be_looked_at(tmp_path: Path, texts: list[str], language: str) -> None:
    bodies = ["\n" + text.encode("utf-8", "replace").decode() for text in texts]
    report = lint(
        tmp_path,
        *bodies,
        sections=bodies and ["Mara waits."] * len(bodies),
        bible=BIBLE,
        front=f"language: {language}\n",
    )
    assert report == check(Snapshot(Book(tmp_path)))
    for finding in report.findings:
        lines = finding.path.read_bytes().decode().replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        assert 1 <= finding.line <= lines
        assert finding.rule in RULES


@pytest.mark.slow
def test_the_time_grows_with_the_book_and_no_faster(tmp_path: Path) -> None:
    def seconds(chapters: int) -> float:
        texts = [prose(800, seed) for seed in range(chapters)]
        start = time.process_time()
        lint(tmp_path, *texts, bible=BIBLE)
        return time.process_time() - start

    seconds(4)
    assert seconds(48) < 4 * 3 * seconds(12)


def test_every_word_of_the_slop_list_is_counted_as_itself() -> None:
    path = Path(__file__).parents[1] / "novelist" / "prose" / "slop.txt"
    entries = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert len(entries) == len(set(entries)) > 200
    for entry in entries:
        assert sum(count(entry.rstrip("+"))[0].values()) == 1, entry
    assert count_words(path.read_text(encoding="utf-8")) > 200
