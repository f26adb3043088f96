"""A browser of the studio that asks its app in this process, without a network."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from novelist.studio.app import Studio
from novelist.studio.books import Shelf
from novelist.studio.guard import Keys

PORT = 8123
HOST = f"127.0.0.1:{PORT}"

TYPED = {
    "premise.md": "---\ntitle: The Salt Lamp\nauthor: Ines Halden\nlanguage: en\nwords: 40-60\n---\nA letter.\n",
    "bible.md": "## Mara\n\nShe keeps the light.\n\n## Eskil\n\nHe rows.\n",
    "outline.md": (
        "# Part One: The Shore\n\n## 1. The Bottle {#bottle}\n\nMara finds it.\n\n"
        "## 2. The Lamp {#lamp}\n\nMara and Eskil light it.\n\n## 3. The Ferry {#ferry}\n\nEskil rows.\n"
    ),
    "chapters/01-bottle.md": "Mara found the bottle and *read* the letter.\n\nShe wept.\n",
}


def type_book(root: Path, **changed: str) -> Path:
    """Put a book that its author typed into a folder: one chapter is there, two are missing."""
    for name, text in {**TYPED, **changed}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def words(self) -> str:
        """Its text as one reads it, without markup."""
        body = re.sub(r"<(title|style|script)\b.*?</\1>", " ", self.text, flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]*>", " ", body).split())


@dataclass
class Visitor:
    """A browser that keeps a cookie, and says where its forms were sent from, as browsers do."""

    studio: Studio
    cookie: str = ""
    ended: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Visitor:
        """Return one that has opened the address of a studio of this folder."""
        ended: list[bool] = []
        visitor = cls(Studio(Shelf(folder), Keys(PORT), lambda: ended.append(True)), ended=ended)
        welcomed = visitor.get(f"/?token={visitor.studio.keys.token}")
        visitor.cookie = welcomed.headers["set-cookie"].partition(";")[0]
        return visitor

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self.ask("GET", path, {"host": HOST, "cookie": self.cookie, **headers})

    def post(self, path: str, form: dict[str, str] | None = None, /, **headers: str) -> Answer:
        """Send a form that a page has shown, with its mark."""
        said = {"form": self.studio.keys.form, **(form or {})}
        return self.post_body(path, urlencode(said).encode(), **headers)

    def post_body(self, path: str, body: bytes, **headers: str) -> Answer:
        """Send what a form comes to, as it is."""
        usual = {
            "host": HOST,
            "origin": f"http://{HOST}",
            "cookie": self.cookie,
            "content-length": str(len(body)),
        }
        return self.ask("POST", path, {**usual, **headers}, body)

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """Send a request, with these headers and no others; one that is empty is left out."""
        return asyncio.run(_asked(self.studio.app(), method, path, headers, body))


async def _asked(app: Any, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
    parts, sent = urlsplit(path), list[dict[str, Any]]()
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": parts.path,
        "raw_path": quote(parts.path).encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [
            (name.replace("_", "-").encode(), value.encode("utf-8")) for name, value in headers.items() if value
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", PORT),
    }
    await app(scope, receive, send)
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answer(sent[0]["status"], answered, text)
