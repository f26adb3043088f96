"""A book where no model may write: the embedded one rehearses, and never where others have written."""

from __future__ import annotations

import pytest
from finished import C1, C2, C3, C4, C5, S3, finish
from in_process import Here, body
from scripted import Scripted

from novelist.model.local import is_embedded

WAITS = "waits for a model (MOONSHOT_API_KEY in .env)"
REFUSED = (
    "there is no key and no server, and the embedded model only rehearses. "
    "Put MOONSHOT_API_KEY into .env, or write it yourself."
)


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book that a model on a server wrote, where there is no key and no server any more."""
    finish(here, server)
    for name in ("KIMI_BASE_URL", "MOONSHOT_API_KEY"):
        del here.environ[name]
    return here


def write_on(book: Here, name: str, text: str = "\nMara waits.\n") -> None:
    """Add to a chapter by hand."""
    (book / name).write_text((book / name).read_text() + text)


def retype(book: Here, name: str) -> None:
    """Have the author type a chapter, and nobody know what it says."""
    path = book / name
    path.write_text("Mara goes.\n\n" + body(path.read_text()))
    (book / name.replace("chapters", "summaries")).unlink()


def rehearse(book: Here) -> None:
    """Have the whole book be a rehearsal."""
    for path in book.root.rglob("*.md"):
        path.write_text(path.read_text().replace("model: kimi-k2.6", "model: SmolLM2-135M-Instruct.Q4_1"))


def test_what_was_edited_waits_for_its_summary_and_the_book_goes_on(novel: Here) -> None:
    summary = (novel / S3).read_text()
    write_on(novel, C3)
    plan = novel.novelist("plan").out.splitlines()
    assert plan == [f"summary:03   {WAITS}: its chapter changed", "Nothing to draft."]
    for _ in range(2):
        ran = novel.doit("html", "book")
        assert (ran.status, ran.err, ran.to_draft) == (0, "", "")
        assert f"summary:03   {WAITS}: its chapter changed" in ran.out.splitlines()
    assert "Mara waits." in (novel / "book.md").read_text()
    assert (novel / S3).read_text() == summary


def test_a_chapter_without_a_summary_waits_too_and_what_is_to_be_drafted_fails(novel: Here) -> None:
    retype(novel, C3)
    ran = novel.doit()
    assert ran.status == 0
    assert f"summary:03   {WAITS}: it is missing\n" in ran.out
    (novel / C5).unlink()
    before = novel.texts()
    ran = novel.doit()
    assert ran.status == 1
    assert f"chapter:05   failed: {REFUSED}\n" in ran.out
    assert novel.texts() == before


def test_a_key_that_nobody_reads_is_told_where_no_model_may_write(novel: Here) -> None:
    (novel / C5).unlink()
    (novel / ".env").write_text("MOONSHOT_KEY=sk-1\n")
    ran = novel.doit()
    assert ran.status == 1
    assert "`.env` has MOONSHOT_KEY, which nobody reads; MOONSHOT_API_KEY may be meant.\n" in ran.out
    assert f"chapter:05   failed: {REFUSED}\n" in ran.out


@pytest.mark.parametrize("name", ["bible.md", "outline.md", C1])
def test_what_is_missing_is_not_rehearsed_in_a_book_of_others(novel: Here, name: str) -> None:
    (novel / name).unlink()
    (novel / name).with_name("book.md").unlink(missing_ok=True)
    before = novel.texts()
    ran = novel.doit()
    assert ran.status == 1
    assert f"failed: {REFUSED}\n" in ran.out
    assert novel.texts() == before


def test_several_at_once_wait_as_one_does(novel: Here) -> None:
    novel.edit("premise.md", "chapters:", "jobs: 4\nchapters:")
    for name in (C2, C3, C4):
        retype(novel, name)
    ran = novel.doit()
    assert (ran.status, ran.out.count(WAITS)) == (0, 4)  # and what is told them


@pytest.mark.parametrize("name", ["SmolLM2-135M-Instruct.Q4_1", "own"])
def test_a_rehearsal_is_known_by_its_model(novel: Here, name: str) -> None:
    assert is_embedded(name, novel / "own.gguf")
    assert not is_embedded("kimi-k2.6", None)
    assert not is_embedded("own", None)


@pytest.mark.parametrize("others", ["nobody", "the author of a chapter", "another model"])
def test_a_rehearsal_goes_on_where_all_is_rehearsed(novel: Here, others: str) -> None:
    rehearse(novel)
    write_on(novel, C3)  # a rehearsal that was tried by hand is one still
    if others == "the author of a chapter":
        retype(novel, C1)
    if others == "another model":
        novel.edit("bible.md", "model: SmolLM2-135M-Instruct.Q4_1", "model: kimi-k3")
    plan = novel.novelist("plan").out
    assert (f"summary:03   {WAITS}" in plan) == (others != "nobody")
