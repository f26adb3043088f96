"""Whether drafting with the embedded model is as fast as its bare engine.

`doit` drafts the sample book as it does on a terminal, and each request is noted as the client sends it. The same
requests are then handed, as the same JSON, to the engine's own entry in this process: no HTTP, no client, no gates, no
disk, no display. Both sides stream, and begin with an engine just loaded; since every call of the book is made on both,
each finds the same prompts in the engine's cache. The order is drafted, bare, bare, drafted, so that a machine that
slows down slows both alike.

A chapter is timed from its first request until its file is in place: with its gates, its partial file, its progress on
the terminal, and whatever was asked again. The bare engine is timed from a request to its last piece. An answer that
the build stopped listening to is broken off after as many pieces on both sides. Tokens are the engine's own count; of
an answer that was broken off, the pieces.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from unittest import mock

from bench import build, sample_book, show, verdict
from openai import OpenAI

from novelist.model import ledger
from novelist.model.local import Local
from novelist.model.stream import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST = 0.95


@dataclass(frozen=True)
class Call:
    """A request as it was sent, and what came of it; `cached` are the tokens of its prompt that were in the cache."""

    task: str
    body: dict[str, Any]
    broken_off: bool
    pieces: int
    tokens: int
    cached: int


@dataclass
class Run:
    """The calls of one book, and the seconds that its tasks took."""

    calls: list[Call] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))


class Heard:
    """A stream of openai's, in its place; it counts the pieces of text that are read from it."""

    def __init__(self, stream: Any, body: dict[str, Any], at: float) -> None:
        self.body = body
        self.at = at
        self.pieces = 0
        self._stream = stream

    def __enter__(self) -> Heard:
        self._stream.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.__exit__(*error)

    def __iter__(self) -> Iterator[Any]:
        for chunk in self._stream:
            self.pieces += bool(chunk["choices"] and chunk["choices"][0]["delta"].get("content"))
            yield chunk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def drafted() -> Run:
    """Draft the sample book."""
    streams: list[Heard] = []
    post: Any = OpenAI.post

    def noted(client: OpenAI, path: str, *, body: dict[str, Any], **how: Any) -> Heard:
        at = time.time()  # the clock that files are dated by
        streams.append(Heard(post(client, path, body=body, **how), body, at))
        return streams[-1]

    run = Run()
    with sample_book() as book:
        with mock.patch.object(OpenAI, "post", noted):
            status, failed = build(book)
        if status != 0:
            sys.exit(f"The book was not drafted:\n{failed}")
        began: dict[str, float] = {}
        for stream, paid in zip(streams, ledger.calls(book.ledger), strict=True):
            broken_off = paid.finish == ENOUGH
            tokens = stream.pieces if broken_off else paid.usage.completion
            run.calls.append(Call(paid.task, stream.body, broken_off, stream.pieces, tokens, paid.usage.cached))
            began.setdefault(paid.task, stream.at)
        for path in book.chapters.glob("*.md"):
            task = f"chapter:{int(path.name.partition('-')[0])}"
            run.seconds[task] = path.stat().st_ctime - began[task]  # the rename into its place
    return run


def bare(calls: Sequence[Call]) -> Run:
    """Hand the requests of `calls` to the engine itself."""
    run = Run()
    engine = Local(None, print)
    for call in calls:
        began = time.perf_counter()
        run.calls.append(answered(engine, call))
        run.seconds[call.task] += time.perf_counter() - began
    engine.close()
    return run


def answered(engine: Local, call: Call) -> Call:
    """Make a call again, without anything between us and the engine."""
    pieces = 0
    usage: dict[str, Any] = {}

    def take(chunk: dict[str, Any]) -> bool:
        """Take a piece, and say whether it is the last that is wanted."""
        nonlocal pieces, usage
        if "error" in chunk:
            sys.exit(f"The engine refuses the request for {call.task}: {chunk['error']}")
        pieces += bool(chunk["choices"] and chunk["choices"][0]["delta"].get("content"))
        usage = chunk.get("usage") or usage
        return call.broken_off and pieces >= call.pieces

    engine._server.handle_chat_completions(call.body, take)
    if call.broken_off:
        return replace(call, pieces=pieces, tokens=pieces)
    cached = usage["prompt_tokens_details"]["cached_tokens"]
    return replace(call, pieces=pieces, tokens=usage["completion_tokens"], cached=cached)


def main() -> int:
    """Measure, print the table, and return the exit status."""
    first = drafted()
    engine = [bare(first.calls), bare(first.calls)]
    ours = [first, drafted()]
    chapters = sorted(first.seconds)
    show(
        ("", "tokens", "drafted s", "bare s", "drafted tokens/s", "bare tokens/s", "ratio"),
        [*(row(name, [name], ours, engine) for name in chapters), row("all", chapters, ours, engine)],
    )
    runs = [*ours, *engine]
    counts = [[call.tokens for call in run.calls] for run in runs]
    cached = [[call.cached for call in run.calls if not call.broken_off] for run in runs]
    print(f"\nTwo runs of {len(counts[0])} calls on each side, those for bible, outline and summaries included.")
    print(f"Each call gave as many tokens in every run: {yes(counts)}. It found as much in the cache: {yes(cached)}.")
    pairs = (rate(chapters, [mine]) / rate(chapters, [its]) for mine, its in zip(ours, engine, strict=True))
    print(f"The two pairs by themselves: {' and '.join(f'{pair:.3f}' for pair in pairs)}.")
    ratio = rate(chapters, ours) / rate(chapters, engine)
    return verdict(
        held=ratio >= LEAST, bound=f"drafting reaches {ratio:.1%} of the bare engine's tokens/s; at least {LEAST:.0%}"
    )


def yes(runs: Sequence[Sequence[int]]) -> str:
    """Say whether all runs are the same."""
    return "yes" if all(run == runs[0] for run in runs) else f"NO, {' / '.join(str(sum(run)) for run in runs)} in all"


def row(name: str, tasks: Sequence[str], ours: Sequence[Run], engine: Sequence[Run]) -> list[str]:
    """Return a row of the table: some tasks on both sides."""
    rates = rate(tasks, ours), rate(tasks, engine)
    return [
        name,
        f"{tokens(tasks, ours):,}",
        f"{seconds(tasks, ours):.2f}",
        f"{seconds(tasks, engine):.2f}",
        *(f"{each:.1f}" for each in rates),
        f"{rates[0] / rates[1]:.3f}",
    ]


def rate(tasks: Sequence[str], runs: Sequence[Run]) -> float:
    """Return the tokens per second."""
    return tokens(tasks, runs) / seconds(tasks, runs)


def tokens(tasks: Sequence[str], runs: Sequence[Run]) -> int:
    """Return the tokens that came for some tasks in some runs."""
    return sum(call.tokens for run in runs for call in run.calls if call.task in tasks)


def seconds(tasks: Sequence[str], runs: Sequence[Run]) -> float:
    """Return the seconds that some tasks took in some runs."""
    return sum(run.seconds[task] for run in runs for task in tasks)


if __name__ == "__main__":
    sys.exit(main())
