"""What a build does, as one table: what the author does to a finished book of five chapters, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from finished import C2, C3, C4, C5, S1, S2, S4, S5, entries, finish, history, hold, lines
from in_process import Here, body
from scripted import Reply, Request, Scripted
from shelf import REPOSITORY

Deed = Callable[[Here], object]

SECTIONS = {1: "finds a bottle", 2: "walks to the Glassworks", 3: "lights the lamp", 4: "rows Mara", 5: "reads the"}
OLDER = ("bible        kept: it is older than the premise", "outline      kept: it is older than the premise")
WITHHELD = (
    "chapter:05   waits for you: the story before it changed. "
    "`NOVELIST_YES=1 doit` writes it again, `novelist accept 5` keeps it as it is"
)
DAMAGED = (
    f"chapter:02   kept: {C2}:3: the front matter is not YAML (did not find expected ',' or ']'), so it is taken for "
    "yours. Put it right"
)
NO_SECTION_2 = (
    f"files        failed: {C2}: outline.md has no section `{{#the-second-tide}}` for it, and you have worked on it. "
    "Give a section that id (the first have `{#the-bottle}`, `{#the-lamp}`, `{#the-ferry}`), or move the file out of "
    "chapters/."
)
NO_SECTION_6 = (
    "files        failed: chapters/06-the-storm.md: outline.md has no section `{#the-storm}` for it, and you have "
    "worked on it. Give a section that id (the first have `{#the-bottle}`, `{#the-second-tide}`, `{#the-lamp}`), or "
    "move the file out of chapters/."
)
NO_IDS = (
    "files        failed: outline.md: it no longer has 3 of the 5 chapters that are written (`{#the-bottle}`, "
    "`{#the-lamp}`, `{#the-ferry}` …). Put their ids back, or move their files out of chapters/."
)
AFTER_2 = "chapter:3 summary:3 chapter:4 summary:4 chapter:5 summary:5"
FROM_2 = f"chapter:2 summary:2 {AFTER_2}"
ALL = f"chapter:1 summary:1 {FROM_2}"


def nothing(_: Here) -> None:
    """Leave the book alone."""


def do(*deeds: Deed) -> Deed:
    def does(book: Here) -> None:
        for deed in deeds:
            deed(book)

    return does


def edit(name: str, old: str, new: str) -> Deed:
    return lambda book: book.edit(name, old, new)


def edit_section(number: int) -> Deed:
    return edit("outline.md", SECTIONS[number], f"slowly {SECTIONS[number]}")


def undo_section(number: int) -> Deed:
    return edit("outline.md", f"slowly {SECTIONS[number]}", SECTIONS[number])


def delete(*names: str) -> Deed:
    return lambda book: book.run("rm", "-r", *names)


def append(name: str, text: str) -> Deed:
    return lambda book: (book / name).write_text((book / name).read_text() + text)


def type_out(name: str, text: str) -> Deed:
    return lambda book: (book / name).write_text(text)


def change(name: str, how: Callable[[str], str]) -> Deed:
    """Rewrite a file as an editor does that leaves its words alone."""
    return lambda book: (book / name).write_bytes(how((book / name).read_bytes().decode()).encode())


def build(book: Here) -> None:
    ran = book.doit(NOVELIST_YES="1")
    assert ran.status == 0, ran.out


def build_without_a_word(book: Here) -> None:
    assert book.doit().status == 0


def forget(*options: str) -> Deed:
    return lambda book: book.doit("forget", *options)


def git(book: Here, command: str) -> None:
    assert book.run("git", *command.split()).status == 0


def commit(book: Here) -> None:
    (book / ".gitignore").write_text(".novelist/\n")
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=b commit -qm book"):
        git(book, command)


def check_out(book: Here) -> None:
    """Go back to what was committed."""
    git(book, "reset -q --hard")
    git(book, "clean -qfd")


def clone(book: Here) -> None:
    """Commit everything and go on in a clone."""
    commit(book)
    git(book, "clone -q . ../clone")
    book.root = book.root.parent / "clone"


def insert_after_2(book: Here) -> None:
    book.edit("outline.md", "## 3. The Lamp", "## The Storm {#the-storm}\n\nIt blows.\n\n## 3. The Lamp")


def swap_2_and_3(book: Here) -> None:
    start, one, two, three, *rest = re.split(r"(?=## )", (book / "outline.md").read_text())
    (book / "outline.md").write_text("".join([start, one, three, two, *rest]))


def remove_section(title: str) -> Deed:
    return change("outline.md", lambda text: re.sub(rf"## (\d\. )?{title} .*?(?=## |\Z)", "", text, flags=re.DOTALL))


def put_back_section_3(book: Here) -> None:
    book.edit("outline.md", "## 4. The Ferry", "## 3. The Lamp {#the-lamp}\n\nMara lights the lamp.\n\n## 4. The Ferry")


def without_ids(text: str) -> str:
    return re.sub(r" \{#.*?\}", "", text)


def own_template(book: Here) -> None:
    """Override the prompt for chapters."""
    shipped = REPOSITORY / "novelist" / "drafting" / "prompts" / "chapter.md.j2"
    (book / "prompts").mkdir()
    (book / "prompts" / "chapter.md.j2").write_text(f"{shipped.read_text()}\nRhyme.\n")


MINE = "\nA sentence of my own.\n"
edit_2 = append(C2, MINE)
strip_ids = change("outline.md", without_ids)
add_part = edit("outline.md", "## 1. The Bottle", "# Part One: The Arrival\n\n## 1. The Bottle")


@dataclass(frozen=True)
class Row:
    """What the author does, then the calls by task in order, then what the build changes on disk.

    `holds`: chapters whose old summary the model finds unchanged; `says`: lines of this build and of every further one;
    `yes`: whether cascades are wanted; `exits`: with which status; `doit`, `environ`: how the build is begun.
    """

    name: str
    does: Deed
    calls: str = ""
    changes: str = ""
    holds: str = ""
    yes: bool = False
    says: tuple[str, ...] = ()
    exits: int = 0
    doit: tuple[str, ...] = ()
    environ: dict[str, str] = field(default_factory=dict)


TABLE = [
    # Nothing is changed, whatever becomes of the cache.
    Row("nothing", nothing),
    Row("the cache is deleted", delete(".novelist/cache")),
    Row(".novelist is deleted", delete(".novelist")),
    Row("a fresh clone", clone),
    Row("doit forget", forget()),
    Row("doit forget --all", forget("--all")),
    Row("doit -a", nothing, doit=("-a",)),
    Row("doit -a in a fresh clone", clone, doit=("-a",)),
    # Files are deleted.
    Row("a chapter", delete(C2), "chapter:2 summary:2", "book chapter:2 summary:2", holds="2"),
    Row("a chapter in a clone", do(clone, delete(C2)), "chapter:2 summary:2", "book chapter:2 summary:2", holds="2"),
    Row("a chapter and its summary", delete(C2, S2), FROM_2, f"book {FROM_2}", yes=True),
    Row(
        "a chapter that was edited",
        do(edit_2, build, delete(C2)),
        "chapter:2 summary:2",
        "book chapter:2 summary:2",
        holds="2",
    ),
    Row(
        "two chapters",
        delete(C2, C4),
        "chapter:2 summary:2 chapter:4 summary:4",
        "book chapter:2 summary:2 chapter:4 summary:4",
        holds="2 4",
    ),
    Row("a chapter, which then tells something else", delete(C2), FROM_2, f"book {FROM_2}", yes=True),
    Row("the last chapter and its summary", delete(C5, S5), "chapter:5 summary:5", "book chapter:5 summary:5"),
    Row("a chapter whose section was edited", do(edit_section(2), delete(C2)), FROM_2, f"book {FROM_2}", yes=True),
    Row("a summary", delete(S2), "", "summary:2"),
    Row(
        "a summary and .novelist",
        delete(S2, ".novelist"),
        f"summary:2 {AFTER_2}",
        f"book summary:2 {AFTER_2}",
        yes=True,
    ),
    Row("the last summary and .novelist", delete(S5, ".novelist"), "summary:5", "summary:5"),
    Row("all chapters", delete("chapters"), ALL, f"book {ALL}", holds="1 2 3 4 5"),
    Row("book.md", delete("book.md"), "", "book"),
    # The outline is edited.
    Row("a section", edit_section(2), "chapter:2 summary:2", "book chapter:2 summary:2", holds="2"),
    Row("a section, with a new summary", edit_section(2), FROM_2, f"book {FROM_2}", yes=True),
    Row(
        "a section, with a new summary, without a terminal",
        edit_section(4),
        "chapter:4 summary:4",
        "book chapter:4 summary:4",
        says=(WITHHELD,),
    ),
    Row(
        "two sections",
        do(edit_section(2), edit_section(4)),
        "chapter:2 summary:2 chapter:4 summary:4",
        "book chapter:2 summary:2 chapter:4 summary:4",
        holds="2 4",
    ),
    Row(
        "the words of one section",
        edit("outline.md", "{#the-ferry}", "{#the-ferry words=70-80}"),
        "chapter:4 summary:4",
        "book chapter:4 summary:4",
        holds="4",
    ),
    Row("what stands above the first section", edit("outline.md", "A book.", "A long book.")),
    Row("the first line of a section is blank", edit("outline.md", "Mara lights", "\n\nMara lights")),
    # The bible is edited.
    Row(
        "a bible section",
        edit("bible.md", "A ruin on the shore.", "A ruin on a hill."),
        "chapter:2 summary:2 chapter:4 summary:4",
        "book chapter:2 summary:2 chapter:4 summary:4",
        holds="2 4",
    ),
    Row(
        "a bible section that all name",
        edit("bible.md", "She keeps", "She has"),
        ALL,
        f"book {ALL}",
        holds="1 2 3 4 5",
        yes=True,
    ),
    Row("the style", edit("bible.md", "Past tense", "Present tense"), ALL, f"book {ALL}", holds="1 2 3 4 5", yes=True),
    Row("a new bible section that none names", append("bible.md", "\n## The Well\n\nDry.\n")),
    # Chapters are edited by hand.
    Row("a typo", edit_2, "summary:2", "book summary:2", holds="2"),
    Row("facts", edit_2, f"summary:2 {AFTER_2}", f"book summary:2 {AFTER_2}", yes=True),
    Row("facts of the last", append(C5, MINE), "summary:5", "book summary:5"),
    Row(
        "a chapter and its section",
        do(edit_2, edit_section(2)),
        "summary:2",
        "book summary:2",
        holds="2",
        says=("chapter:02   kept: you edited it; its part of the outline changed",),
    ),
    Row(
        "a chapter, and undone",
        do(change(C2, lambda text: text + MINE), build, change(C2, lambda text: text[: -len(MINE)])),
        "",
        f"book summary:2 {AFTER_2}",
    ),
    Row("a key of one's own in front matter", edit(C2, "title:", "mood: dark # really\ntitle:")),
    Row("a chapter is saved with CRLF", change(C2, lambda text: text.replace("\n", "\r\n"))),
    Row("a chapter is saved with a BOM", change(C2, lambda text: f"\ufeff{text}")),
    Row("a chapter is saved with trailing blanks", change(C2, lambda text: text.replace(".\n", ".  \n"))),
    Row("a chapter is saved without its final newline", change(C2, lambda text: text.rstrip("\n"))),
    Row("a summary is saved with CRLF", change(S2, lambda text: text.replace("\n", "\r\n"))),
    Row("the outline is saved with CRLF", change("outline.md", lambda text: text.replace("\n", "\r\n"))),
    Row("the bible is saved with a BOM", change("bible.md", lambda text: f"\ufeff{text}")),
    Row("the premise is saved with trailing blanks", change("premise.md", lambda text: text.replace("\n", " \n"))),
    Row("a chapter is typed", type_out(C2, "I wrote this.\n"), "summary:2", "book summary:2", holds="2"),
    Row(
        "a chapter is typed and its section edited",
        do(type_out(C2, "I wrote this.\n"), edit_section(2)),
        "summary:2",
        "book summary:2",
        holds="2",
    ),
    Row(
        "the front matter is damaged",
        edit(C2, "title: The Second Tide", "title: [The Second Tide"),
        says=(DAMAGED,),
    ),
    Row("a summary", append(S4, MINE), "chapter:5 summary:5", "book chapter:5 summary:5", yes=True),
    Row(
        "a summary and its chapter",
        do(append(S5, MINE), append(C5, MINE)),
        "",
        "book",
        says=("summary:05   kept: you edited it; its chapter changed",),
    ),
    # An edit is undone: the draft is still there.
    Row("a section", do(edit_section(2), build, undo_section(2)), "", "book chapter:2 summary:2", holds="2"),
    Row("a section after a cascade", do(edit_section(2), build, undo_section(2)), "", f"book {FROM_2}"),
    Row(
        "a section, and the chapter deleted",
        do(edit_section(2), build, undo_section(2), delete(C2)),
        "chapter:2 summary:2",
        "book chapter:2 summary:2",
        holds="2",
    ),
    Row(
        "a section removed and put back",
        do(remove_section("The Lamp"), build, put_back_section_3),
        "",
        "book chapter:3 summary:3 chapter:4 summary:4 chapter:5 summary:5",
    ),
    Row(
        "a section removed and put back before a cascade",
        do(remove_section("The Lamp"), build_without_a_word, put_back_section_3),
        "",
        "book chapter:3 summary:3 chapter:4 summary:4 chapter:5 summary:5",
    ),
    Row(
        "a section removed and put back by git, and its chapter deleted",
        do(commit, remove_section("The Lamp"), build, check_out, build, delete(C3)),
        "chapter:3 summary:3",
        "book chapter:3 summary:3",
        holds="3",
    ),
    Row(
        "a section removed and put back with other words",
        do(remove_section("The Letter"), build, append("outline.md", "## The Letter\n\nMara burns it.\n")),
        "chapter:5 summary:5",
        "book chapter:5 summary:5",
    ),
    Row(
        "the front matter is damaged and repaired",
        do(edit(C2, "title: The", "title: [The"), build, edit(C2, "title: [The", "title: The")),
    ),
    Row("two sections change places, and back", do(swap_2_and_3, build, swap_2_and_3), "", f"book {FROM_2}"),
    Row(
        "a section is inserted and removed",
        do(insert_after_2, build, remove_section("The Storm")),
        "",
        f"book {AFTER_2} -the-storm",
    ),
    Row(
        "the section of a chapter that was edited",
        do(edit_2, edit_section(2), build, undo_section(2)),
        holds="2",
    ),
    Row(
        "the words of the premise",
        do(
            edit("premise.md", "words: 40-60", "words: 30-40"),
            build,
            edit("premise.md", "words: 30-40", "words: 40-60"),
        ),
        "",
        f"book {ALL}",
        holds="1 2 3 4 5",
    ),
    # Identity: nothing of this is worth a call by itself.
    Row("a section is retitled", edit("outline.md", "2. The Second Tide", "2. High Water"), "", "book chapter:2"),
    Row(
        "a section without an id is retitled",
        do(strip_ids, edit("outline.md", "2. The Second Tide", "2. High Water")),
        "",
        "book chapter:2 summary:2 -the-second-tide",
    ),
    Row("the ids are taken away", strip_ids),
    Row("the numbers are wrong", change("outline.md", lambda text: re.sub(r"## \d", "## 7", text))),
    Row("a part is added", add_part, "", "book chapter:1 chapter:2 chapter:3 chapter:4 chapter:5"),
    Row(
        "a part is renamed",
        do(add_part, build, edit("outline.md", "The Arrival", "The Landing")),
        "",
        "book chapter:1 chapter:2 chapter:3 chapter:4 chapter:5",
    ),
    Row(
        "a section is inserted",
        insert_after_2,
        f"{AFTER_2} chapter:6 summary:6",
        f"book {AFTER_2} chapter:6 summary:6",
        yes=True,
    ),
    Row(
        "a section is added at the end",
        append("outline.md", "\n## The Storm\n\nIt blows.\n"),
        "chapter:6 summary:6",
        "book chapter:6 summary:6",
    ),
    Row("two sections change places", swap_2_and_3, FROM_2, f"book {FROM_2}", yes=True),
    Row(
        "a section is removed",
        remove_section("The Lamp"),
        "chapter:3 summary:3 chapter:4 summary:4",
        "book chapter:3 summary:3 chapter:4 summary:4 -the-lamp",
        yes=True,
    ),
    Row("the last section is removed", remove_section("The Letter"), "", "book -the-letter"),
    Row(
        "the section of an edited chapter is removed",
        do(edit_2, build, remove_section("The Second Tide")),
        holds="2",
        says=(NO_SECTION_2,),
        exits=1,
    ),
    Row(
        "most ids vanish",
        change("outline.md", lambda text: re.sub(r"\{#the-(bottle|lamp|ferry)\}\n\n", r"{#a-\1}\n\nNow ", text)),
        says=(NO_IDS,),
        exits=1,
    ),
    Row(
        "a chapter that no section knows",
        type_out("chapters/06-the-storm.md", "It blows.\n"),
        says=(NO_SECTION_6,),
        exits=1,
    ),
    # Settings and metadata.
    Row("the idea", edit("premise.md", "from her brother", "from her father"), says=OLDER),
    Row("words", edit("premise.md", "words: 40-60", "words: 30-40"), ALL, f"book {ALL}", holds="1 2 3 4 5", yes=True),
    Row(
        "language", edit("premise.md", "language: en", "language: de"), ALL, f"book {ALL}", holds="1 2 3 4 5", yes=True
    ),
    Row(
        "words, where a chapter is edited",
        do(edit_2, build, edit("premise.md", "words: 40-60", "words: 30-40")),
        "chapter:1 summary:1 chapter:3 summary:3 chapter:4 summary:4 chapter:5 summary:5",
        "book chapter:1 summary:1 chapter:3 summary:3 chapter:4 summary:4 chapter:5 summary:5",
        holds="1 2 3 4 5",
        yes=True,
        says=("chapter:02   kept: you edited it; the length, the language or a prompt changed",),
    ),
    Row("a template of the book's own", own_template, ALL, f"book {ALL}", holds="1 2 3 4 5", yes=True),
    Row("chapters", edit("premise.md", "chapters: 5", "chapters: 9")),
    Row("title", edit("premise.md", "title: The Salt Lamp", "title: The Lamp"), "", "book"),
    Row("author", edit("premise.md", "author: Ines Halden", "author: Ines H."), "", "book"),
    Row("a key of one's own in the premise", edit("premise.md", "author:", "isbn: 978\nauthor:")),
    Row("model", nothing, environ={"KIMI_MODEL": "kimi-k3"}),
    Row("temperature", nothing, environ={"KIMI_TEMPERATURE": "0.1"}),
    Row(
        "book.md is edited",
        edit("book.md", "{#the-second-tide}\n\n", "{#the-second-tide}\n\nMine. "),
        "",
        "book",
    ),
    # Nothing is to be replaced.
    Row(
        "stale: keep",
        do(
            edit("premise.md", "---\nMara", "stale: keep\n---\nMara"), edit_section(2), append(C3, MINE), delete(C5, S5)
        ),
        "summary:3 chapter:5 summary:5",
        "book summary:3 chapter:5 summary:5",
        says=(
            "chapter:02   kept: `stale: keep`; its part of the outline changed",
            "chapter:04   kept: `stale: keep`; the story before it changed",
        ),
        yes=True,
    ),
]


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, and a model with other words."""
    return finish(here, server)


