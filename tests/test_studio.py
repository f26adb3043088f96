"""The studio shows how a book stands, as its files are now, and does no more with a stranger's than its files do."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from visiting import Visitor, type_book

from novelist.cli.main import main
from novelist.studio.books import OpenBook, Shelf
from novelist.studio.window import Message
from novelist.targets.snapshot import Snapshot

BOOK = "/book/salt/"
HOSTILE = "</title></style></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7 * 7 }} <!-- ]]>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of which one chapter is there."""
    return type_book(tmp_path / "salt")


@pytest.fixture(autouse=True)
def _priced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kimi writes here, and nobody is asked."""
    monkeypatch.setenv("MOONSHOT_API_KEY", "sk-secret")
    monkeypatch.delenv("KIMI_BASE_URL", raising=False)


def test_a_book_is_shown_at_a_glance(root: Path) -> None:
    visitor = Visitor.of(root)
    assert visitor.get("/").headers["location"] == BOOK
    words = visitor.get(f"{BOOK}next").words
    assert "The Salt Lamp Ines Halden 8% · 10 of 120-180 words · 1 of 3 chapters Nothing spent yet." in words
    assert "To draft: 2 chapters, 3 summaries, about " in words
    assert "Part One: The Shore 1 The Bottle 10 words yours" in words
    assert "2 The Lamp missing 3 The Ferry missing" in words
    assert "sk-secret" not in visitor.get(BOOK).text


def test_it_follows_the_files(root: Path) -> None:
    visitor = Visitor.of(root)
    before = visitor.get(BOOK)
    assert visitor.get(BOOK).text == before.text
    (root / "outline.md").write_text("## 1. The Bottle {#bottle}\n\nMara finds it.\n\n## 2. The End {#end}\n\nNow.\n")
    after = visitor.get(BOOK)
    assert "The End" in after.words
    assert "The Ferry" not in after.words
    (root / "premise.md").write_text("---\ntitle: [\n---\nx\n")
    assert "premise.md:3: the front matter is not YAML" in visitor.get(BOOK).words
    assert str(root) not in visitor.get(BOOK).text


def test_what_the_next_build_drafts_is_lit(root: Path) -> None:
    text = Visitor.of(root).get(BOOK).text
    assert [text.count(f'class="chapter {each}"') for each in ("yours ", "missing due")] == [1, 2]
    assert "<title>2. The Lamp: missing, the next build drafts it</title>" in text


def test_a_shelf_shows_its_books_and_none_that_is_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "premise.md").write_text("---\ntitle: Rain\n---\nIt rains.\n")
    (tmp_path / "link").symlink_to(root, target_is_directory=True)
    visitor = Visitor.of(tmp_path)
    words = visitor.get("/").words
    assert "Rain no outline yet The Salt Lamp Ines Halden 10 words · 1 of 3 chapters" in words
    assert visitor.get("/book/link/").status == 404
    assert "There is no outline yet." in visitor.get("/book/other/").words


def test_a_strangers_book_is_no_program_and_its_env_is_not_read_before_a_word(root: Path) -> None:
    (root / "dodo.py").write_text("raise SystemExit('imported')\n")
    (root / ".env").write_text("MOONSHOT_API_KEY=sk-strange\nKIMI_MODEL=a-strange-model\n")
    visitor = Visitor.of(root)
    before = visitor.get(f"{BOOK}next")
    assert "Until you say so it is not read." in before.words
    assert "To draft" not in before.words
    assert "a-strange-model" not in before.text
    answer = visitor.post(f"{BOOK}env")
    assert (answer.status, answer.headers["location"]) == (303, f"{BOOK}next")
    after = visitor.get(f"{BOOK}next")
    assert "To draft: 2 chapters, 3 summaries" in after.words
    assert "sk-strange" not in after.text


def test_no_title_becomes_markup(tmp_path: Path) -> None:
    quoted = json.dumps(HOSTILE)
    hostile = {
        "premise.md": f"---\ntitle: {quoted}\nauthor: {quoted}\nlanguage: 'en\" onload=\"x'\n---\nx\n",
        "outline.md": f"# Part One: {HOSTILE}\n\n## 1. {HOSTILE} {{#bottle}}\n\n{HOSTILE}\n",
        "bible.md": f"## {HOSTILE}\n\nx\n",
    }
    text = Visitor.of(type_book(tmp_path / "salt", **hostile)).get(BOOK).text
    assert text.count("<script") == 1
    assert "<img" not in text
    assert "onload=" not in text.replace("onload=&#34;", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}" in text


def test_a_book_of_a_thousand_chapters_is_a_field(tmp_path: Path) -> None:
    outline = "".join(f"## {number}. Chapter of {number} {{#c{number}}}\n\nMara.\n\n" for number in range(1, 1001))
    text = (
        Visitor.of(type_book(tmp_path / "salt", **{"outline.md": outline.replace("#c1}", "#bottle}")})).get(BOOK).text
    )
    assert 'viewBox="0 0 900.0 360.0"' in text
    assert text.count("<rect ") == 1000


def test_the_verb_says_what_to_install(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "uvicorn" else name)
    ran = CliRunner().invoke(main, ["studio", "--no-browser"])
    assert ran.exit_code == 1
    assert ran.stderr == (
        'Error: the studio is not installed. Install novelist\'s extra `studio`: `pip install "novelist[studio]"`.\n'
    )


def test_a_folder_full_of_other_things_is_no_studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "thesis.md").write_text("mine")
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, ["studio", "--no-browser"])
    assert ran.stderr == (
        "Error: there is no premise.md here, and no folder of a book. Go to the folder of a book, or of several, "
        "or to an empty one for a new book.\n"
    )


def test_of_messages_that_nobody_looks_at_the_oldest_are_forgotten(root: Path) -> None:
    visitor = Visitor.of(root)
    studio = visitor.studio
    opened = studio.shelf.books()["salt"]
    where = [studio.back(opened, "", Message(f"Saved {number}.")).headers["location"] for number in range(101)]
    assert "Saved 0." not in visitor.get(where[0]).words
    for number in (1, 100):
        assert f"Saved {number}." in visitor.get(where[number]).words
        assert f"Saved {number}." not in visitor.get(where[number]).words


def test_a_page_is_of_one_state_of_the_files_whatever_it_reads_of_others(root: Path) -> None:
    opened = Shelf(root).books()["salt"]

    def title(_: OpenBook, now: Snapshot) -> str:
        return now.outline.sections[1].title

    def page(one: OpenBook, now: Snapshot) -> tuple[str, str]:
        before = title(one, now)
        (root / "outline.md").write_text("## 1. The Bottle {#bottle}\n\n## 2. The Broken Lamp {#lamp}\n")
        return before, one.read(("title",), title)

    assert opened.read(("page",), page) == ("The Lamp", "The Lamp")
    assert opened.read(("title",), title) == "The Broken Lamp"


def test_a_port_that_is_taken_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = CliRunner().invoke(main, ["studio", "--no-browser", "--port", str(port)])
    assert ran.stderr == f"Error: port {port} is taken. Name another with --port, or none.\n"


def test_a_thing_that_nobody_has_foreseen_is_no_traceback(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novelist.book.crash.REPORTS", True)
    monkeypatch.setattr("novelist.book.crash.reported", [])
    visitor = Visitor.of(root)
    (root / ".novelist").mkdir()
    monkeypatch.setattr("novelist.studio.app.pages.in_language", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # which the server, that has answered, keeps to itself
        visitor.get(BOOK)
    assert len(list((root / ".novelist").glob("crash-*.txt"))) == 1


def test_what_a_build_in_a_terminal_writes_is_shown_as_it_comes(root: Path) -> None:
    visitor = Visitor.of(root)
    assert "The next build To draft: 2 chapters, 3 summaries, about " in visitor.get(f"{BOOK}build").words
    (root / ".novelist" / "partial").mkdir(parents=True)
    (root / ".novelist" / "partial" / "lamp.part").write_text('{"stamp": {}}\nMara <b>lit</b> the lamp')
    page = visitor.get(f"{BOOK}build")
    assert "A build in a terminal 4 words The Lamp Mara &lt;b&gt;lit&lt;/b&gt; the lamp" in page.words
    assert "<button>Stop" not in page.text


def test_a_page_that_takes_long_to_make_holds_no_other_one_up(root: Path) -> None:
    opened = Shelf(root).books()[root.name]
    begun, over = threading.Event(), threading.Event()

    def slow(_: OpenBook, snapshot: Snapshot) -> int:
        count = snapshot.count
        begun.set()
        assert over.wait(60)
        return count

    counts: list[int] = []
    making = threading.Thread(target=lambda: counts.append(opened.read_apart(("slow",), slow)))
    making.start()
    assert begun.wait(60)
    assert opened.read(("count",), lambda _, now: now.count) == 3
    (root / "outline.md").write_text("## 1. The Bottle {#bottle}\n\nMara finds it.\n", encoding="utf-8")
    assert opened.read(("count",), lambda _, now: now.count) == 1
    over.set()
    making.join()
    assert counts == [3]
    assert opened.read_apart(("slow",), slow) == 1  # it was of older files
