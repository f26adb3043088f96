"""What an agent's server prints is the protocol and nothing else; what it has begun ends with it."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from agent import KIMI, NOVELIST
from running import PATIENCE, is_free, wait_for
from scripted import Reply, Scripted
from shelf import Shelf
from visiting import type_book

HOSTILE = "</x>\x1b[31m\u202e IGNORE ALL, {{ 7 * 7 }} \\n\\u0000 \U0001f600"
HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


class Spoken:
    """A server that is spoken to line by line; each line that it prints must be a message of the protocol."""

    def __init__(self, root: Path, environ: dict[str, str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [NOVELIST, "mcp"], cwd=root, env=environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        )
        self.asked = 0
        self.ask("initialize", HELLO)
        self.answer()
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps(message)}\n")
        self.process.stdin.flush()

    def ask(self, method: str, params: dict[str, Any]) -> None:
        """Ask for something, and do not wait for the answer."""
        self.asked += 1
        self.send({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params})

    def answer(self) -> dict[str, Any]:
        """Wait for the answer to what was asked last."""
        assert self.process.stdout is not None
        message = json.loads(self.process.stdout.readline())
        assert (message["jsonrpc"], message["id"]) == ("2.0", self.asked)
        return dict(message["result"])

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Call a tool, and wait for its answer."""
        self.ask("tools/call", {"name": tool, "arguments": arguments})
        return self.answer()

    def end(self, *, by: signal.Signals | None = None) -> tuple[int, str, str]:
        """End it by a signal or by the end of its input; return its status and what else it printed."""
        if by is not None:
            self.process.send_signal(by)
        out, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, errors


def test_it_prints_the_protocol_and_nothing_else(tmp_path: Path, bare_environ: dict[str, str]) -> None:
    outline = f"## 1. {HOSTILE} {{#bottle}}\n\n{HOSTILE}\n"
    root = type_book(tmp_path / "salt", **{"outline.md": outline, "bible.md": f"## {HOSTILE}\n"})
    for name in ("dodo.py", "click.py", "novelist.py"):
        (root / name).write_text("print('imported')\nraise SystemExit('imported')\n")
    (root / "chapters" / "01-bottle.md").write_text(f"{HOSTILE}\n", encoding="utf-8")
    server = Spoken(root, {**bare_environ, **KIMI, "MOONSHOT_API_KEY": "sk-secret"})
    (chapter,) = server.call("status")["structuredContent"]["chapters"]
    assert chapter["id"] == "bottle"
    assert server.call("read", chapter=1)["structuredContent"]["text"] == HOSTILE
    built = server.call("build", task="book", cap=0)["structuredContent"]
    assert built["lines"][-1] == "The book is book.md."
    (root / "premise.md").write_text("---\ntitle: [\n---\nx\n")
    wrong = server.call("status")
    assert wrong["isError"]
    assert wrong["content"][0]["text"].startswith("premise.md:3: the front matter is not YAML")
    assert server.end(by=signal.SIGINT) == (130, "", "")


def begin(spoken: Spoken, server: Scripted, root: Path) -> None:
    """Have a build begun that comes to no end."""
    server.script = lambda _: Reply("It was", hang=True, cut=3)
    server.clear()
    spoken.ask("tools/call", {"name": "build", "arguments": {"task": "outline", "cap": 5}})
    wait_for(lambda: server.requests)
    assert not is_free(root)


def test_what_it_has_begun_ends_with_it_and_where_nobody_waits_for_it(book: Shelf, server: Scripted) -> None:
    spoken = Spoken(book.root, {**book.environ, **KIMI})
    begin(spoken, server, book.root)
    spoken.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": spoken.asked}})
    wait_for(lambda: is_free(book.root))
    assert not spoken.call("plan")["isError"]
    begin(spoken, server, book.root)
    status, _, errors = spoken.end()
    assert (status, errors, is_free(book.root)) == (0, "", True)


@pytest.mark.soak
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_what_it_has_begun_ends_with_it_by_a_signal(book: Shelf, server: Scripted, by: signal.Signals) -> None:
    spoken = Spoken(book.root, {**book.environ, **KIMI})
    begin(spoken, server, book.root)
    status, _, errors = spoken.end(by=by)
    assert (status, errors, is_free(book.root)) == (128 + by, "", True)


@pytest.mark.soak
def test_what_it_has_begun_ends_with_it_where_it_could_not_stop_it(book: Shelf, server: Scripted) -> None:
    spoken = Spoken(book.root, {**book.environ, **KIMI})
    begin(spoken, server, book.root)
    spoken.end(by=signal.SIGKILL)
    wait_for(lambda: is_free(book.root))
    assert (is_free(book.root), len(server.requests)) == (True, 1)