def short(path: str) -> str:
    """Return `chapter:2` for `chapters/02-the-second-tide.md`, and `book` for `book.md`."""
    found = re.match(r"(chapter|summar)(?:s|ies)/0*(\d+)-", path)
    return f"{'chapter' if found[1] == 'chapter' else 'summary'}:{found[2]}" if found else path.removesuffix(".md")


def identity(path: str) -> str:
    return re.sub(r".*/\d+-|\.md$", "", path)


def changes(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Return what is new or other in `after`, and, behind a `-`, the identities that are nowhere any more."""
    gone = {identity(path) for path in before} - {identity(path) for path in after}
    return {short(path) for path, text in after.items() if before.get(path) != text} | {f"-{name}" for name in gone}


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{number:02d} {row.name}") for number, row in enumerate(TABLE, 1)]
)
def test_the_table(novel: Here, server: Scripted, row: Row) -> None:
    hold(server, row.holds)
    environ = {"NOVELIST_YES": "1" if row.yes else "", **row.environ}
    row.does(novel)
    before = novel.texts()
    server.clear()

    ran = novel.doit(*row.doit, **environ)

    assert server.tasks == row.calls.split(), ran.out
    assert changes(before, novel.texts()) == set(row.changes.split())
    said = lines(ran.out)
    assert [line for line in row.says if line not in said] == [], ran.out
    assert ran.status == row.exits

    after = novel.texts()
    server.clear()
    again = novel.doit(**environ)
    assert server.tasks == []
    assert novel.texts() == after
    assert [line for line in row.says if line not in lines(again.out)] == []
    assert again.status == row.exits
    if not row.says:
        assert again.out == "Everything is up to date.\n"


def told(server: Scripted, task: str) -> str:
    """Return what the model was told for `task`."""
    (request,) = (request for request in server.requests if request.task == task)
    return request.prompt


AGAIN = "Every fact that follows must hold in it again."
ALLOWED = "Keep of it whatever the plan below allows."


@pytest.mark.parametrize(
    ("does", "demand"),
    [
        (delete(C2), AGAIN),
        (do(clone, delete(C2)), AGAIN),
        (do(append(S2, MINE), delete(C2)), AGAIN),
        (do(edit_section(2), delete(C2)), ALLOWED),
        (do(edit("bible.md", "A ruin", "A palace"), delete(C2)), ALLOWED),
        (do(edit("premise.md", "words: 40-60", "words: 30-40"), delete(C2)), ALLOWED),
        (edit_section(2), ALLOWED),
    ],
)
def test_a_chapter_that_is_drafted_again_is_shown_its_old_summary(
    novel: Here, server: Scripted, does: Deed, demand: str
) -> None:
    does(novel)
    old = body((novel / S2).read_text())
    novel.doit()
    assert demand in told(server, "chapter:2")
    assert old in told(server, "chapter:2")


def test_a_chapter_without_a_summary_is_drafted_by_its_brief_alone(novel: Here, server: Scripted) -> None:
    novel.run("rm", C2, S2)
    novel.doit()
    assert AGAIN not in told(server, "chapter:2")
    assert ALLOWED not in told(server, "chapter:2")


def test_a_summary_that_still_holds_stays_byte_for_byte(novel: Here, server: Scripted) -> None:
    old = (novel / S2).read_text()
    hold(server, "2")
    edit_2(novel)
    novel.doit()
    assert body((novel / S2).read_text()) == body(old)
    assert body(old) in told(server, "summary:2")
    assert MINE.strip() in told(server, "summary:2")


def test_a_cascade_undone_gives_the_whole_book_back(novel: Here, server: Scripted) -> None:
    before = novel.texts()
    edit_section(2)(novel)
    build(novel)
    assert novel.texts()["book.md"] != before["book.md"]
    undo_section(2)(novel)
    server.clear()
    build(novel)
    assert server.tasks == []
    assert novel.texts() == before


def test_a_removed_chapter_and_its_summary_go_to_history(novel: Here) -> None:
    chapter, summary = (novel / C5).read_text(), (novel / S5).read_text()
    novel.run("rm", "-r", ".novelist")
    remove_section("The Letter")(novel)
    ran = novel.doit()
    assert history(novel, "the-letter") == [chapter]
    assert history(novel, "the-letter/summary") == [summary]
    assert "05-the-letter.md is in .novelist/history/the-letter/" in ran.out


def test_an_edit_in_book_md_is_kept_and_reported_with_its_chapter(novel: Here) -> None:
    before = (novel / "book.md").read_text()
    novel.edit("book.md", "{#the-second-tide}\n\n", "{#the-second-tide}\n\nMine. ")
    edited = (novel / "book.md").read_text()
    ran = novel.doit()
    assert (novel / "book.md").read_text() == before
    assert history(novel, "@book") == [edited]
    (kept,) = entries(novel, "@book")
    assert lines(ran.out)[0] == (
        f"book.md was edited (`The Second Tide`). Your text is in {kept.relative_to(novel.root)}; "
        "edit the chapters instead."
    )


def while_writing(server: Scripted, task: str, deed: Callable[[], object]) -> None:
    """Have the author do something while the model writes the first answer for `task`."""
    book = server.script
    waiting = [deed]

    def script(request: Request) -> Reply:
        if request.task == task and waiting:
            waiting.pop()()
        return book(request)

    server.script = script


@pytest.mark.parametrize(
    ("meanwhile", "next_calls"),
    [
        (edit("outline.md", "slowly walks", "quickly walks"), "chapter:2 summary:2"),
        (edit_section(4), "chapter:4 summary:4"),
        (edit_section(1), "chapter:1 summary:1"),
        (edit("bible.md", "A ruin", "A palace"), "chapter:2 summary:2 chapter:4 summary:4"),
        (edit("premise.md", "words: 40-60", "words: 30-40"), ALL),
        (append("chapters/01-the-bottle.md", MINE), "summary:1"),
        (append(S1, MINE), FROM_2),
    ],
)
def test_an_edit_made_while_a_chapter_is_drafted_is_used_next_time(
    novel: Here, server: Scripted, meanwhile: Deed, next_calls: str
) -> None:
    hold(server, "1 2 3 4 5")
    edit_section(2)(novel)
    while_writing(server, "chapter:2", lambda: meanwhile(novel))
    ran = novel.doit()
    assert ran.status == 0, ran.out
    assert server.tasks == ["chapter:2", "summary:2"]
    server.clear()
    novel.doit(NOVELIST_YES="1")
    assert server.tasks == next_calls.split()
    server.clear()
    assert novel.doit().out == "Everything is up to date.\n"


def test_a_save_while_a_chapter_is_drafted_is_not_overwritten(novel: Here, server: Scripted) -> None:
    hold(server, "2")
    edit_section(2)(novel)
    while_writing(server, "chapter:2", lambda: edit_2(novel))
    mine = (novel / C2).read_text() + MINE
    ran = novel.doit()
    assert (ran.status, server.tasks) == (1, ["chapter:2"])
    draft = entries(novel, "the-second-tide")[-1]
    assert lines(ran.out)[0] == (
        f"chapter:02   failed: {C2}: it was saved while it was being drafted, so your text stays. "
        f"The draft is in {draft.relative_to(novel.root)}."
    )
    assert (novel / C2).read_text() == mine
    server.clear()
    ran = novel.doit()
    assert (ran.status, server.tasks) == (0, ["summary:2"])
    assert lines(ran.out)[0] == "chapter:02   kept: you edited it; its part of the outline changed"
    assert (novel / C2).read_text() == mine


def test_a_chapter_typed_while_it_is_drafted_is_not_overwritten(novel: Here, server: Scripted) -> None:
    novel.run("rm", C2)
    while_writing(server, "chapter:2", lambda: type_out(C2, "I wrote this.\n")(novel))
    assert novel.doit().status == 1
    assert (novel / C2).read_text() == "I wrote this.\n"


def test_a_summary_saved_while_it_is_drafted_is_not_overwritten(novel: Here, server: Scripted) -> None:
    edit_2(novel)
    while_writing(server, "summary:2", lambda: append(S2, MINE)(novel))
    mine = (novel / S2).read_text() + MINE
    assert novel.doit().status == 1
    assert (novel / S2).read_text() == mine


def test_nothing_is_asked_about_a_chapter_that_is_empty(novel: Here, server: Scripted) -> None:
    (novel / C3).write_text("\n")
    ran = novel.doit()
    assert ran.status == 1
    assert (
        f"summary:03   failed: {C3}: the chapter is empty. Write it, or delete the file to have it drafted.\n"
        in ran.out
    )
    assert server.requests == []


def test_an_author_who_is_taken_out_of_the_premise_is_no_edit_of_the_book(novel: Here, server: Scripted) -> None:
    novel.edit("premise.md", "author: Ines Halden\n", "")
    ran = novel.doit()
    assert (ran.status, server.requests) == (0, [])
    assert "was edited" not in ran.out
    assert "Ines Halden" not in (novel / "book.md").read_text()
