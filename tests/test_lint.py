from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scripted import prose
from shelf import NOVELS, with_novels

from novelist.book.headings import tidy_title
from novelist.cli.linting import lint
from novelist.cli.main import Group
from novelist.lint.finding import RULES
from novelist.text import slug

OUTLINE = """\
## 1. The Bottle {#bottle}

Mara finds a bottle.

## 2. The Lamp {#lamp}

Mara lights it.
"""
FRONT = "---\ntitle: The Lamp\nnumber: 2\n---\n\n"
CUT = "Mara lit the lamp [insert how].\n\nThen she went down to the shore, and the boat that came in from the north"
LINES = """\
chapters/02-lamp.md:6: was to be filled in: `[insert how]` [placeholder, sure]
chapters/02-lamp.md:8: ends in mid-sentence: “… the boat that came in from the north” [unfinished, sure]

unfinished     1  The answer of a model was cut off, and the rest of the chapter is missing.
placeholder    1  It is a gap in the text.

not checked: opening, ending: the book has fewer than 3 chapters to compare
not checked: slop: 2 chapters of fewer than 200 words: too few to tell
not checked: bible.md: name, absent: there is no bible

2 chapters, 24 words: 2 findings (2 sure).
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of two short chapters, the second of which was cut off; the reader is in its folder."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "premise.md").write_text("---\ntitle: The Salt Lamp\nwords: 1-300\n---\nAn idea.\n", encoding="utf-8")
    (tmp_path / "outline.md").write_text(OUTLINE, encoding="utf-8")
    (tmp_path / "chapters" / "01-bottle.md").write_text("Mara waited.\n", encoding="utf-8")
    (tmp_path / "chapters" / "02-lamp.md").write_text(FRONT + CUT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NOVELIST_BOOK", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the verb as `novelist` does."""
    return CliRunner().invoke(Group(commands={"lint": lint}), ["lint", *arguments])


def test_findings_stand_at_their_lines_with_why_they_matter(book: Path) -> None:
    assert (book / "outline.md").is_file()
    ran = run()
    assert (ran.stdout, ran.stderr, ran.exit_code) == (LINES, "", 0)


