"""A drafting: how the model writes one target. It is the twin of the target, in the module of the same name here.

Knows what every kind can be asked: its request, what an answer must be, and what has come of one that was interrupted.
Knows no file of the book's own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from novelist.drafting.attempts import reject
from novelist.drafting.partial import Begun, Partial
from novelist.errors import WriterError
from novelist.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.model.request import Request
    from novelist.targets.verdict import Verdict

Kind = TypeVar("Kind", bound=Target)


@dataclass(frozen=True)
class Draft:
    """A text that a model wrote: its front matter beside the record, and what is said of it in its line.

    `body` is None where the text that is there holds as it is. `whole` is the text of an author's own file in which
    only something was filled in: it gets no record. `fields` are of the record, beside what it was drafted from; an
    `exact` body is that of the file with edits in it, and goes there byte for byte.
    """

    body: str | None
    line: str
    front: Mapping[str, object] = field(default_factory=dict)
    whole: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    exact: bool = False


class Drafting(ABC, Generic[Kind]):
    """How one target is drafted in one session; made when its turn has come."""

    back: ClassVar[str]  # what is said where an earlier draft takes its place
    edits: ClassVar[bool] = False  # whether it changes a text by edits, in which what a hand has typed stays
    again: ClassVar[str] = "the next build"  # what goes on with it where it was interrupted

    def __init__(self, session: Session, target: Kind) -> None:
        self.session = session
        self.target = target

    @property
    def able(self) -> bool:
        """Whether the model of this session is up to it."""
        return True

    def fields(self) -> dict[str, Any]:
        """Return the fields of the record: what the draft is really written from."""
        return self.target.fields()

    @abstractmethod
    def stamp(self) -> dict[str, Any]:
        """Return what a draft must have been begun from to be gone on with."""

    @abstractmethod
    def request(self, before: str | None) -> Request:
        """Return what the model is told, where `before` is the text of the file as it is."""

    @abstractmethod
    def draft(self, before: str | None, verdict: Verdict) -> Draft:
        """Ask for the text in place of `before`. Raises WriterError, and BookError where the disk does not let it."""

    @abstractmethod
    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""

    def back_line(self) -> str:
        """Return what is said where an earlier draft takes its place."""
        return self.back

    @property
    def _unfinished(self) -> Path:
        return self.target.inputs.book.unfinished(self.target.identity)

    @cached_property
    def partial(self) -> Partial:
        """What has come of it so far, from the same inputs."""
        return Partial(self._unfinished, self.stamp())

    def begun(self) -> Begun:
        """Return what has come of it before this build; what has come from other inputs goes to history."""
        begun, outdated = self.partial.found()
        if outdated.strip():
            reject(self.session, self.target.identity, outdated)
        return begun

    @contextmanager
    def resumable(self) -> Iterator[None]:
        """Have an error of the writer's say where the text is that came before it."""
        try:
            yield
        except WriterError as error:
            if not self.partial.found()[0].text.strip():
                raise
            message = f"{error} What came of it is in {self.partial.path}; {self.again} goes on from there."
            raise type(error)(message, why=error.why) from error

    def give_up(self) -> None:
        """Put what has come of an unfinished draft into history: another text takes its place."""
        partial = Partial(self._unfinished, {})
        begun, outdated = partial.found()
        if (text := begun.text or outdated).strip():
            reject(self.session, self.target.identity, text)
        partial.drop()

    def marks(self, body: str) -> dict[str, str]:  # noqa: ARG002 - most kinds have none
        """Return the fields of the record that say whose each paragraph of a draft is."""
        return {}

    def landed(self) -> None:
        """Do what is left to do once the draft is in place."""
