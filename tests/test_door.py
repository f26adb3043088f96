"""Whatever stands where a file of a book belongs: nothing outside is read, sent or written, and nothing is waited for.

A stranger's book is opened as it comes. Where something in it is no file of it, a build says so in one line and ends
with status 1; once that is gone, it goes on as if nothing had been.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import stat
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from zipfile import ZipFile

import pytest
from finished import C2, S2, finish
from in_process import Here, everything
from scripted import Scripted
from shelf import Ran
from typed import type_book

from novelist.book.bounds import LARGEST_FILE
from novelist.book.files import Files
from novelist.book.frontmatter import compose
from novelist.book.paths import Book, safe
from novelist.errors import BookError, FileError
from novelist.text import digest

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has pipes with names")

ELSEWHERE = "The word is swordfish."
FILES = ["premise.md", "bible.md", "outline.md", "book.md", C2, S2, "chapters/07-more.md", "prompts/chapter.md.j2"]
FILES += ["matter/dedication.md"]
FOLDERS = ["chapters", "summaries", "matter", "dist", "prompts", ".novelist", ".novelist/cache", ".novelist/history"]
FOLDERS += [".novelist/partial", ".novelist/history/the-second-tide"]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the book, with a file of its owner's."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret").write_text(ELSEWHERE, encoding="utf-8")
    return folder


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def link_out(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "secret")


def pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def device(path: Path, _: Path) -> None:
    path.symlink_to("/dev/zero")


def named_socket(path: Path, _: Path) -> None:
    # The name of a socket may have about a hundred characters: from its folder it has few.
    here = Path.cwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)
    os.chdir(here)


def folder(path: Path, _: Path) -> None:
    path.mkdir()


def unreadable(path: Path, _: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    path.write_text("mine", encoding="utf-8")
    path.chmod(0)


def huge(path: Path, _: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE * 1000)


def empty(path: Path, _: Path) -> None:
    path.touch()


def binary(path: Path, _: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


Plant = Callable[[Path, Path], None]
LINK = "it is a symbolic link that leads out of the book. Put a file in its place."
PLANTS: dict[Plant, str] = {
    link_out: LINK,
    device: LINK,
    pipe: "it is a named pipe. Put a file in its place.",
    named_socket: "it is a socket. Put a file in its place.",
    folder: "it cannot be read (Is a directory). Check the disk and its rights.",
    unreadable: "it cannot be read (Permission denied). Check the disk and its rights.",
    huge: " MB. Put a smaller one in its place.",
    binary: "this is not UTF-8 text. Save it as UTF-8.",
}


def gone(path: Path) -> None:
    """Remove what was planted."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def planted(book: Here, name: str, plant: Plant, outside: Path) -> bytes | None:
    """Put something in the place of a file of the book, and return what the file had in it."""
    path = book / name
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    path.unlink(missing_ok=True)
    plant(path, outside)
    return before


def untouched(outside: Path) -> bool:
    """Say whether all that is outside is as it was."""
    return [(path.name, path.read_text(encoding="utf-8")) for path in outside.iterdir()] == [("secret", ELSEWHERE)]


def told(ran: Ran) -> str:
    assert "Traceback" not in ran.out + ran.err
    return ran.out + ran.err


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("name", FILES)
def test_what_is_no_file_of_the_book_is_named(
    novel: Here, server: Scripted, outside: Path, name: str, plant: Plant
) -> None:
    before = planted(novel, name, plant, outside)
    # A template is read where a chapter is to be drafted, or to be shown what it would be drafted from.
    ran = novel.doit()
    assert (ran.status, server.requests) == (1, [])
    assert PLANTS[plant] in told(ran), ran
    assert f"{name}:" in told(ran)
    assert untouched(outside)
    gone(novel / name)
    assert ELSEWHERE not in everything(novel)
    if before is not None:
        (novel / name).write_bytes(before)
    assert novel.doit().out == "Everything is up to date.\n"
    assert server.requests == []


