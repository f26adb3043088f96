"""The studio is spoken to by the one browser that came with its token, and by nothing that this has open."""

from __future__ import annotations

from pathlib import Path

import pytest
from visiting import HOST, PORT, Visitor, type_book

from novelist.studio.app import Studio
from novelist.studio.books import Shelf
from novelist.studio.guard import Keys

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
BOOK = "/book/salt/"


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    """A browser that has opened the studio of a book."""
    return Visitor.of(type_book(tmp_path / "salt"))


def test_a_token_becomes_a_cookie_once(tmp_path: Path) -> None:
    visitor = Visitor.of(type_book(tmp_path / "salt"))
    name, value = visitor.cookie.split("=")
    assert (name, value) == (f"novelist-studio-{PORT}", visitor.studio.keys.cookie)
    assert visitor.studio.keys.token == ""
    assert visitor.get("/?token=", cookie="").status == 403


def test_the_cookie_is_seen_by_no_script_and_sent_from_no_other_site(tmp_path: Path) -> None:
    visitor = Visitor.of(type_book(tmp_path / "salt"))
    visitor.studio.keys.token = "again"  # noqa: S105 - it is one
    welcomed = visitor.get("/?token=again", cookie="")
    assert (welcomed.status, welcomed.headers["location"], welcomed.text) == (303, "/", "")
    assert welcomed.headers["set-cookie"].split("; ")[1:] == ["HttpOnly", "Path=/", "SameSite=strict"]
    used = visitor.get("/?token=again", cookie="")
    assert used.status == 403
    assert used.text.startswith("This address was used before.")


@pytest.mark.parametrize("path", ["/", BOOK, f"{BOOK}events", "/static/studio.js", "/nothing", "/?token=wrong"])
@pytest.mark.parametrize("cookie", ["", f"novelist-studio-{PORT}=", f"novelist-studio-{PORT}=wrong", "§$%; =;,"])
def test_nothing_is_shown_without_the_cookie(visitor: Visitor, path: str, cookie: str) -> None:
    answer = visitor.get(path, cookie=cookie)
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)
    assert "Salt" not in answer.text


@pytest.mark.parametrize(
    "host", ["", "127.0.0.1", "evil.example", f"evil.example:{PORT}", f"127.0.0.1:{PORT}.evil.example", "[::1]:8123"]
)
def test_a_name_that_was_made_to_lead_here_shows_nothing(visitor: Visitor, host: str) -> None:
    assert visitor.get(BOOK, host=host).status == 421
    assert visitor.post("/end", host=host, origin=f"http://{host}").status == 421
    assert visitor.ended == []


def test_localhost_is_another_name_of_it(visitor: Visitor) -> None:
    assert visitor.get(BOOK, host=f"localhost:{PORT}").status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.1:80"])
def test_on_the_usual_port_of_the_web_browsers_leave_it_out(tmp_path: Path, host: str) -> None:
    visitor = Visitor(Studio(Shelf(type_book(tmp_path / "salt")), Keys(80), lambda: None))
    visitor.cookie = f"{visitor.studio.keys.cookie_name}={visitor.studio.keys.cookie}"
    assert visitor.get(BOOK, host=host).status == 200
    assert visitor.post(f"{BOOK}env", host=host, origin=f"http://{host}").status == 303
    assert visitor.post(f"{BOOK}env", host=host, origin="http://127.0.0.2").status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": ""},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": f"https://{HOST}"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_form_of_another_page_does_nothing(visitor: Visitor, headers: dict[str, str]) -> None:
    assert visitor.post("/end", **headers).status == 403
    assert visitor.ended == []


@pytest.mark.parametrize("mark", ["", "wrong"])
def test_a_form_without_its_mark_does_nothing(visitor: Visitor, mark: str) -> None:
    answer = visitor.post("/end", {"form": mark})
    assert answer.status == 403
    assert (
        "That page is of a studio that has ended, and nothing was done. Go back, where it still stands" in answer.words
    )
    assert visitor.ended == []


def test_another_page_can_neither_ask_for_it_nor_frame_it(visitor: Visitor) -> None:
    assert visitor.get(BOOK, sec_fetch_site="cross-site").status == 403
    for path in (BOOK, "/static/studio.css", "/nothing"):
        headers = visitor.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_it_knows_no_other_methods(visitor: Visitor, method: str) -> None:
    assert visitor.ask(method, BOOK, {"host": HOST, "cookie": visitor.cookie}).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/book/../",
        "/book/%2e%2e/",
        "/book/other/",
        f"{BOOK}chapter/0",
        f"{BOOK}chapter/4",
        f"{BOOK}chapter/-1",
        f"{BOOK}chapter/{'1' * 5000}",
        f"{BOOK}chapter/٣",
        f"{BOOK}chapter/..%2f..%2fpremise.md",
        f"{BOOK}chapter/1/history/..%2f..%2f..%2fpremise",
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/page.css",
    ],
)
def test_an_address_names_no_file(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status == 404


def test_a_word_ends_it_and_is_asked_for(visitor: Visitor) -> None:
    assert '<form action="/end">' in visitor.get(BOOK).text
    asked = visitor.get("/end")
    assert "End the studio? Nothing runs that was begun here. End it Leave it open" in asked.words
    assert visitor.ended == []
    ended = visitor.post("/end")
    assert "The studio has ended This window can be closed, too. novelist studio begins it again." in ended.words
    assert "<form" not in ended.text
    assert visitor.ended == [True]


def test_pages_that_are_open_are_told_that_it_has_ended(visitor: Visitor) -> None:
    visitor.post("/end")
    for path in ("/events", f"{BOOK}events", f"{BOOK}build/events"):
        assert visitor.get(path).text.endswith("event: end\ndata: ended\n\n")


def test_cookies_of_others_on_this_machine_lock_nobody_out(visitor: Visitor) -> None:
    for other in ('foo={"a":1}', "k=v w", "bad[key]=1", "no-value", "="):
        assert visitor.get(BOOK, cookie=f"{other}; {visitor.cookie}").status == 200
