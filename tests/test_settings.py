"""premise.md has one table of settings; what is not in it is said where it is nearly one, or by those who look."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path

import pytest
import yaml
from finished import finish
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import Here
from scripted import Scripted
from shelf import Ran, Shelf

from novelist.book.edition import Edition
from novelist.book.premise import Premise, Span
from novelist.book.settings import NAMES, SETTINGS, Setting, document, parse_premise, read_edition, unknown
from novelist.errors import BookError

NOVELIST = str(Path(sys.executable).with_name("novelist"))
OLD = 1_700_000_000_000_000_000  # ns, long ago
NO_SIZE = "is neither a size such as `5.5x8.5in` nor one of pocket, digest, b-format, a5, royal, trade, bunko"
each_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all examples of a property write to."""
    return tmp_path_factory.mktemp("premise")


def premise(folder: Path, *lines: str) -> Path:
    """Write a premise with some lines below its title, the first of which is line 3."""
    path = folder / "premise.md"
    path.write_text("\n".join(["---", "title: The Salt Lamp", *lines, "---", "Mara.", ""]), encoding="utf-8")
    return path


def both(path: Path) -> tuple[Premise, Edition]:
    """Read both groups of the settings at `path`."""
    return parse_premise(path, path.read_text(encoding="utf-8")), read_edition(path)


def said(folder: Path, *lines: str) -> list[str]:
    """Return what is said of the keys of a premise, from its line on."""
    path = premise(folder, *lines)
    return [line.removeprefix(f"{path}:") for line, _ in unknown(path)]


def test_every_field_of_the_premise_and_the_edition_is_a_setting() -> None:
    fields = [field.name for kind in (Premise, Edition) for field in dataclasses.fields(kind)]
    assert [setting.name for setting in SETTINGS] == [name for name in fields if name not in ("idea", "volume")]


@each_setting
def test_a_setting_has_a_type_a_sentence_and_the_default_of_its_field(setting: Setting) -> None:
    assert setting.default == {field.name: field.default for field in dataclasses.fields(setting.group)}[setting.name]
    assert setting.kind.form
    assert setting.about[0].isupper()
    assert setting.about.endswith(".")
    assert "|" not in setting.kind.form + setting.about


@pytest.mark.parametrize("setting", [each for each in SETTINGS if each.default], ids=lambda setting: setting.name)
def test_a_default_can_be_written_down(setting: Setting, tmp_path: Path) -> None:
    path = premise(tmp_path, f"{setting.name}: {setting.kind.write(setting.default)}")
    read = both(path)[setting.group is Edition]
    assert getattr(read, setting.name) == setting.default


@each_setting
def test_the_document_has_a_row_for_each_setting(setting: Setting) -> None:
    (row,) = [line for line in document().splitlines() if line.startswith(f"| `{setting.name}` |")]
    assert row.count("|") == 5


def test_the_document_is_markdown_with_a_table_for_each_group() -> None:
    lines = document().splitlines()
    assert lines[:8] == [
        "## premise.md: what is drafted",
        "",
        "All of it is optional. The idea of the book stands below the settings. A key that is nearly a setting is",
        "named by each build, any other by `novelist plan` and `novelist status`; keys that begin with `x-` are yours.",
        "",
        "| setting | what it may be | without it | what it is |",
        "| --- | --- | --- | --- |",
        "| `title` | text | none | The title; without one it is that of the outline. |",
    ]
    assert "## premise.md: the edition" in lines
    assert (
        "| `chapters` | a whole number, or a range such as `20-40`, within 1 and 2000 | `20-40` "
        "| How many; counts only while outline.md is missing. |"
    ) in lines
    assert lines[-1] == (
        "| `trim` | a size such as `5.5x8.5in` or `148x210mm`, or one of `pocket`, `digest`, `b-format`, `a5`, "
        "`royal`, `trade`, `bunko` | `5.5x8.5in` | The size of the PDF's page. |"
    )