VERBS = [["status"], ["plan"], ["why", "2"], ["brief", "2"], ["history", "2"], ["lint"], ["accept", "2"]]
LOOK_AT_ALL = ("status", "plan")
NO_FILE = (link_out, device, pipe, named_socket)


@pytest.mark.parametrize("arguments", VERBS, ids=lambda arguments: arguments[0])
@pytest.mark.parametrize("name", FILES)
def test_no_verb_waits_for_what_is_no_file_or_shows_it(
    novel: Here, server: Scripted, outside: Path, name: str, arguments: list[str]
) -> None:
    if name != C2:
        novel.edit("outline.md", "Mara walks", "Mara runs")
    before = (novel / name).read_bytes() if (novel / name).exists() else None
    for plant, line in PLANTS.items():
        if plant is unreadable and os.geteuid() == 0:
            continue
        planted(novel, name, plant, outside)
        ran = novel.novelist(*arguments)
        assert ELSEWHERE not in told(ran)
        assert ran.status == 1 or plant not in NO_FILE or arguments[0] not in LOOK_AT_ALL, (plant, ran)
        assert ran.status == 0 or (f"{name}:" in ran.err and line in ran.err), (plant, ran)
        gone(novel / name)
    if before is not None:
        (novel / name).write_bytes(before)
    assert (novel.novelist(*arguments).status, server.requests) == (0, [])
    assert untouched(outside)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_leads_out_of_the_book_is_named(novel: Here, server: Scripted, outside: Path, name: str) -> None:
    path, beside = novel / name, novel / "beside"
    had = path.exists()
    if had:
        path.rename(beside)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside)
    novel.edit("outline.md", "Mara walks", "Mara runs")
    ran = novel.doit()
    assert (ran.status, [task for task in server.tasks if name in FOLDERS[:8]]) == (1, [])
    assert f"{name}: it is a symbolic link. Make it a folder of the book." in told(ran)
    assert untouched(outside)
    path.unlink()
    if had:
        beside.rename(path)
    assert novel.doit().status == 0
    assert untouched(outside)
    assert ELSEWHERE not in everything(novel)
    assert ELSEWHERE not in "".join(request.prompt for request in server.requests)


@pytest.mark.parametrize("plant", [pipe, named_socket])
@pytest.mark.parametrize("name", FOLDERS[:8])
def test_what_is_no_folder_of_the_book_is_named(
    novel: Here, server: Scripted, outside: Path, name: str, plant: Plant
) -> None:
    shutil.rmtree(novel / name, ignore_errors=True)
    plant(novel / name, outside)
    ran = novel.doit()
    assert (ran.status, server.requests) == (1, [])
    assert "Make it a folder of the book." in told(ran)


STATE = ["ledger.jsonl", "lock", "lock.pid", "partial/the-second-tide.part", "partial/the-second-tide.md"]
STATE += ["history/the-second-tide/20200101T000000.000000Z.md"]


