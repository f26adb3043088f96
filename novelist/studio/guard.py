"""Who may speak to the studio: a browser on this machine that came with its token. Knows no book.

Any page that a person has open may send requests to any port of this machine, and any name may be made to lead there.
So the name that was asked for, the page that a form was sent from, and a cookie that only this server has given are
looked at before anything else; and a browser is told to run, show and send nothing but what is the studio's own.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Without any referrer, a browser would not say either where a form was sent from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SECRET_BYTES = 32
USUAL_PORT = 80
METHODS = ("GET", "HEAD", "POST")
STRANGER = "This browser is not known here. Open the address that `novelist studio` has printed; it works once.\n"
USED = "This address was used before. Go back to the browser that it was opened in, or start `novelist studio` again.\n"


def _secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


@dataclass
class Keys:
    """What the studio on a port knows its browser by: a token that works once, then a cookie; forms carry a mark."""

    port: int
    token: str = field(default_factory=_secret, repr=False)
    cookie: str = field(default_factory=_secret, repr=False)
    form: str = field(default_factory=_secret, repr=False)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names by which it may be asked: browsers leave the usual port of the web out."""
        names = ("127.0.0.1", "localhost")
        return (*(f"{name}:{self.port}" for name in names), *(names if self.port == USUAL_PORT else ()))

    @property
    def cookie_name(self) -> str:
        """The name of its cookie, which browsers keep by host and not by port."""
        return f"novelist-studio-{self.port}"

    def admit(self, token: str) -> bool:
        """Say whether this is the token, which is then used up."""
        admitted = bool(self.token) and _same(token, self.token)
        if admitted:
            self.token = ""
        return admitted

    def is_form(self, mark: str) -> bool:
        """Say whether a form has the mark of this studio's forms."""
        return _same(mark, self.form)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


class Guard:
    """What stands before an app and lets nobody in but who has the keys."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self.app = app
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the app do it."""
        if scope["type"] != "http":
            return  # nothing else is spoken here

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await (self._refused(scope) or self.app)(scope, receive, guarded)

    def _refused(self, scope: Scope) -> Response | None:
        """Return what a request is answered that does not reach the app."""
        headers, method = Headers(scope=scope), scope["method"]
        host = headers.get("host", "")
        if host not in self.keys.hosts or len(headers.getlist("host")) != 1:
            return PlainTextResponse("The studio is at 127.0.0.1 only.\n", 421)
        if method not in METHODS:
            return PlainTextResponse("That is not spoken here.\n", 405)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") or (
            method == "POST" and headers.getlist("origin") != [f"http://{host}"]
        ):
            return PlainTextResponse("This was sent from a page that is not the studio's.\n", 403)
        if self._known(headers):
            return RedirectResponse("/", 303) if _token(scope) else None
        if token := _token(scope):
            return self._welcomed() if self.keys.admit(token) else PlainTextResponse(USED, 403)
        return PlainTextResponse(STRANGER, 403)

    def _known(self, headers: Headers) -> bool:
        cookie = cookie_parser(headers.get("cookie", "")).get(self.keys.cookie_name)
        return cookie is not None and _same(cookie, self.keys.cookie)

    def _welcomed(self) -> Response:
        response = RedirectResponse("/", 303)
        response.set_cookie(self.keys.cookie_name, self.keys.cookie, httponly=True, samesite="strict")
        return response


def _token(scope: Scope) -> str:
    """Return the token in an address; empty where it has none."""
    if scope["path"] != "/" or scope["method"] != "GET":
        return ""
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("token", [""])[0]