def test_every_setting_is_read_from_one_file(tmp_path: Path) -> None:
    (tmp_path / "front.png").write_bytes(b"")
    path = premise(
        tmp_path,
        *("author: Ines  Halden", "language: de", "chapters: 24", "words: 600-900", "stale: keep", "budget: 5.00"),
        *("jobs: 4", "publisher: Gull & Daughters", "isbn: 978-0-306-40615-7", "rights: © 2026 Ines Halden"),
        *(
            "date: 2026-11",
            "description: >",
            "  A keeper finds",
            "  a letter.",
            "subjects: [Sea stories, ' ', Islands]",
        ),
        *("series: 'The Northern Lights #2'", "cover: front.png", "trim: 6 × 9 in"),
    )
    assert parse_premise(path, path.read_text(encoding="utf-8")) == Premise(
        idea="Mara.",
        title="The Salt Lamp",
        author="Ines Halden",
        language="de",
        chapters=Span(24, 24),
        words=Span(600, 900),
        stale="keep",
        budget=5.0,
        jobs=4,
    )
    assert read_edition(path) == Edition(
        publisher="Gull & Daughters",
        isbn="9780306406157",
        rights="© 2026 Ines Halden",
        date="2026-11",
        description="A keeper finds a letter.",
        subjects=("Sea stories", "Islands"),
        series="The Northern Lights",
        volume="2",
        cover=tmp_path / "front.png",
        trim=(432.0, 648.0),
    )


def test_a_setting_of_the_edition_left_empty_has_its_default(tmp_path: Path) -> None:
    names = [setting.name for setting in SETTINGS if setting.group is Edition]
    assert read_edition(premise(tmp_path, *(f"{name}:" for name in names))) == Edition()
    assert read_edition(premise(tmp_path, "subjects: [' ']", "isbn: '-'")) == Edition()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("jobs: 65", "`jobs: 65` is not within 1 and 64"),
        ("budget: 0", "`budget: 0` is not an amount in US dollars such as `5.00`"),
        ("budget: $5", "`budget: $5` is not an amount in US dollars such as `5.00`"),
        ("'stale': never", "`stale: never` is neither `ripple`, `redraft` nor `keep`"),
        ("isbn: 0-306-40615-X", "`isbn: 0-306-40615-X` is not an ISBN: its check digit does not fit"),
        ("date: 2026-02-30", "`date: 2026-02-30` is not a year or a date such as `2026-11-25`"),
        ("date: >\n  a\n  day", "`date: a day` is not a year or a date such as `2026-11-25`"),
        ("subjects: {a: b}", "`subjects: {'a': 'b'}` is not a single value"),
        ("subjects: [a, [b]]", "`subjects: ['a', ['b']]` is not a list of words"),
        ("series: [a]", "`series: ['a']` is not a single value"),
        ("cover: /etc/passwd", "`cover: /etc/passwd` is outside the book"),
        (f"cover: {'a' * 300}.png", f"`cover: {'a' * 300}.png` is not there"),
        ("trim: 0x0in", f"`trim: 0x0in` {NO_SIZE}"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_line(line: str, message: str, tmp_path: Path) -> None:
    path = premise(tmp_path, line)
    with pytest.raises(BookError) as raised:
        both(path)
    assert str(raised.value) == f"{path}:3: {message}. Change it."


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(NAMES)),
    st.recursive(
        st.one_of(
            st.text(max_size=30), st.integers(), st.from_regex(r"[0-9]{1,4}[-x#][0-9]{1,4}(in|mm)?", fullmatch=True)
        ),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=2)),
        max_leaves=5,
    ),
)
def test_any_value_of_any_setting_is_read_or_named_with_its_line(folder: Path, name: str, value: object) -> None:
    path = folder / "premise.md"
    first = "author" if name == "title" else "title"
    front = yaml.safe_dump({first: "Mara", name: value}, sort_keys=False)
    path.write_text(f"---\n{front}---\nMara.\n", encoding="utf-8")
    try:
        read, edition = both(path)
    except BookError as wrong:
        assert str(wrong).startswith(f"{path}:3: `{name}: ")  # noqa: PT017 - both ends are right
        assert str(wrong).endswith(". Change it.")  # noqa: PT017
    else:
        assert (read.idea, type(edition)) == ("Mara.", Edition)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.text(max_size=60))
