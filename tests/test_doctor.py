"""`novelist doctor` looks at all that a build needs, and says what is wrong and what to do."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner, Result
from scripted import Reply, Scripted, refusal
from shelf import OURS, Shelf
from terminal import Terminal

from novelist.book.lock import lock
from novelist.book.paths import Book
from novelist.cli import checks
from novelist.cli.main import main
from novelist.export import typst
from novelist.model.access import read_access, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

DOIT = str(Path(sys.executable).with_name("doit"))
KEY = "sk-test-key"
Looked = dict[str, list[tuple[str, str]]]


def doctor(shelf: Shelf, *arguments: str, **environ: str) -> Result:
    """Run the verb in a folder, in this process."""
    stood = Path.cwd()
    kept = {name: None for name in os.environ if name.startswith(OURS)}
    try:
        return CliRunner(env={**kept, **shelf.environ, **environ}).invoke(
            main, ["-C", str(shelf.root), "doctor", *arguments], catch_exceptions=False
        )
    finally:
        os.chdir(stood)


def looked(shelf: Shelf, **environ: str) -> Looked:
    """Return what was looked at: states and texts by name."""
    by_name: Looked = {}
    for check in json.loads(doctor(shelf, "--json", **environ).stdout)["checks"]:
        by_name.setdefault(check["name"], []).append((check["state"], check["text"]))
    return by_name


def test_a_book_that_can_be_built_is_told_so_line_by_line(book: Shelf, server: Scripted) -> None:
    ran = doctor(book)

    assert ran.exit_code == 0
    lines = ran.stdout.splitlines()
    assert lines[5].startswith("disk      ok     it can be written to, and ")
    assert [*lines[1:5], lines[6]] == [
        f"book      ok     {book.root}",
        "model     ok     kimi-k2.6 (novelist's own)",
        f"address   ok     {server.base_url} (the environment)",
        "key       ok     MOONSHOT_API_KEY from the environment",
        "models    ok     2 offered, `kimi-k2.6` among them",
    ]
    assert lines[7].startswith("answer    ok     the first word of `kimi-k2.6` came after 0.")
    assert [line.split()[0] for line in lines[8:13]] == ["terminal", "pandoc", "docx", "typst", "fonts"]
    assert lines[-1] == "Nothing stands in the way of a build."
    assert ran.stderr == (
        "Asking 127.0.0.1 for its models, and `kimi-k2.6` for one word: 60 s at most, and a few tokens.\n"
    )
    assert KEY not in ran.output


def test_one_word_is_asked_for_and_the_book_pays_for_it(book: Shelf, server: Scripted) -> None:
    server.replies(Reply("Hello. " * 2000))

    doctor(book)

    assert len(server.requests) == 1
    assert server.requests[0].body["max_tokens"] <= 200
    (line,) = (book / ".novelist" / "ledger.jsonl").read_text("utf-8").splitlines()
    assert (json.loads(line)["task"], json.loads(line)["finish"]) == ("doctor", "enough")


def test_it_works_outside_of_a_book_and_leaves_nothing_there(book: Shelf, server: Scripted) -> None:
    (book / "premise.md").unlink()
    (book / "dodo.py").unlink()

    found = looked(book)

    assert found["book"] == [("note", "there is none here: what follows is as for a new one in this folder.")]
    assert found["answer"][0][0] == "ok"
    assert len(server.requests) == 1
    assert list(book.root.iterdir()) == []


def test_a_folder_that_is_named_and_is_no_book_is_wrong(book: Shelf) -> None:
    stood = Path.cwd()
    try:
        ran = CliRunner(env={**book.environ, "NOVELIST_BOOK": "/none"}).invoke(main, ["doctor"])
    finally:
        os.chdir(stood)
    assert ran.exit_code == 1
    message = "$NOVELIST_BOOK is `/none`, where there is no premise.md. Name the folder of a book."
    assert f"book      wrong  {message}" in ran.stdout.splitlines()


def test_each_setting_says_where_it_comes_from_and_no_key_is_shown(book: Shelf, server: Scripted) -> None:
    path = book / ".env"
    path.write_text(f"MOONSHOT_API_KEY={KEY}\nKIMI_BASE_URL={server.base_url}\nKIMI_MODEL=kimi-k3\n", encoding="utf-8")
    del book.environ["MOONSHOT_API_KEY"], book.environ["KIMI_BASE_URL"]

    ran = doctor(book, "--json", KIMI_THINKING="never", KIMI_MODEL="kimi-k2.6")

    assert json.loads(ran.stdout)["settings"] == [
        {"name": "KIMI_MODEL", "value": "kimi-k2.6", "from": "the environment"},
        {"name": "KIMI_BASE_URL", "value": server.base_url, "from": f"`{path}`"},
        {"name": "MOONSHOT_API_KEY", "value": "", "from": f"`{path}`"},
        {"name": "KIMI_THINKING", "value": "never", "from": "the environment"},
    ]
    assert KEY not in ran.output


@pytest.mark.parametrize(
    ("environ", "counts"),
    [
        ({}, []),
        ({"KIMI_TEMPERATURE": "1"}, ["KIMI_TEMPERATURE 1"]),
        (
            {"MOONSHOT_API_KEY": KEY},
            ["KIMI_MODEL kimi-k2.6", "KIMI_BASE_URL https://api.moonshot.ai/v1", "MOONSHOT_API_KEY "],
        ),
        (
            {"KIMI_BASE_URL": "http://127.0.0.1:8080/v1?key=sk-secret#sk-secret"},
            ["KIMI_MODEL kimi-k2.6", "KIMI_BASE_URL http://127.0.0.1:8080/v1", "MOONSHOT_API_KEY "],
        ),
    ],
)
def test_settings_that_count_hold_no_secret(tmp_path: Path, environ: dict[str, str], counts: list[str]) -> None:
    settings = settings_of(read_access(environ, [tmp_path]), environ, [tmp_path])
    assert [f"{each.name} {each.value}" for each in settings] == counts


def test_a_key_that_is_not_sent_is_not_said_to_be(book: Shelf, server: Scripted) -> None:
    (book / ".env").write_text(f"KIMI_BASE_URL={server.base_url}\n", encoding="utf-8")
    del book.environ["KIMI_BASE_URL"]
    assert looked(book)["key"] == [("ok", "none is set, so none is sent")]
    assert KEY not in server.requests[0].headers["authorization"]


class Wrong(NamedTuple):
    """What is wrong, how it is brought about, and what is said."""

    name: str
    make: Callable[[Shelf, Scripted], object]
    text: str


def broken(book: Shelf, name: str, value: str) -> None:
    book.environ[name] = value


WRONGS = {
    "a setting": Wrong(
        "settings",
        lambda book, _: broken(book, "KIMI_THINKING", "deeply"),
        "KIMI_THINKING in the environment is `deeply`. Set one of plan, always, never, or leave it out.",
    ),
    "the key": Wrong(
        "answer",
        lambda _, server: server.replies(refusal(401, "invalid_authentication_error", f"bad key {KEY}")),
        "an OpenAI-compatible server refuses the key (401: bad key …). Check the key in MOONSHOT_API_KEY.",
    ),
    "the model": Wrong(
        "answer",
        lambda _, server: server.replies(refusal(404, "resource_not_found_error")),
        "an OpenAI-compatible server knows no model `kimi-k2.6` (404: no). "
        "Set KIMI_MODEL to one that it offers: kimi-k2.6, kimi-k3.",
    ),
    "an answer without a word": Wrong(
        "answer",
        lambda _, server: server.replies(Reply("")),
        "`kimi-k2.6` answered with no word (stop). Set another KIMI_MODEL.",
    ),
    "the premise": Wrong(
        "premise",
        lambda book, _: book.edit("premise.md", "chapters: 5", "chapters: many"),
        "premise.md:5: `chapters: many` is neither a whole number nor a range such as `20-40`. Change it.",
    ),
    "the disk": Wrong(
        "disk",
        lambda book, _: (book / ".novelist").write_text("x"),
        ".: nothing can be written here (File exists). Check the folder and its rights.",
    ),
}


@pytest.mark.parametrize("what", WRONGS)
def test_what_would_stop_a_build_is_wrong_and_the_rest_is_still_looked_at(
    book: Shelf, server: Scripted, what: str
) -> None:
    wrong = WRONGS[what]
    wrong.make(book, server)

    ran = doctor(book)

    assert ran.exit_code == 1
    lines = ran.stdout.splitlines()
    assert [line for line in lines if line[:9].strip() == wrong.name] == [f"{wrong.name:9} wrong  {wrong.text}"]
    assert [line.split()[0] for line in lines if "disk" in line[:9] or "typst" in line[:9]] == ["disk", "typst"]
    assert lines[-1] == "What is wrong would stop a build."
    assert KEY not in ran.output


def test_a_server_is_asked_once_whatever_it_answers(book: Shelf, server: Scripted) -> None:
    server.script = lambda _: refusal(503, "unavailable_error", "no room")
    assert looked(book)["answer"][0][0] == "wrong"
    assert len(server.requests) == 1


def test_a_server_that_says_nothing_is_not_waited_for_longer_than_is_said(
    book: Shelf, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = threading.Event()
    server.replies(Reply(wait=never))
    monkeypatch.setattr("novelist.cli.asking.SECONDS", 0.5)

    ran = doctor(book)
    never.set()

    assert ran.exit_code == 0
    assert (
        "answer    note   no word came in 0.5 s, and a build waits longer. "
        "Look whether the server is busy, or still loads its model."
    ) in ran.stdout.splitlines()


def test_a_model_that_is_not_offered_is_told_with_those_that_are(book: Shelf, server: Scripted) -> None:
    server.models = ["kimi-k3"]
    found = looked(book)
    assert found["models"] == [("note", "`kimi-k2.6` is none of the 1 offered: kimi-k3. Set KIMI_MODEL to one.")]
    assert found["answer"][0][0] == "ok"


def test_keys_of_the_premise_that_nobody_knows_are_told(book: Shelf) -> None:
    book.edit("premise.md", "words:", "wrods:")
    assert [state for state, _ in looked(book)["premise"]] == ["note"]


def test_a_book_that_is_being_built_is_told(book: Shelf) -> None:
    held = lock(Book(book.root))
    try:
        ((state, text),) = looked(book)["disk"]
    finally:
        held.release()
    assert state == "wrong"
    assert text.startswith(f".novelist/lock: another build (process {os.getpid()}) is writing this book.")


@pytest.mark.parametrize(("free", "state"), [(9_000_000, "wrong"), (90_000_000, "note"), (9_000_000_000, "ok")])
def test_how_much_room_there_is(book: Shelf, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, free))
    ((found, text),) = looked(book)["disk"]
    assert found == state
    assert ("9 GB are free" if state == "ok" else f"only {free // 1_000_000} MB are free. Make room") in text


@pytest.mark.parametrize(("encoding", "state"), [("utf-8", "ok"), ("ascii", "note"), ("cp1252", "note")])
def test_what_the_terminal_cannot_show_is_told(encoding: str, state: str) -> None:
    check = checks.terminal(io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert (check.state, check.text.partition(";")[0].split()[0]) == (state, encoding)


def test_what_exports_lack_stops_no_build(book: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    typst.fonts.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    found = looked(book)
    assert found["typst"] == [("note", f"no PDF and no cover can be made: {typst.MISSING}")]
    assert "fonts" not in found
    assert doctor(book).exit_code == 0


def test_letters_of_the_book_that_no_font_has_are_told(book: Shelf) -> None:
    book.edit("premise.md", "The Salt Lamp", "The Salt \U00010600")
    ((state, text),) = looked(book)["fonts"]
    assert state == "note"
    assert "\U00010600" in text


def test_a_failed_call_points_to_the_doctor(book: Shelf, server: Scripted) -> None:
    server.script = lambda _: refusal(401, "invalid_authentication_error")
    with Terminal(book, DOIT) as run:
        assert run.end() == 1
    shown = " ".join(" ".join(run.shown).split())
    assert shown.endswith("or is a key of another address. `novelist doctor` looks at the way to the model.")


def test_no_more_is_asked_for_than_one_run_may_spend(book: Shelf, server: Scripted) -> None:
    priced = {"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-k2.6"}
    state, told = looked(book, **priced, NOVELIST_CAP="0")["answer"][0]
    assert (state, server.requests) == ("wrong", [])
    assert told.startswith("the cap of $0.00 could be passed: $0.00 are spent, and this call may cost $0.00")
    settings = looked(book, **priced, NOVELIST_CAP="much")["settings"]
    assert settings == [
        ("wrong", "NOVELIST_CAP in the environment is `much`. Set US dollars, such as 0.50, or leave it out.")
    ]
