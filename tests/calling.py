"""A call without a book: the client asks the scripted server as if it were any provider."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import cast

import pytest
from scripted import Scripted
from shelf import NO_CERTIFICATES

from novelist.model.access import Access
from novelist.model.budget import Budget
from novelist.model.client import Client
from novelist.model.ledger import Call
from novelist.model.providers import Provider
from novelist.model.request import Request
from novelist.model.stream import Answer

PROSE = Request("chapter:1", "You write.", 'Write chapter 1 of 5, "A", in 50 words.', 1000)


class Silence:
    """A listener that hears nothing, and a purse without an end."""

    def start(self) -> None:
        """Begin."""

    def add(self, piece: str) -> None:
        """Take a piece."""

    def think(self, piece: str) -> None:
        """Take a piece."""

    def end(self, finish: str) -> None:
        """Take the end."""

    def afford(self, *_: object) -> AbstractContextManager[None]:
        """Pay for anything."""
        return nullcontext()

    def pay(self, *_: object) -> None:
        """Pay."""


@dataclass
class Session(Silence):
    """What came of the calls of one writer: the lines that a person is told, the answers, and what was paid."""

    lines: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    paid: list[Call] = field(default_factory=list)

    def pay(self, *call: object) -> None:
        """Take note of a call."""
        self.paid += [part for part in call if isinstance(part, Call)]

    def ask(self, server: Scripted, provider: Provider, model: str, *requests: Request, thinking: str = "plan") -> None:
        """Ask the scripted server as if it were `provider`."""
        access = Access(server.base_url, model, key="sk-test-key", provider=provider, thinking=thinking)
        client = Client(access, self.lines.append, cast("Budget", self), cache_key="novelist-h1")
        with pytest.MonkeyPatch.context() as patch:
            for name, value in NO_CERTIFICATES.items():
                patch.setenv(name, value)
            try:
                for request in requests:
                    self.answers.append(client.write(request, Silence()))
            finally:
                client.close()


def asked(server: Scripted, provider: Provider, model: str, *requests: Request, thinking: str = "plan") -> list[str]:
    """Ask the scripted server as if it were `provider`, and return the lines that a person is told."""
    session = Session()
    session.ask(server, provider, model, *requests, thinking=thinking)
    return session.lines