def test_any_key_is_passed_over_or_said_in_one_printable_line(folder: Path, key: str, other: str) -> None:
    path = folder / "premise.md"
    path.write_text(f"---\n{other}\n{json.dumps(key)}: 1\ntitle: The Salt Lamp\n---\nMara.\n", encoding="utf-8")
    for line, _ in unknown(path):
        assert line.startswith(f"{path}:")
        assert ": is not a setting; " in line
        assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("chapter", "chapters"),
        ("Words", "words"),
        ("ISBN", "isbn"),
        ("publsher", "publisher"),
        ("wrods", "words"),
        ("langauge", "language"),
        ("bugdet", "budget"),
        ("stael", "stale"),
        ("job", "jobs"),
        ("titel", "title"),
        ("tytle", "title"),
        ("Autor", "author"),
        ("lang", "language"),
        ("desc", "description"),
        ("discripton", "description"),
        ("subject", "subjects"),
        ("'Trim'", "trim"),
    ],
)
def test_a_key_that_is_nearly_a_setting_is_said_with_its_name(key: str, name: str, tmp_path: Path) -> None:
    assert said(tmp_path, "# mine", f"{key}: 7") == [f"4: {key.strip(chr(39))}: is not a setting; did you mean {name}?"]


@pytest.mark.parametrize(
    "key", ["mood", "style", "state", "data", "stage", "published", "notes", "tags", "pov", "年", "t"]
)
def test_a_key_of_ones_own_is_said_without_another_name(key: str, tmp_path: Path) -> None:
    assert said(tmp_path, f"{key}: [grey, salt]") == [
        f"3: {key}: is not a setting; a key of your own is better called x-{key}"
    ]


def test_nothing_is_said_of_settings_and_of_what_is_marked_as_ones_own(tmp_path: Path) -> None:
    (tmp_path / "front.png").write_bytes(b"")
    assert said(tmp_path, *(f"{name}: 1" for name in sorted(NAMES - {"title"})), "x-mood: grey", "X-chapter: 7") == []