def test_a_book_is_named_from_anywhere(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.setenv("NOVELIST_BOOK", book.name)
    assert run().stdout.startswith(f"{book.name}/chapters/02-lamp.md:6: was to be filled in")
    assert json.loads(run("--json").stdout)["findings"][0]["file"] == "chapters/02-lamp.md"


def test_from_below_the_book_files_are_named_as_they_are_seen_from_there(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book / "chapters")
    assert run().stdout.startswith("02-lamp.md:6: was to be filled in")
    monkeypatch.chdir(book / "chapters")
    assert "not checked: ../bible.md: name, absent: there is no bible\n" in run().stdout


@pytest.mark.parametrize(
    ("text", "sure"), [(CUT, "sure"), ("“I will never tell. Not you.", "likely"), ("Your Tom", "maybe")]
)
def test_the_exit_status_is_1_only_where_a_finding_is_as_sure_as_was_said(book: Path, text: str, sure: str) -> None:
    (book / "chapters" / "02-lamp.md").write_text(FRONT + text, encoding="utf-8")
    order = ["maybe", "likely", "sure"]
    assert run().exit_code == 0
    for asked in order:
        assert run("--fail-on", asked).exit_code == int(order.index(sure) >= order.index(asked))
    assert run("--fail-on", "certain").exit_code == 2


def test_what_is_accepted_stays_quiet_when_lines_and_chapters_move(book: Path) -> None:
    lamp = book / "chapters" / "02-lamp.md"
    ran = run("--accept", "--fail-on", "maybe")
    assert ran.exit_code == 0
    assert ran.stdout.endswith("2 chapters, 24 words: nothing found, 2 accepted.\n")
    accepted = (book / "lint-accepted.txt").read_text(encoding="utf-8")
    assert accepted.split("\n", 2)[2] == (
        "placeholder: lamp: [insert how]\nunfinished: lamp: … the boat that came in from the north\n"
    )

    lamp.write_text(FRONT + f"{prose(20, 1)}\n\n{CUT}", encoding="utf-8")
    lamp.rename(lamp.with_name("01-lamp.md"))
    (book / "chapters" / "01-bottle.md").rename(book / "chapters" / "02-bottle.md")
    bottle, lit = OUTLINE.split("## 2. ")
    (book / "outline.md").write_text(f"## 1. {lit}\n{bottle.replace('1.', '2.')}", encoding="utf-8")
    assert run().stdout.endswith("2 chapters, 44 words: nothing found, 2 accepted.\n")

    moved = lamp.with_name("01-lamp.md")
    moved.write_text(moved.read_text(encoding="utf-8") + " [insert how] again.", encoding="utf-8")
    ran = run()
    assert "01-lamp.md:10: was to be filled in: `[insert how]` [placeholder, sure]\n" in ran.stdout
    assert ran.stdout.endswith("1 finding (1 sure), 1 accepted, 1 accepted before and no longer found.\n")

    run("--accept")
    assert run().stdout.endswith("nothing found, 2 accepted.\n")
    assert (book / "lint-accepted.txt").read_text(encoding="utf-8").count("[insert how]") == 2


def test_a_line_that_accepts_nothing_is_an_error(book: Path) -> None:
    (book / "lint-accepted.txt").write_text("# Mine\n\nunfinshed: lamp: the north\n", encoding="utf-8")
    ran = run()
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == (
        "Error: lint-accepted.txt:3: `unfinshed: lamp: the north` is not `rule: chapter: words`. "
        "Put it right, or delete the line.\n"
    )


def test_json_has_a_version_and_a_stable_shape(book: Path) -> None:
    said = json.loads(run("--json").stdout)
    assert said == {
        "version": 1,
        "chapters": 2,
        "words": 24,
        "findings": [
            {
                "rule": "placeholder",
                "sure": "sure",
                "file": "chapters/02-lamp.md",
                "line": 6,
                "about": "lamp",
                "message": "was to be filled in: `[insert how]`",
                "why": RULES["placeholder"].why,
            },
            {
                "rule": "unfinished",
                "sure": "sure",
                "file": "chapters/02-lamp.md",
                "line": 8,
                "about": "lamp",
                "message": "ends in mid-sentence: “… the boat that came in from the north”",
                "why": RULES["unfinished"].why,
            },
        ],
        "accepted": 0,
        "not_checked": [
            {
                "rules": ["opening", "ending"],
                "file": None,
                "why": "the book has fewer than 3 chapters to compare",
            },
            {"rules": ["slop"], "file": None, "why": "2 chapters of fewer than 200 words: too few to tell"},
            {"rules": ["name", "absent"], "file": "bible.md", "why": "there is no bible"},
        ],
    }
    (book / "chapters" / "02-lamp.md").unlink()
    (skipped, *_) = json.loads(run("--json").stdout)["not_checked"]
    assert skipped == {"rules": list(RULES), "file": None, "why": "1 of 2 chapters are not written yet"}


def test_a_book_without_an_outline_is_an_error(book: Path) -> None:
    (book / "outline.md").unlink()
    ran = run()
    assert ran.exit_code == 1
    assert ran.stderr == "Error: outline.md: it is missing. Run `doit outline` to have it drafted.\n"


def test_what_is_printed_reaches_a_terminal_as_text_only(book: Path) -> None:
    (book / "chapters" / "02-lamp.md").write_text("She read [insert \x1b[31mred\x1b[0m].", encoding="utf-8")
    assert "\x1b" not in run().stdout
    assert "\x1b" not in run("--json").stdout


def test_help_explains_every_rule() -> None:
    told = " ".join(run("--help").stdout.split())
    for name, rule in RULES.items():
        assert " ".join(f"{name} {rule.finds}. {rule.why}".split()) in told.replace("8- grams", "8-grams")


def put(root: Path, name: str, *, as_saved: bool = False) -> None:
    """Make a book of a novel that a single script wrote, as its author would: each chapter a file, and its sections."""
    state = json.loads((NOVELS / f"{name}.novel_state.json").read_text(encoding="utf-8"))
    plan = state["outline_text"]
    happens = {tidy_title(m[1]): m[2] for m in re.finditer(r"^\d+\. (\*\*.*?\*\*) — (.*)$", plan, re.MULTILINE)}
    titles = [tidy_title(title) for title in state["outline_items"][: len(state["chapters"])]]
    sections = [
        f"## {number}. {title} {{#{slug(title)}}}\n\n{happens.get(title, '')}\n"
        for number, title in enumerate(titles, 1)
    ]
    (root / "chapters").mkdir()
    (root / "premise.md").write_text(f"---\ntitle: {state['title']}\n---\n{state['concept']}\n", encoding="utf-8")
    (root / "outline.md").write_text(f'---\ntitle: "{titles[0]}"\n---\n\n' + "\n".join(sections), encoding="utf-8")
    for number, (title, chapter) in enumerate(zip(titles, state["chapters"], strict=True), 1):
        text = chapter["content"] if as_saved else chapter["content"].partition("\n\n")[2]
        (root / "chapters" / f"{number:02d}-{slug(title)}.md").write_text(text, encoding="utf-8")


def told() -> list[tuple[str, str, int]]:
    """Return the rule, the file's number and the line of each finding."""
    found = json.loads(run("--json").stdout)["findings"]
    return [(f["rule"], re.sub(r"chapters/(\d+)-.*", r"\1", f["file"]), f["line"]) for f in found]


BIRDS = [
    ("part", "outline.md", 5),
    ("part", "outline.md", 9),
    ("part", "outline.md", 41),
    ("quotes", "01", 1),
    ("passage", "01", 67),
    ("phrase", "04", 203),
    ("phrase", "05", 166),
    ("opening", "06", 1),
    ("passage", "06", 131),
    ("quotes", "07", 1),
    ("phrase", "07", 116),
    ("passage", "08", 71),
    ("quotes", "09", 1),
]
WHOOSH = [
    ("part", "outline.md", 5),
    ("part", "outline.md", 9),
    ("phrase", "01", 103),
    ("phrase", "01", 133),
    ("passage", "04", 107),
    ("opening", "06", 1),
    ("slop", "06", 1),
    ("phrase", "06", 165),
    ("passage", "07", 129),
    ("phrase", "07", 133),
    ("quotes", "08", 3),
    ("quotes", "08", 5),
    ("passage", "08", 87),
    ("quotes", "09", 1),
    ("quotes", "09", 3),
    ("passage", "09", 93),
    ("unfinished", "09", 109),
    ("quotes", "10", 3),
    ("quotes", "10", 11),
    ("passage", "10", 77),
]


@with_novels
@pytest.mark.parametrize(("name", "expected"), [("bird-planes-and-plain-birds", BIRDS), ("the-whoosh-of-love", WHOOSH)])
def test_in_the_two_novels_it_finds_what_readers_found_and_little_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: list[tuple[str, str, int]]
) -> None:
    put(tmp_path, name)
    monkeypatch.chdir(tmp_path)
    assert told() == expected


@with_novels
@pytest.mark.parametrize("name", ["bird-planes-and-plain-birds", "the-whoosh-of-love"])
def test_the_headings_that_the_script_left_are_found_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    put(tmp_path, name, as_saved=True)
    monkeypatch.chdir(tmp_path)
    found = told()
    assert [(rule, line) for rule, _, line in found if rule == "heading"] == [("heading", 1)] * 10
    clean = BIRDS if name.startswith("bird") else WHOOSH
    assert Counter(rule for rule, _, _ in found) - Counter(rule for rule, _, _ in clean) == {"heading": 10}


@with_novels
def test_who_was_planned_and_never_came_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "the-whoosh-of-love")
    (tmp_path / "bible.md").write_text(
        "# People\n\n## Vera Slade\n\n## Detective Declan Thorne\n\n## Diana\n\n## Calhoun\n\n## Mia\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    said = [
        (f["line"], f["message"])
        for f in json.loads(run("--json").stdout)["findings"]
        if f["rule"] in ("name", "absent")
    ]
    assert said == [(3, "Vera Slade appears in no chapter"), (5, "Detective Declan Thorne appears in no chapter")]
