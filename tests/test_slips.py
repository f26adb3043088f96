"""A name that nobody reads and that is nearly one that is read: each build, plan and status say so, once, and go on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from finished import C2, finish
from in_process import Here
from scripted import Scripted

from novelist.book.settings import ORDERED, unknown
from novelist.book.slips import entity_attributes, page_keys, section_attributes

PATH = Path("outline.md")
CHAPTER_KEYS = ("title", "number", "part", "words")


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def near(folder: Path, line: str) -> list[str]:
    """Return what a build says of one more line of a premise."""
    path = folder / "premise.md"
    path.write_text(f"---\ntitle: Lamp\n{line}\n---\nMara.\n", encoding="utf-8")
    return [said.removeprefix(f"{path}:3: ") for said, is_near in unknown(path) if is_near]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *(("copyright", "rights"), ("Cover-Image", "cover"), ("cover_image", "cover"), ("keywords", "subjects")),
        *(("words per chapter", "words"), ("max_cost", "budget"), ("papersize", "trim"), ("Writer", "author")),
        *(("model", "KIMI_MODEL in .env"), ("base_url", "KIMI_BASE_URL in .env"), ("Bugdet", "budget")),
    ],
)
def test_what_others_call_a_setting_is_said_with_its_name(key: str, name: str, tmp_path: Path) -> None:
    assert near(tmp_path, f"{key}: 7") == [f"{key}: is not a setting; did you mean {name}?"]


@pytest.mark.parametrize(
    "key",
    [
        *("layout", "permalink", "tags", "categories", "published", "draft", "slug", "weight", "aliases", "cssclasses"),
        *("created", "modified", "updated", "publish", "image", "banner", "status", "type", "genre", "mood", "pov"),
        *("theme", "setting", "tone", "characters", "toc", "id", "version", "summary", "wordcount"),
    ],
)
def test_a_build_says_nothing_of_keys_of_other_tools(key: str, tmp_path: Path) -> None:
    assert near(tmp_path, f"{key}: 7") == []
    assert page_keys(PATH, f"---\ntitle: Lamp\n{key}: 7\n---\nMara.\n", CHAPTER_KEYS) == []
    assert section_attributes(PATH, f"## 1. Lamp {{#lamp {key}=7}}\n", ORDERED) == []


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ("#id wrods=900", "wrods=900: is no attribute of a section; did you mean words=900?"),
        ("#x word=900", "word=900: is no attribute of a section; did you mean words=900?"),
        ("#x Words=900-1200", "Words=900-1200: is no attribute of a section; did you mean words=900-1200?"),
        ("#x words:900", "words:900: is no attribute of a section; did you mean words=900?"),
        ("#x words = 900", "words: is no attribute of a section; did you mean words=?"),
        ("#x modle=kimi-k3", "modle=kimi-k3: is no attribute of a section; did you mean model=kimi-k3?"),
        ("#x Model:kimi-k3", "Model:kimi-k3: is no attribute of a section; did you mean model=kimi-k3?"),
        ("#x temperature=1", "temperature=1: is no attribute of a section; did you mean KIMI_TEMPERATURE in .env?"),
        ("#x Language=de", "Language=de: is no attribute of a section; did you mean language in premise.md?"),
        ("#x wrods=\x1b[2J\x07", "wrods=[2J: is no attribute of a section; did you mean words=[2J?"),
    ],
)
@pytest.mark.parametrize("heading", ["## 1. The Lamp", "## The Lamp", "1. **The Lamp**"])
def test_an_attribute_that_is_nearly_one_is_said(heading: str, attributes: str, said: str) -> None:
    text = f"---\ntitle: A\n---\n\n{heading} {{{attributes}}}\n\nMara {{wrods=900}} waits.\n"
    assert section_attributes(PATH, text, ORDERED) == [f"outline.md:5: {said}"]


@pytest.mark.parametrize(
    "attributes", ["#id words=900", ".unnumbered", "#x pov=Mara", "#x .draft key=value", "#words", "#x model=kimi-k3"]
)
def test_nothing_is_said_of_other_attributes(attributes: str) -> None:
    assert section_attributes(PATH, f"## 1. The Lamp {{{attributes}}}\n", ORDERED) == []


@pytest.mark.parametrize("attribute", [".allways", ".Always", ".alway"])
def test_an_entity_that_is_nearly_always_told_is_said(attribute: str) -> None:
    text = f"## Style {{{attribute}}}\n\n## Mara {{.always}}\n\n## Tide {{.minor}}\n"
    said = f"outline.md:1: {attribute}: is no attribute of the bible; did you mean .always?"
    assert entity_attributes(PATH, text) == [said]


SAID = [
    "premise.md:5: publsher: is not a setting; did you mean publisher?",
    "outline.md:2: titel: is not read; did you mean title?",
    "outline.md:14: wrods=900: is no attribute of a section; did you mean words=900?",
    "bible.md:38: .allways: is no attribute of the bible; did you mean .always?",
    f"{C2}:2: wrods: is not read; did you mean words?",
]


def test_each_build_says_once_what_is_nearly_read_and_so_do_plan_and_status(novel: Here, server: Scripted) -> None:
    novel.edit("premise.md", "language: en\n", "language: en\npublsher: X\nmood: grey\n")
    novel.edit("outline.md", "---\n", "---\ntitel: X\n")
    novel.edit("outline.md", "{#the-bottle}", "{#the-bottle wrods=900}")
    bible = (novel / "bible.md").read_text(encoding="utf-8")
    (novel / "bible.md").write_text(f"{bible}\n## Style {{.allways}}\n\nPlain.\n", encoding="utf-8")
    novel.edit(C2, "---\n", "---\nwrods: 900\nstatus: draft\n")
    server.clear()
    for _ in range(2):
        ran = novel.doit()
        assert (ran.status, ran.err.splitlines()) == (0, SAID)
    assert server.requests == []
    for verb in ("plan", "status"):
        ran = novel.run(sys.executable, "-m", "novelist", verb)
        assert (ran.status, set(SAID) - set(ran.err.splitlines())) == (0, set())


def test_a_chapter_with_nothing_else_in_its_front_matter_is_looked_at(novel: Here) -> None:
    (novel / C2).write_text("---\nWords: 900\n---\n\nMara went.\n", encoding="utf-8")
    assert f"{C2}:2: Words: is not read; did you mean words?\n" in novel.doit().err


@pytest.mark.parametrize("line", ["bugdet: 1", "Budget: 5.00", "max_cost: $5", "budget_usd: 5", "total budget: 9"])
def test_no_model_is_asked_where_a_budget_has_another_name(here: Here, server: Scripted, line: str) -> None:
    here.edit("premise.md", "language: en\n", f"language: en\n{line}\n")
    ran = here.doit()
    assert (ran.status, server.requests) == (1, [])
    told = f"premise.md:5: `{line}` is not a setting, so no budget would be kept. Call it `budget`.\n"
    assert f"bible        failed: {told}" in ran.out
    here.edit("premise.md", line, "budget: 50")
    assert "not a setting" not in here.doit("bible").out


def test_a_finished_book_is_as_fine_with_such_a_name_as_it_was(novel: Here, server: Scripted) -> None:
    novel.edit("premise.md", "language: en\n", "language: en\nbugdet: 1\n")
    ran = novel.doit()
    assert (ran.status, ran.out) == (0, "Everything is up to date.\n")
    assert ran.err == "premise.md:5: bugdet: is not a setting; did you mean budget?\n"
    assert server.requests == []
