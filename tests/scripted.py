"""A real HTTP server that speaks the OpenAI protocol, scripted per test, which records every request.

A test gives it replies in order, or a function from request to reply. Without either it writes a plausible book: it
knows novelist's tasks by their prompts and answers each with text that is whole, of about the length asked, and
different each time. It knows nothing of novelist's code.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = [
    *("salt", "lamp", "tide", "gull", "rope", "harbour", "letter", "bottle", "window", "stair", "keeper", "ferry"),
    *("island", "morning", "storm", "brother", "glass", "fire", "stone", "boat", "shore", "winter", "bread", "table"),
    *("door", "voice", "hand", "road", "wheel", "garden", "river", "field", "horse", "market", "candle", "mirror"),
]
ENDINGS = [first + last for first in ("", *"bdfgklmnprstvz") for last in ("", "er", "ing", "ed", "a", "en", "y", "o")]


@dataclass(frozen=True)
class Request:
    """One request as it came: its path, its headers in lower case, and its JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All messages as one text."""
        return "\n".join(str(message["content"]) for message in self.body.get("messages", []))

    @property
    def task(self) -> str:  # noqa: PLR0911 - one for each task
        """The task of a prompt: `outline:9-16`, `chapter:3`, `summary:3`, `triage`, `ripple:3`, `arc:1-2`, `read`."""
        if "Plan the story bible" in self.prompt:
            return "bible"
        if "The story bible has no section on these names" in self.prompt:
            return "bible:missing"
        if "Plan this novel in" in self.prompt:
            return "outline"
        if self.run:
            return f"outline:{self.run[0]}-{self.run[-1]}"
        if found := re.search(r"Write chapter (\d+) of", self.prompt):
            return f"chapter:{found[1]}"
        if "Which of them have to be changed with it" in self.prompt:
            return "triage"
        if found := re.search(r"^Chapter (\d+) was written before ", self.prompt, re.MULTILINE):
            return f"ripple:{found[1]}"
        if "have read the whole book" in self.prompt:
            return "read"
        if found := re.search(r"^You are its editor.* Each paragraph of chapter (\d+) ", self.prompt, re.MULTILINE):
            return f"review:{found[1]}"
        if found := re.search(r"^Each paragraph of chapter (\d+) stands behind its number", self.prompt, re.MULTILINE):
            return f"revise:{found[1]}"
        if found := re.search(r"^# Chapters (\d+) to (\d+)$", self.prompt, re.MULTILINE):
            return f"arc:{found[1]}-{found[2]}"
        if found := re.search(r"^# Chapter (\d+), ", self.prompt, re.MULTILINE):
            return f"summary:{found[1]}"
        return "unknown"

    @property
    def run(self) -> list[int]:
        """The chapters of an outline of which is asked what happens in them."""
        found = re.search(
            r"^Say of .*one for each of these chapters: ([\d, ]+)\.", self.prompt, re.DOTALL | re.MULTILINE
        )
        return [int(number) for number in found[1].split(",")] if found else []

    @property
    def begun(self) -> str:
        """The text that is to be gone on with, as the assistant's own words or told; empty where there is none."""
        last = self.body["messages"][-1]
        if last["role"] == "assistant":
            return str(last["content"])
        found = re.search(r"# What you have written of it\n\n(.*?)\n\n# ", self.prompt, re.DOTALL)
        return found[1] if found else ""


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    `text` is streamed in pieces of `piece` characters, each after `pause` seconds, behind `reasoning` in the field
    `reasoning_field`. After `cut` characters the connection is closed: by `drop` without ending the chunked body, else
    as if the stream were over; `hang` keeps it open and silent until the server ends. `finish` None leaves the
    finish_reason out. `usage` says where the usage stands: `final` (a chunk without choices), `choice` (Moonshot),
    `top` or None. `error` is a data event after the text, `rubbish` one that is no JSON.
    A `status` other than 200 answers with `body`, as JSON or, if it is a text, as it is. `events`, where there are any,
    are the stream as it is sent.
    """

    text: str = ""
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    finish: str | None = "stop"
    reasoning: str = ""
    reasoning_field: str = "reasoning_content"
    usage: str | None = "final"
    piece: int = 40
    pause: float = 0.0
    cut: int | None = None
    drop: bool = False
    hang: bool = False
    error: dict[str, Any] | None = None
    rubbish: bool = False
    wait: threading.Event | None = None
    comments: bool = False
    events: Iterable[str] | None = None


def rest(text: str, begun: str) -> str:
    """Return what is left of `text` behind what was begun of it."""
    assert text.startswith(begun), (text, begun)
    return text[len(begun) :]


def refusal(status: int, kind: str, message: str = "no", **headers: str) -> Reply:
    """Return an error as Moonshot words it."""
    return Reply(status=status, body={"error": {"type": kind, "message": message}}, headers=headers)


Script = Callable[[Request], Reply]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of a client that went away; anything else is the test's to see."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            raise  # noqa: PLE0704 - called where an exception is being handled


class Scripted:
    """The running server: `requests` in order, `script` to answer them; used as a context."""

    def __init__(self, script: Script | None = None) -> None:
        self.script: Script = script or write_book()
        self.requests: list[Request] = []
        self.models = ["kimi-k2.6", "kimi-k3"]
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Scripted:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def tasks(self) -> list[str]:
        """The tasks that were asked for, in order."""
        return [request.task for request in self.requests]

    def clear(self) -> None:
        """Forget the requests so far."""
        self.requests.clear()

    def replies(self, *replies: Reply | str) -> None:
        """Answer with these in order, then write the book."""
        waiting = iter([reply if isinstance(reply, Reply) else Reply(reply) for reply in replies])
        book = write_book()
        self.script = lambda request: next(waiting, None) or book(request)

    def on(self, task: str, *replies: Reply | str) -> None:
        """Answer the first requests for `task` with these, and everything else with the book."""
        waiting = iter([reply if isinstance(reply, Reply) else Reply(reply) for reply in replies])
        before = self.script
        self.script = lambda request: (next(waiting, None) if request.task == task else None) or before(request)

    def _handler(scripted) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler below has the name self
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body are sent apart: the second would wait 40 ms

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

            def do_GET(self) -> None:
                data = {"object": "list", "data": [{"id": model, "object": "model"} for model in scripted.models]}
                self.whole(200, data, {})

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.path, headers, json.loads(raw or b"{}"))
                with scripted._lock:
                    scripted.requests.append(request)
                    reply = scripted.script(request)
                try:
                    if reply.wait:
                        reply.wait.wait(30)
                    if reply.status != 200:
                        self.whole(reply.status, reply.body, reply.headers)
                    else:
                        self.stream(request, reply)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def whole(self, status: int, body: Any, headers: dict[str, str]) -> None:
                data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("content-type", "text/html" if isinstance(body, str) else "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def stream(self, request: Request, reply: Reply) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("transfer-encoding", "chunked")
                self.end_headers()
                for event in events(request, reply):
                    if reply.pause:
                        time.sleep(reply.pause)
                    data = event.encode()
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                    self.wfile.flush()
                if reply.hang:
                    scripted._ended.wait(60)
                if reply.drop:
                    self.connection.shutdown(2)
                    self.close_connection = True
                else:
                    self.wfile.write(b"0\r\n\r\n")

        return Handler


def events(request: Request, reply: Reply) -> Iterator[str]:
    """Yield the server-sent events of a streamed reply."""

    def chunk(delta: dict[str, Any] | None, finish: str | None = None, **more: Any) -> str:
        choices = (
            [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish, **more.pop("choice", {})}]
        )
        frame = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": request.body.get("model", "")}
        return f"data: {json.dumps({**frame, 'choices': choices, **more})}\n\n"

    if reply.events is not None:
        yield from reply.events
        return
    if reply.comments:
        yield ": keep-alive\n\n"
    yield chunk({"role": "assistant", "content": ""})
    for piece in pieces(reply.reasoning, reply.piece):
        yield chunk({reply.reasoning_field: piece})
    for piece in pieces(reply.text[: reply.cut], reply.piece):
        yield chunk({"content": piece})
    if reply.cut is not None or reply.hang:
        return
    if reply.rubbish:
        yield "data: {rubbish\n\n"
        return
    if reply.error is not None:
        yield f"data: {json.dumps({'error': reply.error})}\n\n"
        return
    usage = used(request, reply)
    if reply.finish is not None:
        choice = {"usage": usage} if reply.usage == "choice" else {}
        top = {"usage": usage} if reply.usage == "top" else {}
        yield chunk({}, reply.finish, choice=choice, **top)
    if reply.usage == "final":
        yield chunk(None, usage=usage)
    if reply.finish is not None:
        yield "data: [DONE]\n\n"


def pieces(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def used(request: Request, reply: Reply) -> dict[str, Any]:
    """Return the usage of a reply, at four characters a token."""
    prompt, completion = len(request.prompt) // 4, (len(reply.text) + len(reply.reasoning)) // 4
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def prose(words: int, seed: int) -> str:
    """Return `words` words in sentences and paragraphs, different for each seed, and as rich as a person's."""
    dice = random.Random(seed)  # noqa: S311 - prose is no secret
    text: list[str] = []
    length = 0
    while length < words:
        count = min(dice.randint(6, 14), words - length)
        sentence = [dice.choice(WORDS) + dice.choice(ENDINGS) for _ in range(count)]
        length += count
        text.append(" ".join(sentence).capitalize() + ".")
        if dice.random() < 0.2:
            text.append("\n\n")
    return " ".join(text).replace(" \n\n ", "\n\n").strip()


