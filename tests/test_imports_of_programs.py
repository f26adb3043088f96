"""What novelWriter and other programs left: brought as it is meant, whatever a stranger put into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from importing import Brought, bring, bring_folder, refused, write


def item(number: int, name: str, parent: int = 0, kind: str = "NOVEL", **says: str) -> str:
    """Return an item of a project of novelWriter."""
    said = {"order": str(number), "type": "FILE", "class": kind, "layout": "DOCUMENT"} | says
    active = said.pop("active", "yes")
    attributes = " ".join(f'{key}="{value}"' for key, value in said.items())
    above = handle(parent) if parent else "None"
    return f'<item handle="{handle(number)}" parent="{above}" {attributes}><name active="{active}">{name}</name></item>'


def handle(number: int) -> str:
    """Return the name of a document."""
    return f"{number:013x}"


def project(*items: str) -> str:
    """Return the file of a project."""
    about = "<project><name>Sample</name><author>Jane Smith</author></project>"
    about += "<settings><language>en_GB</language></settings>"
    content = f"<content>{''.join(items)}</content>"
    return f"<?xml version='1.0' encoding='utf-8'?>\n<novelWriterXML>{about}{content}</novelWriterXML>"


NOVEL = {
    "nwProject.nwx": project(
        item(1, "Novel", type="ROOT"),
        item(2, "Title Page", 1),
        item(5, "Chapter Two", 1),
        item(3, "Chapter One", 1),
        item(4, "Scene", 3),
        item(6, "Old", 1, active="no"),
        item(7, "Characters", kind="CHARACTER", type="ROOT"),
        item(8, "Mara", 7, kind="CHARACTER", layout="NOTE"),
        item(9, "Gone", 1),
    ),
    f"content/{handle(2)}.nwd": "%%~name: Title Page\n#! The Salt Lamp\n\n>> By Jane Smith <<\n",
    f"content/{handle(3)}.nwd": (
        "%%~name: Chapter One\n# Part One\n\n## Chapter One: The Bottle\n\n@pov: Mara\n\n%Synopsis: Mara finds it.\n\n"
        "It was [i]cold[/i].[footnote:f1]\n\n%Footnote.f1: Very.\n"
    ),
    f"content/{handle(4)}.nwd": (
        "### A Scene\n\n% Remember the gull\n\nShe *ran*.\n\n[newpage]\n>> The end <<\n\n### Another\n\nMore.\n"
    ),
    f"content/{handle(5)}.nwd": "##! Interlude\n\nText.\n",
    f"content/{handle(6)}.nwd": "### Old\n\nOld words.\n",
    f"content/{handle(8)}.nwd": "# Mara\n\nTall.",
    f"content/{handle(15)}.nwd": "Nobody names me.",
}


def novel(tmp_path: Path) -> Brought:
    """Import the project above."""
    return bring_folder(tmp_path, NOVEL)


def test_a_project_of_novelwriter_is_brought_in_its_order(tmp_path: Path) -> None:
    brought = novel(tmp_path)
    assert brought.said[:6] == [
        "title        The Salt Lamp",
        "author       Jane Smith",
        "language     en-GB",
        "part         Part One",
        "chapter:01   The Bottle, 10 words; its heading was `Chapter One: The Bottle`",
        "chapter:02   Interlude, 1 word",
    ]
    assert brought.outline == ["# Part One", "1. The Bottle", "Interlude {#interlude -}"]
    assert brought.chapters == [
        "It was *cold*.[^f1]\n\n* * *\n\nShe *ran*.\n\nThe end\n\n* * *\n\nMore.\n\n[^f1]: Very.\n",
        "Text.\n",
    ]


def test_what_a_project_says_of_a_chapter_is_in_the_outline_and_its_notes_are_kept(tmp_path: Path) -> None:
    brought = novel(tmp_path)
    outline = (brought.root / "outline.md").read_text(encoding="utf-8")
    assert "## 1. The Bottle {#the-bottle}\n\nMara finds it.\n\nA Scene.\n\nAnother.\n" in outline
    assert sorted(brought.history) == [
        "# Mara\n\nTall.\n",
        "### Old\n\nOld words.\n",
        "Chapter One: @pov: Mara\n\nScene: Remember the gull\n",
        "Nobody names me.\n",
    ]
    assert brought.notes("The document") == ["The document `Gone` is not there, and so is left out."]


def test_a_project_may_be_named_by_its_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "sea", NOVEL)
    assert bring(folder / "nwProject.nwx").outline == ["# Part One", "1. The Bottle", "Interlude {#interlude -}"]


def test_an_older_project_says_in_elements_what_a_newer_one_says_in_attributes(tmp_path: Path) -> None:
    old = (
        "<novelWriterXML><project><name>Old</name></project><content>"
        f'<item handle="{handle(1)}" parent="None" order="0">'
        "<name>One</name><type>FILE</type><class>NOVEL</class><layout>CHAPTER</layout><exported>True</exported></item>"
        f'<item handle="{handle(2)}" parent="None" order="1"><name>Two</name><type>FILE</type><class>NOVEL</class>'
        "<exported>False</exported></item></content></novelWriterXML>"
    )
    files = {f"content/{handle(1)}.nwd": "## One\n\nText.\n", f"content/{handle(2)}.nwd": "## Two\n\nNo.\n"}
    brought = bring_folder(tmp_path, {"nwProject.nwx": old} | files)
    assert brought.outline == ["1. One"]
    assert brought.history == ["## Two\n\nNo.\n"]


def test_documents_below_one_another_in_a_circle_are_read_once(tmp_path: Path) -> None:
    files = {f"content/{handle(number)}.nwd": f"## {number}\n\nText {number}.\n" for number in (1, 2)}
    brought = bring_folder(tmp_path, {"nwProject.nwx": project(item(1, "A", 2), item(2, "B", 1))} | files)
    assert brought.chapters == ["Text 1.\n", "Text 2.\n"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<x/>", "this is no project of novelWriter. Give its nwProject.nwx, or its folder."),
        ("<x", "this is not XML (unclosed token: line 1, column 0). Give the file as novelWriter saved it."),
        ("<!DOCTYPE x><x/>", "a project of novelWriter has no document type. Give the file as it was saved."),
        (project(), "there is no prose in this project's novel. Import one that has some."),
    ],
)
def test_what_is_no_project_is_refused(tmp_path: Path, text: str, why: str) -> None:
    write(tmp_path / "sea", {"nwProject.nwx": text})
    assert refused(tmp_path / "sea") == f"sea/nwProject.nwx: {why}"


@pytest.mark.skipif(os.name != "posix", reason="links are made as POSIX makes them")
@pytest.mark.parametrize(
    "inside", ["sea/content", f"sea/content/{handle(1)}.nwd", "sea/SUMMARY.md", "sea/2.md", "sea/more"]
)
def test_no_link_is_followed(tmp_path: Path, inside: str) -> None:
    write(tmp_path / "out", {f"{handle(1)}.nwd": "## X\n\nswordfish.", "1.md": "swordfish."})
    files = {"nwProject.nwx": project(item(1, "A"), item(2, "B")), f"content/{handle(2)}.nwd": "## One\n\nText.\n"}
    write(tmp_path / "sea", {"1.md": "Text."} if "content" not in inside else files)
    target = tmp_path / inside
    if inside == "sea/content":
        (tmp_path / "sea/content").rename(tmp_path / "sea/other")
        target.symlink_to(tmp_path / "out")
        assert "no prose" in refused(tmp_path / "sea")
        return
    target.symlink_to(tmp_path / "out" / ("" if inside.endswith("more") else f"{handle(1)}.nwd"))
    brought = bring(tmp_path / "sea")
    assert brought.chapters == ["Text.\n"]
    assert not any("swordfish" in text for text in brought.history)


NAMES = ["/etc/hostname", "../../out.md", "x" * 300 + ".md", "a\\0b.md", "more/1.md", "", ".", "~/x.md"]


def test_an_index_leads_to_no_file_outside_its_folder(tmp_path: Path) -> None:
    chapters = "".join(f'    - "{name}"\n' for name in NAMES)
    write(tmp_path, {"out.md": "swordfish."})
    (tmp_path / "sea").mkdir()
    if os.name == "posix":
        (tmp_path / "sea" / "more").symlink_to(tmp_path)
    brought = bring_folder(
        tmp_path, {"_quarto.yml": f"book:\n  title: T\n  chapters:\n    - 1.md\n{chapters}", "1.md": "A."}
    )
    assert brought.chapters == ["A.\n"]
    assert len(brought.notes("_quarto.yml names what is not there")) == 1


DAMAGED = [
    "a: [",
    "- b",
    "book: 7",
    "book:\n  chapters: {a: b}",
    "book:\n  chapters: [[1], {part: 7}, {x: y}]",
    "&a [*a]",
]


@pytest.mark.parametrize("text", DAMAGED)
@pytest.mark.parametrize("name", ["_quarto.yml", "_bookdown.yml", "book.toml", "SUMMARY.md", "metadata.yaml"])
def test_an_index_that_is_none_is_as_good_as_no_index(tmp_path: Path, name: str, text: str) -> None:
    assert bring_folder(tmp_path, {name: text, "1.md": "A.", "2.md": "B."}).chapters == ["A.\n", "B.\n"]