@pytest.mark.parametrize("plant", [link_out, pipe, device, named_socket, folder], ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("name", STATE)
def test_what_is_no_file_among_the_hidden_ones_is_named(
    novel: Here, server: Scripted, outside: Path, name: str, plant: Plant
) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    planted(novel, f".novelist/{name}", plant, outside)
    ran = novel.doit()
    assert ran.status == 1
    assert f".novelist/{name}: " in told(ran)
    assert untouched(outside)
    gone(novel / ".novelist" / name)
    assert ELSEWHERE not in everything(novel)
    assert novel.doit().status == 0
    assert ELSEWHERE not in "".join(request.prompt for request in server.requests)


@pytest.mark.parametrize("plant", [huge, binary, empty], ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("name", STATE)
def test_whatever_is_in_a_hidden_file_is_named_or_stands_in_nobodys_way(
    novel: Here, server: Scripted, outside: Path, name: str, plant: Plant
) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    planted(novel, f".novelist/{name}", plant, outside)
    ran = novel.doit()
    assert ran.status == 0 or (f".novelist/{name}:" in told(ran) and PLANTS.get(plant, "?") in told(ran)), ran
    gone(novel / ".novelist" / name)
    assert novel.doit().status == 0
    assert set(server.tasks) == {"chapter:2", "summary:2"}


@pytest.mark.parametrize("plant", [*PLANTS, empty], ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("name", ["index.json", "doit.json"])
def test_what_is_no_file_in_the_cache_is_replaced(
    novel: Here, server: Scripted, outside: Path, name: str, plant: Plant
) -> None:
    planted(novel, f".novelist/cache/{name}", plant, outside)
    assert novel.doit().status == 0
    assert (server.requests, untouched(outside)) == ([], True)
    novel.edit("outline.md", "Mara walks", "Mara runs")
    assert novel.doit().status == 0
    assert untouched(outside)


@pytest.mark.parametrize("plant", [*PLANTS, empty], ids=lambda plant: plant.__name__)
def test_a_file_of_the_cache_is_written_whatever_stands_there(tmp_path: Path, outside: Path, plant: Plant) -> None:
    path = tmp_path / "cache" / "index.json"
    path.parent.mkdir()
    plant(path, outside)
    Files(tmp_path, cache=path.parent).replace(path, "{}")
    assert stat.S_ISREG(path.lstat().st_mode)
    assert (path.read_text(encoding="utf-8"), untouched(outside)) == ("{}", True)


@pytest.mark.parametrize("plant", [link_out, pipe, folder])
def test_the_folder_of_briefs_is_made_anew(novel: Here, outside: Path, plant: Plant) -> None:
    briefs = novel / ".novelist" / "cache" / "briefs"
    shutil.rmtree(briefs)
    plant(briefs, outside)
    novel.edit("outline.md", "Mara walks", "Mara runs")
    assert novel.doit().status == 0
    assert stat.S_ISDIR(briefs.lstat().st_mode)
    assert len(list(briefs.iterdir())) == 1
    assert untouched(outside)


@pytest.mark.parametrize("plant", [link_out, pipe, named_socket, folder, huge], ids=lambda plant: plant.__name__)
@pytest.mark.parametrize("name", [".book.md.tmp", "chapters/.02-the-second-tide.md.tmp", ".novelist/.lock.pid.tmp"])
def test_what_stands_at_a_temporary_name_is_never_opened(novel: Here, outside: Path, name: str, plant: Plant) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    planted(novel, name, plant, outside)
    ran = novel.doit()
    assert ran.status == 0, ran
    assert untouched(outside)


@pytest.mark.parametrize("name", [".dist/book.html.tmp", "dist/.book.html.tmp"])
def test_a_temporary_file_of_an_export_is_never_a_link(novel: Here, outside: Path, name: str) -> None:
    planted(novel, name, link_out, outside)
    assert novel.doit("html").status == 0
    assert untouched(outside)


@pytest.mark.parametrize("plant", [link_out, pipe, device, named_socket, folder], ids=lambda plant: plant.__name__)
def test_an_export_that_is_no_file_is_named(novel: Here, outside: Path, plant: Plant) -> None:
    planted(novel, "dist/book.html", plant, outside)
    ran = novel.doit("html")
    assert (ran.status, untouched(outside)) == (1, True)
    assert f"html         failed: dist/book.html: {PLANTS[plant]}" in told(ran)
    gone(novel / "dist" / "book.html")
    assert novel.doit("html").status == 0


@pytest.mark.parametrize(
    "plant", [link_out, pipe, device, named_socket, folder, huge], ids=lambda plant: plant.__name__
)
def test_a_cover_that_is_no_file_of_the_book_is_named(novel: Here, outside: Path, plant: Plant) -> None:
    planted(novel, "cover.png", plant, outside)
    ran = novel.doit("epub")
    assert ran.status == 1
    assert "cover.png: " in told(ran)
    gone(novel / "cover.png")
    assert novel.doit("epub").status == 0


@pytest.mark.parametrize(
    "plant", [link_out, pipe, device, named_socket, folder, binary], ids=lambda plant: plant.__name__
)
def test_accepted_findings_that_are_no_file_are_named(novel: Here, outside: Path, plant: Plant) -> None:
    planted(novel, "lint-accepted.txt", plant, outside)
    for options in ([], ["--accept"]):  # which keeps what check was told
        ran = novel.run(sys.executable, "-m", "novelist", "lint", *options)
        assert (ran.status, ran.out) == (1, "")
        assert "lint-accepted.txt:" in ran.err
        assert PLANTS[plant] in ran.err
    assert untouched(outside)


@pytest.mark.parametrize("plant", [link_out, device], ids=lambda plant: plant.__name__)
def test_a_template_includes_nothing_from_outside(novel: Here, server: Scripted, outside: Path, plant: Plant) -> None:
    planted(novel, "prompts/sub/x", plant, outside)
    (novel / "prompts" / "chapter.md.j2").write_text("{% include 'sub/x' %}", encoding="utf-8")
    ran = novel.doit(NOVELIST_YES="1")
    assert (ran.status, server.requests) == (1, [])
    assert f"prompts/sub/x: {LINK}" in told(ran)


@pytest.mark.parametrize("name", ["../premise.md", "/etc/hostname", "sub/../../premise.md"])
def test_a_template_names_nothing_outside_of_its_folder(novel: Here, server: Scripted, name: str) -> None:
    (novel / "prompts").mkdir()
    (novel / "prompts" / "chapter.md.j2").write_text(f"{{% include '{name}' %}}", encoding="utf-8")
    ran = novel.doit(NOVELIST_YES="1")
    assert (ran.status, server.requests) == (1, [])
    told(ran)


def test_a_template_includes_what_is_in_its_folder(novel: Here, server: Scripted) -> None:
    (novel / "prompts" / "sub").mkdir(parents=True)
    (novel / "prompts" / "sub" / "x").write_text("Write chapter 1 of five, with swordfish.", encoding="utf-8")
    (novel / "prompts" / "chapter.md.j2").write_text("{% include 'sub/x' %}", encoding="utf-8")
    novel.doit("chapter:01", NOVELIST_YES="1")
    assert "with swordfish" in server.requests[0].prompt


@pytest.mark.parametrize("covers", ["x/../../TRAV", "../../TRAV", "/TRAV", ".."])
def test_a_record_makes_no_folder_outside(novel: Here, tmp_path: Path, covers: str) -> None:
    record = {"v": 1, "level": 1, "covers": covers, "body": digest("What was.\n")}
    (novel / "summaries" / "arc-001-010.md").write_text(compose({"novelist": record}, "What was."), encoding="utf-8")
    ran = novel.doit()
    told(ran)
    assert [path for path in tmp_path.rglob("*TRAV*") if not path.is_relative_to(novel / ".novelist")] == []
    assert ran.status in (0, 1)
    (novel / "summaries" / "arc-001-010.md").unlink(missing_ok=True)
    assert novel.doit().status == 0


@pytest.mark.parametrize("identity", ["", "..", "a/../b", "a//b", "/a", ".", "a\\b", "a\0b"])
def test_no_path_is_made_of_an_identity_that_leads_elsewhere(identity: str) -> None:
    with pytest.raises(BookError):
        safe(identity)


@pytest.mark.parametrize("name", ["dodo.py", "bible.md"])
def test_a_template_that_leads_out_is_not_copied(here: Here, server: Scripted, outside: Path, name: str) -> None:
    template = here / "project_template"
    template.mkdir()
    (here / "novelist").mkdir()
    (here / "novelist" / "tasks.py").touch()
    (here / "premise.md").rename(template / "premise.md")
    (template / name).symlink_to(outside / "secret")
    ran = here.doit()
    assert (ran.status, server.requests) == (1, [])
    assert f"project_template/{name}: {LINK}" in told(ran)
    assert ELSEWHERE not in "".join(path.read_text() for path in (here / "book").rglob("*") if path.is_file())


def test_a_template_that_is_elsewhere_is_no_template(here: Here, server: Scripted, outside: Path) -> None:
    (here / "novelist").mkdir()
    (here / "novelist" / "tasks.py").touch()
    (here / "premise.md").rename(outside / "premise.md")
    (here / "project_template").symlink_to(outside)
    with pytest.raises(BookError, match=r"project_template: it is a symbolic link. Make it a folder of the book."):
        here.doit()
    assert server.requests == []
    assert not (here / "book").exists()


@pytest.mark.parametrize("plant", [pipe, folder], ids=lambda plant: plant.__name__)
def test_a_book_above_is_not_taken_for_one_whose_premise_is_no_file(novel: Here, outside: Path, plant: Plant) -> None:
    (novel / "within").mkdir()
    planted(novel, "within/premise.md", plant, outside)
    ran = Here(novel / "within", novel.environ, novel.capfd).novelist("status")
    assert (ran.status, ran.err) == (1, f"Error: premise.md: {PLANTS[plant]}\n")


def test_a_file_leads_to_no_hidden_one(novel: Here, server: Scripted) -> None:
    (novel / ".env").write_text("MOONSHOT_API_KEY=sk-mine\n", encoding="utf-8")
    (novel / "bible.md").unlink()
    (novel / "bible.md").symlink_to(".env")
    ran = novel.doit()
    assert (ran.status, server.requests) == (1, [])
    assert "bible.md: it is a symbolic link to a hidden file. Put a file in its place.\n" in told(ran)


def test_a_link_into_another_folder_of_the_book_is_as_good_as_a_file(novel: Here, server: Scripted) -> None:
    (novel / "texts").mkdir()
    (novel / C2).rename(novel / "texts" / "two.md")
    (novel / C2).symlink_to("../texts/two.md")
    assert novel.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def test_a_book_behind_a_link_is_built(novel: Here, server: Scripted, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(novel.root)
    behind = Here(tmp_path / "way", novel.environ, novel.capfd)
    assert behind.doit().out == "Everything is up to date.\n"
    ran = Here(tmp_path, {**novel.environ, "NOVELIST_BOOK": str(tmp_path / "way")}, novel.capfd).doit()
    assert (ran.out, server.requests) == ("Everything is up to date.\n", [])


def test_keys_may_be_in_a_file_elsewhere(novel: Here, server: Scripted, outside: Path) -> None:
    (outside / "secret").write_text(f"MOONSHOT_API_KEY=sk-mine\nKIMI_BASE_URL={server.base_url}\n", encoding="utf-8")
    (novel / ".env").symlink_to(outside / "secret")
    novel.edit("outline.md", "Mara walks", "Mara runs")
    assert novel.doit(MOONSHOT_API_KEY="", KIMI_BASE_URL="").status == 0
    assert server.requests[0].headers["authorization"] == "Bearer sk-mine"


@pytest.mark.parametrize("plant", [pipe, device, named_socket], ids=lambda plant: plant.__name__)
def test_keys_in_what_is_no_file_are_not_waited_for(novel: Here, server: Scripted, outside: Path, plant: Plant) -> None:
    planted(novel, ".env", plant, outside)
    novel.edit("outline.md", "Mara walks", "Mara runs")
    ran = novel.doit()
    assert (ran.status, server.requests) == (1, [])
    assert ".env: it is a " in told(ran)


@pytest.mark.parametrize("suffix", [".md", ".docx", ".json"])
@pytest.mark.parametrize("plant", [pipe, named_socket], ids=lambda plant: plant.__name__)
def test_an_import_waits_for_nothing(here: Here, outside: Path, suffix: str, plant: Plant) -> None:
    plant(here / f"book{suffix}", outside)
    ran = here.run(sys.executable, "-m", "novelist", "import", f"book{suffix}", "new")
    assert (ran.status, ran.err) == (1, f"Error: book{suffix}: this is no file. Name one, or a folder of chapters.\n")


CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{secret}" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="{secret}" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CHAPTER = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY secret SYSTEM "{secret}">]>
<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Chapter 1: The Lamp</h1><p>Mara lit it. {entity}</p>
<p><img src="{secret}"/></p></body></html>"""


@pytest.mark.parametrize("named", [CONTAINER, PACKAGE, CHAPTER, ""], ids=["container", "package", "chapter", "picture"])
@pytest.mark.parametrize("way", ["{}", "file://{}", "../../../../../../../..{}"])
def test_an_epub_brings_in_nothing_from_outside_and_puts_nothing_there(
    here: Here, outside: Path, way: str, named: str
) -> None:
    secret = way.format(outside / "secret")
    with ZipFile(here / "book.epub", "w") as packed:
        packed.writestr("mimetype", "application/epub+zip")
        packed.writestr("META-INF/container.xml", CONTAINER.format(secret="a.opf" if named != CONTAINER else secret))
        packed.writestr("a.opf", PACKAGE.format(secret=secret if named == PACKAGE else "a.xhtml"))
        packed.writestr("a.xhtml", CHAPTER.format(secret=secret, entity="&secret;" if named == CHAPTER else ""))
        for name in ("../outside/mine", str(outside / "mine"), "a/../../../outside/mine"):
            packed.writestr(name, "mine")
    ran = here.run(sys.executable, "-m", "novelist", "import", "book.epub", "new")
    assert (ran.status == 0 or bool(named), "Traceback" in ran.err) == (True, False), ran
    (here / "book.epub").unlink()
    assert ELSEWHERE not in everything(here)
    assert untouched(outside)


def test_a_zip_that_says_it_is_small_and_is_not_is_no_book(here: Here) -> None:
    packed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = b"".join([*(packed.compress(b"a " * 500_000) for _ in range(1000)), packed.flush()])
    name, lies = b"word/document.xml", (len(data), 1000)
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, 0, *lies, 17, 0) + name
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, 0, *lies, 17, 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(entry), len(head) + len(data), 0)
    (here / "book.docx").write_bytes(head + data + entry + end)
    ran = here.run(sys.executable, "-m", "novelist", "import", "book.docx", "new")
    assert ran.err == "Error: book.docx: it cannot be read as DOCX. Save it again, or as Markdown.\n"


@pytest.mark.parametrize("plant", [link_out, pipe, device, named_socket], ids=lambda plant: plant.__name__)
def test_a_folder_of_chapters_has_only_files(here: Here, outside: Path, plant: Plant) -> None:
    (here / "texts").mkdir()
    (here / "texts" / "1.md").write_text("# The Lamp\n\nMara lit it.\n", encoding="utf-8")
    plant(here / "texts" / "2.md", outside)
    ran = here.run(sys.executable, "-m", "novelist", "import", "texts", "new")
    assert ran.status == 0, ran
    assert "Left out of texts/, since they are no chapters: `2.md`" in ran.out
    gone(here / "texts" / "2.md")
    assert ELSEWHERE not in everything(here)


@pytest.mark.parametrize(
    "plant", [link_out, pipe, device, named_socket, folder, huge, binary, empty], ids=lambda plant: plant.__name__
)
def test_a_picture_that_is_no_picture_of_the_book_is_left_out(here: Here, outside: Path, plant: Plant) -> None:
    (outside / "secret").write_bytes(b"\x89PNG\r\n\x1a\n" + ELSEWHERE.encode())
    plant(here / "lamp.png", outside)
    type_book(here, "It began. ![The lamp](lamp.png)\n", "The end.\n")
    ran = here.doit("docx")
    assert ran.status == 0, ran
    assert "the picture `lamp.png` is left out: it is no PNG, JPEG or GIF in the book\n" in told(ran)


def test_nothing_is_named_above_the_root(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "book").mkdir()
    files = Files(tmp_path / "book")
    for path in (tmp_path / "book" / ".." / "outside" / "secret", outside / "secret"):
        for act in (files.read_bytes, files.look, files.remove, files.append, lambda path: files.replace(path, "")):
            with pytest.raises(FileError, match=r"it is outside of the book\. Name a file in it\."):
                act(path)
    assert untouched(outside)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    """End a test that waits for what never comes."""
    import signal

    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it waits"))
    signal.alarm(120)
    yield
    signal.alarm(0)


def test_a_book_has_no_folder_outside(tmp_path: Path) -> None:
    book = Book(tmp_path)
    with pytest.raises(BookError):
        book.past("../x")


def without_override() -> None:
    """Have the rights of files count in a process of root's too (CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH)."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


WRITTEN = [".", "chapters", "summaries", ".novelist/partial", ".novelist/cache", ".novelist/cache/briefs"]
WRITTEN += [".novelist/history", ".novelist/history/the-second-tide", ".novelist/history/the-second-tide/summary"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets root do without its rights")
@pytest.mark.parametrize("name", [".novelist/ledger.jsonl", *WRITTEN])
def test_what_cannot_be_written_to_is_named_before_a_draft_is_paid_for(
    novel: Here, server: Scripted, name: str
) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    if not (novel / name).exists():
        (novel / name).mkdir()
    rights = stat.S_IMODE((novel / name).stat().st_mode)
    (novel / name).chmod(0o555 if (novel / name).is_dir() else 0)
    ran = subprocess.run(
        [str(Path(sys.executable).with_name("doit"))],
        cwd=novel.root,
        env=novel.environ,
        preexec_fn=without_override,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (novel / name).chmod(rights)
    assert ran.returncode == 1
    assert ran.stdout.startswith(f"{name}: it cannot be written (Permission denied). Check the disk and its rights.\n")
    assert server.requests == []
    assert novel.doit().status == 0
    assert server.tasks == ["chapter:2", "summary:2"]


def test_a_chapter_that_is_read_only_is_its_authors(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    (novel / C2).chmod(0o444)
    before = (novel / C2).read_bytes()
    ran = novel.doit()
    assert (ran.status, ran.err) == (0, "")
    assert "chapter:02   kept: you made it read-only; its part of the outline changed\n" in ran.out
    assert (novel / C2).read_bytes() == before
    assert server.requests == []
    (novel / C2).chmod(0o644)
    assert novel.doit().status == 0
    assert server.tasks == ["chapter:2", "summary:2"]


def test_a_sample_book_is_not_made_behind_a_link(here: Here, outside: Path) -> None:
    shutil.rmtree(here.root)
    for name in ("novelist/tasks.py", "project_template/premise.md"):
        (here / name).parent.mkdir(parents=True)
        (here / name).write_text("---\ntitle: A\n---\nAn idea.\n", encoding="utf-8")
    (outside / "secret").rename(outside / ".secret")
    (here / "book").symlink_to(outside)
    with pytest.raises(BookError) as raised:
        here.doit()
    assert str(raised.value) == "book: it is a symbolic link to what is no book. Remove it."
    assert [path.name for path in outside.iterdir()] == [".secret"]


def test_what_is_put_into_a_new_folder_by_many_at_once_is_all_there(tmp_path: Path) -> None:
    files, together = Files(tmp_path), Barrier(4, timeout=30)

    def put(name: str) -> None:
        for round_ in range(100):
            together.wait()
            files.replace(tmp_path / f"{round_}" / "of" / name, name)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, "abcd"))
    assert sorted(path.name for path in tmp_path.glob("*/of/*")) == sorted("abcd" * 100)