def test_what_no_terminal_should_be_sent_is_left_out_of_a_key(tmp_path: Path) -> None:
    assert said(tmp_path, r'"\e[31mchap\x07ter\n": 7') == [
        "1: [31mchapter: is not a setting; a key of your own is better called x-[31mchapter"
    ]
    assert said(tmp_path, r'"word\0": 7', r'"\a": 7') == ["1: word: is not a setting; did you mean words?"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\nTitle: The Salt Lamp\nMood: grey\n---\nMara.\n", ["2: Title: is not a setting; did you mean title?"]),
        ("---\nNight fell: it was cold.\n---\nMara.\n", []),
        ("---\nTitle: The Salt: Lamp\n---\nMara.\n", []),
        ("---\ntitle: The Salt: Lamp\nchapter: 7\n---\nMara.\n", []),
        ("---\nisbn: 7\nchapter: 7\n---\nMara.\n", ["3: chapter: is not a setting; did you mean chapters?"]),
        ("Chapter: 7\n\nMara.\n", []),
        ("---\nTitle: The Salt Lamp\n\nMara.\n", []),
    ],
)
def test_where_no_key_is_a_setting_only_one_that_is_nearly_one_is_said(
    text: str, lines: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "premise.md"
    path.write_text(text, encoding="utf-8")
    assert [line.removeprefix(f"{path}:") for line, _ in unknown(path)] == lines


CHAPTER = "premise.md:5: chapter: is not a setting; did you mean chapters?\n"
MOOD = "premise.md:6: mood: is not a setting; a key of your own is better called x-mood\n"


@pytest.fixture
def kept(here: Here, server: Scripted) -> Here:
    """A finished book whose premise, written long ago, has keys that nobody knows."""
    finish(here, server)
    here.edit("premise.md", "language: en\n", "language: en\nchapter: 7\nmood: grey\nx-tone: dry\n")
    for path in here.root.rglob("*.md"):
        os.utime(path, ns=(OLD, OLD))
    server.clear()
    return here


def novelist(book: Shelf, *arguments: str) -> Ran:
    """Run `novelist` in a book's folder."""
    return book.run(NOVELIST, *arguments)


def test_each_build_says_once_what_is_nearly_a_setting_and_nothing_else(kept: Here, server: Scripted) -> None:
    for _ in range(2):
        ran = kept.doit()
        assert (ran.status, ran.out, ran.err) == (0, "Everything is up to date.\n", CHAPTER)
    assert server.requests == []
    ran = kept.doit("chapter:02")
    assert (ran.status, ran.err) == (0, CHAPTER)
    kept.edit("premise.md", "chapter: 7\n", "")
    assert kept.doit().err == ""


def test_a_build_that_drafts_says_it_once_too(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "language: en\n", "language: en\nchapter: 7\n")
    ran = here.doit("bible")
    assert (ran.status, ran.err) == (0, CHAPTER)
    assert len(server.requests) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_build_goes_on_where_it_cannot_be_said(kept: Here) -> None:
    ran = kept.run("/bin/sh", "-c", f'exec "{NOVELIST}" build 2>/dev/full')
    assert (ran.status, ran.out) == (0, "Everything is up to date.\n")


def test_thousands_of_keys_have_each_its_line(tmp_path: Path) -> None:
    lines = said(tmp_path, *(f"own{number}: 1" for number in range(4000)))
    assert [line.partition(":")[0] for line in lines] == [str(number) for number in range(3, 4003)]


def test_what_only_lists_tasks_says_nothing(kept: Here) -> None:
    assert kept.doit("list", "--all", "--status").err == ""


def test_plan_and_status_say_every_key_that_is_no_setting(kept: Here) -> None:
    for verb in ("plan", "status"):
        ran = novelist(kept, verb)
        assert (ran.status, ran.err) == (0, CHAPTER + MOOD)


def test_programs_are_told_nothing_of_it(kept: Here) -> None:
    for verb in ("plan", "status"):
        ran = novelist(kept, verb, "--json")
        assert (ran.status, ran.err) == (0, "")
        assert "mood" not in ran.out
        json.loads(ran.out)


def test_status_says_it_before_there_is_an_outline(book: Shelf) -> None:
    book.edit("premise.md", "language: en\n", "language: en\nchapter: 7\n")
    ran = novelist(book, "status")
    assert (ran.status, ran.err.startswith(CHAPTER)) == (1, True)


def test_the_edition_has_no_say_in_what_is_drafted(kept: Here, server: Scripted) -> None:
    kept.edit("premise.md", "language: en\n", "language: en\npublisher: Gull\nisbn: wrong\ntrim: a5\n")
    assert kept.doit().out == "Everything is up to date.\n"
    assert server.requests == []


RUN = """
import sys
from doit.doit_cmd import DoitMain
status = DoitMain().run([])
names = ("jellyfish", "yaml", "novelist.book.settings", "novelist.book.values", "novelist.book.edition")
print(*[name for name in names if name in sys.modules])
sys.exit(status)
"""


def test_a_build_with_nothing_to_do_reads_no_settings_and_compares_no_names(kept: Here) -> None:
    assert kept.doit().status == 0
    ran = kept.run(sys.executable, "-c", RUN)
    assert (ran.status, ran.out, ran.err) == (0, "Everything is up to date.\n\n", CHAPTER)
