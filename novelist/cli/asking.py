"""Whether the model answers that a build would ask: its models and one word, within a minute.

Prints nothing: what is about to be asked is told first. Knows no error by itself; client.py has them for a person.
"""

from __future__ import annotations

import threading
import time
from concurrent import futures
from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.cli.checks import Check
from novelist.errors import NovelistError
from novelist.model.client import Client
from novelist.model.request import Request
from novelist.model.stream import Enough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from novelist.model.access import Access
    from novelist.model.budget import Budget

SECONDS = 60  # for all of it
MODELS_SHOWN = 8
CAP = 200  # tokens, of which the first is enough
ONE_WORD = Request("doctor", "Answer with one word.", "Say hello.", CAP)


def ask(access: Access, budget: Budget, say: Callable[[str], None]) -> Iterator[Check]:
    """Yield what came of asking the model; `say` is told before of what that takes."""
    notes: list[str] = []
    client = Client(access, notes.append, budget)
    if client.rehearses:
        say(f"Loading the embedded model, and asking it for one word: {SECONDS} s at most.")
    else:
        say(
            f"Asking {client.host} for its models, and `{client.model}` for one word: "
            f"{SECONDS} s at most, and a few tokens."
        )
    checks = _within(SECONDS, lambda: [*_asked(client)])
    yield from (Check("model", "note", line) for line in [*notes])
    for check in checks or [_no_word()]:
        yield replace(check, text=access.variables.named(check.text))


def _no_word() -> Check:
    advice = "Look whether the server is busy, or still loads its model."
    return Check("answer", "note", f"no word came in {SECONDS} s, and a build waits longer. {advice}")


def _within(seconds: float, work: Callable[[], list[Check]]) -> list[Check]:
    """Return what `work` returns, or nothing where that takes too long; it then ends with this process."""
    future: futures.Future[list[Check]] = futures.Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return future.result(timeout=seconds)
    except futures.TimeoutError:
        return []


class _FirstWord:
    """A listener that wants nothing behind the first piece of an answer, and knows how long that took."""

    seconds: float | None = None

    def start(self) -> None:
        """Begin to count."""
        self._began = time.monotonic()

    def add(self, piece: str) -> None:
        """Take the first piece, of the text or of what the model thinks before it. Raises Enough."""
        if piece.strip():
            self.seconds = time.monotonic() - self._began
            raise Enough

    think = add

    def end(self, finish: str) -> None:
        """Do nothing: the end of a text that never began says nothing."""


def _asked(client: Client) -> Iterator[Check]:
    handler = _FirstWord()
    try:
        models = client.models()
        if models and not client.rehearses:
            yield _offers(models, client.model)
        answer = client.once(ONE_WORD, handler)
    except NovelistError as error:
        yield Check("answer", "wrong", str(error))
        return
    finally:
        client.close()
    if handler.seconds is None:
        advice = "Set another KIMI_MODEL."
        yield Check("answer", "wrong", f"`{client.model}` answered with no word ({answer.finish}). {advice}")
    else:
        yield Check("answer", "ok", f"the first word of `{client.model}` came after {handler.seconds:.1f} s")


def _offers(models: Sequence[str], model: str) -> Check:
    if model in models:
        return Check("models", "ok", f"{len(models)} offered, `{model}` among them")
    names = f"{', '.join(models[:MODELS_SHOWN])}{' …' if len(models) > MODELS_SHOWN else ''}"
    return Check("models", "note", f"`{model}` is none of the {len(models)} offered: {names}. Set KIMI_MODEL to one.")
