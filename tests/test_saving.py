"""What is saved by several at once, or while a draft lands, is all there in the end: in its file or in its history."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from finished import C3, finish
from in_process import Here
from scripted import Scripted

from novelist.book import landing
from novelist.book.paths import Book
from novelist.edits import saving
from novelist.edits.editable import ChapterText
from novelist.edits.merging import Merged
from novelist.errors import BookError
from novelist.targets.snapshot import Snapshot

pytestmark = pytest.mark.slow

HANDS = 4
ROUNDS = 8

SAVE = """
import sys
from pathlib import Path
from novelist.book.paths import Book
from novelist.edits import saving
from novelist.edits.editable import ChapterText
from novelist.targets.snapshot import Snapshot

for number in range(int(sys.argv[3])):
    snapshot = Snapshot(Book(Path(sys.argv[1])))
    text = ChapterText(snapshot, snapshot.chapter(3))
    edit = saving.begun(text)
    mine = f"By {sys.argv[2]}, round {number}."
    done = saving.save(text, saving.Edit(edit.before, f"{edit.before}\\n\\n{mine}"))
    print("saved" if isinstance(done, saving.Saved) else "merged", mine, flush=True)
"""


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def test_programs_that_save_at_once_lose_no_word(book: Here) -> None:
    hands = []
    for number in range(HANDS):
        command = [sys.executable, "-c", SAVE, str(book.root), f"hand {number}", str(ROUNDS)]
        hands.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    lines = [line for hand in hands for line in hand.communicate()[0].splitlines()]
    assert [hand.returncode for hand in hands] == [0] * HANDS
    saved = [line.removeprefix("saved ") for line in lines if line.startswith("saved ")]
    now = (book / C3).read_text()
    assert len(lines) == HANDS * ROUNDS
    assert len(saved) >= ROUNDS
    assert [text for text in saved if text not in now] == []
    assert list(book.root.rglob(".*.tmp")) == []


def test_threads_that_put_texts_in_one_file_leave_one_of_them_whole(tmp_path: Path) -> None:
    texts = [f"{number}" * 100_000 for number in range(HANDS)]
    book = Book(tmp_path)

    def put(text: str) -> None:
        for _ in range(ROUNDS):
            Book(tmp_path).files.replace(book.premise, text)

    hands = [threading.Thread(target=put, args=(text,)) for text in texts]
    for hand in hands:
        hand.start()
    while any(hand.is_alive() for hand in hands):
        assert book.files.read_text(book.premise) in {*texts, None}
    assert book.files.read_text(book.premise) in texts
    assert list(tmp_path.glob(".*.tmp")) == []


class InAnEditorToo(ChapterText):
    """A chapter that an editor saves, too, once it was looked at."""

    editor = "One, by an editor.\n\nTwo.\n"

    def put(self, file: str | None, text: str) -> str:
        """Return the file with another text, as ever."""
        self.path.write_text(self.editor, encoding="utf-8")
        return super().put(file, text)


def test_what_an_editor_saves_at_the_last_moment_stays(book: Here) -> None:
    (book / C3).write_text("One.\n\nTwo.\n")
    snapshot = Snapshot(Book(book.root))
    text = InAnEditorToo(snapshot, snapshot.chapter(3))
    merged = saving.save(text, saving.Edit("One.\n\nTwo.", "One.\n\nTwo, by hand."))
    assert merged == Merged("One, by an editor.\n\nTwo, by hand.", [])
    assert (book / C3).read_text() == InAnEditorToo.editor
    assert list((book / C3).parent.glob(".*")) == []


def test_a_decision_is_not_put_in_place_of_what_was_saved_meanwhile(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.premise.write_text("Saved meanwhile.")
    with pytest.raises(BookError) as raised:
        landing.put(book, book.premise, "@premise", "Decided.", "As it was.")
    message = "it was saved in the meantime, so that text stays, and nothing was done. Do this again."
    assert str(raised.value) == f"{book.premise}: {message}"
    assert book.premise.read_text() == "Saved meanwhile."
    assert landing.put(book, book.premise, "@premise", None, "Saved meanwhile.") is not None
    assert not book.premise.exists()


def test_who_does_not_end_writing_holds_nobody_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novelist.book.files.LONGEST_WAIT", 0.0)
    book = Book(tmp_path)
    with book.files.writing(book.premise), pytest.raises(BookError) as raised:
        Book(tmp_path).files.replace(book.premise, "A letter.")
    message = "another program is writing in this book, and does not end. Stop it, and do this again."
    assert str(raised.value) == f"{book.premise}: {message}"
    Book(tmp_path).files.replace(book.premise, "A letter.")
    assert book.premise.read_text() == "A letter."