def outline(chapters: int, parts: int = 0) -> str:
    """Return a whole outline in JSON."""
    listed = [f"Part {number}" for number in range(1, parts + 1)]
    planned = [
        {
            "part": (number - 1) * parts // chapters + 1 if parts else 0,
            "title": f"The {WORDS[number % len(WORDS)].capitalize()} of Day {number}",
            "happens": f"On day {number} Mara finds a {WORDS[number * 7 % len(WORDS)]}. She takes it to Eskil.",
        }
        for number in range(1, chapters + 1)
    ]
    return json.dumps({"title": "The Book of Days", "about": "A book.", "parts": listed, "chapters": planned})


def sections(numbers: Iterable[int]) -> str:
    """Return what happens in some chapters of an outline in JSON, with two of the lines that a section may have."""
    happens = "On day {} Mara finds a {}. She takes it to Eskil, who hides it."
    chapters = [
        {
            "number": number,
            "happens": happens.format(number, WORDS[number * 7 % len(WORDS)]),
            "pov": "Mara",
            "ends": f"The lamp goes out on day {number}.",
            "opens": "",
        }
        for number in numbers
    ]
    return json.dumps({"chapters": chapters})


def bible() -> str:
    """Return a whole bible in JSON."""
    return json.dumps(
        {
            "people": [
                {"name": "Mara Halden", "also": "the keeper", "about": "She keeps the light."},
                {"name": "Eskil", "also": "", "about": "He rows the ferry."},
            ],
            "places": [{"name": "The Glassworks", "also": "", "about": "A ruin on the shore."}],
            "things": [],
            "rules": "Nothing here is magic.",
            "style": "Past tense, plain words.",
        }
    )


def write_book() -> Script:
    """Return a script that writes whatever is asked for, new words each time."""
    seeds = itertools.count(1)

    def script(request: Request) -> Reply:  # noqa: PLR0911 - one for each task
        prompt, seed = request.prompt, next(seeds)
        if request.task == "bible":
            return Reply(bible())
        if request.task == "bible:missing":
            return Reply(json.dumps({"people": [], "places": [], "things": []}))
        if request.task == "outline":
            asked = re.search(r"Plan this novel in (\d+)", prompt)
            return Reply(outline(int(asked[1]) if asked else 5))
        if request.run:
            return Reply(sections(request.run))
        if request.task == "triage":
            return Reply(json.dumps({"chapters": []}))
        if request.task.startswith(("review:", "read")):
            return Reply(json.dumps({"findings": []}))
        if request.task.startswith(("ripple:", "revise:")):
            return Reply(json.dumps({"edits": []}))
        if request.task.startswith("chapter:"):
            asked = re.search(r'", in (\d+)(?:-(\d+))? words', prompt)
            low, high = (int(asked[1]), int(asked[2] or asked[1])) if asked else (100, 100)
            return Reply(prose((low + high) // 2, seed))
        return Reply(f"Summary {seed}: {prose(20, seed)}")

    return script
