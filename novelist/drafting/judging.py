"""What a judge finds, whatever it reads: asked for, held against the texts that it quotes, put at the end of its file.

A finding whose quotes are not true is dropped and counted; where most of them are, the judge is asked once more, and
then nothing is taken. What can be found without a model goes in first. Knows no kind of text.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from novelist.book import reviews
from novelist.book.reviews import SEVERITIES, Severity
from novelist.drafting.answers import all_objects
from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.editing import NOTHING
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning
from novelist.errors import Unusable
from novelist.targets.target import Target
from novelist.text import counted, digest, normalise, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.book.reviews import Entry
    from novelist.drafting.session import Session
    from novelist.lint.finding import Sureness
    from novelist.model.request import Request
    from novelist.targets.verdict import Verdict

MOST_DROPPED = 0.5  # of an answer's findings, before it is asked for once more
TOKENS_PER_FINDING = 120
LONGEST = 400  # characters of what a finding says
TEXT, WHOLE = {"type": "string"}, {"type": "integer"}

Read = TypeVar("Read", bound=Target)
Answer = list[dict[str, Any]]


class Checked(NamedTuple):
    """What an answer comes to: findings whose quotes are true, the chapters whose summaries they quote; others."""

    entries: list[Entry]
    covers: list[str]
    untrue: list[str]  # quotes

    @property
    def is_untrue(self) -> bool:
        """Whether too much of it is quoted that is nowhere."""
        return len(self.untrue) > MOST_DROPPED * (len(self.untrue) + len(self.entries))

    @property
    def left_out(self) -> str:
        """How much was left out, behind a semicolon; empty where that is nothing."""
        left = f"; {counted(len(self.untrue), 'finding')} left out, whose quotes are not in the text"
        return left if self.untrue else ""


class Judging(Drafting[Read]):
    """How something is read by a judge. What its author has in the file stays; findings are added at its end.

    `called` is what a person calls it, `most` how many findings it has at most, and `schema` that of one of them.
    """

    edits = True
    called: ClassVar[str]
    most: ClassVar[int]
    schema: ClassVar[Mapping[str, Any]]

    def __init__(self, session: Session, target: Read) -> None:
        super().__init__(session, target)
        page = target.page()
        self._body = page.body if page is not None else ""
        self._record = page.record if page is not None else None
        self._there = reviews.read(self._body)

    @property
    @abstractmethod
    def what(self) -> str:
        """What is asked for, as errors say it: `review of chapter 7`."""

    @property
    def _title(self) -> str:
        """What is shown beside its name while it is read."""
        return ""

    @property
    @abstractmethod
    def hint(self) -> str:
        """What a new file says to its author."""

    @property
    @abstractmethod
    def _free(self) -> list[Entry]:
        """What is found without a model, and was not raised before."""

    @abstractmethod
    def _request(self, refused: Sequence[str]) -> Request:
        """Return what the judge is shown, with quotes of an answer before that are not there."""

    @abstractmethod
    def _checked(self, answer: Sequence[Mapping[str, Any]]) -> Checked:
        """Return the findings of an answer whose quotes are true, the worst first."""

    @abstractmethod
    def _judged(self, checked: Checked) -> Draft:
        """Return the file with the findings at its end."""

    @property
    def able(self) -> bool:
        """Whether the model can judge anything: no rehearsal can."""
        return not self.session.profile.repaired

    def stamp(self) -> dict[str, Any]:
        """Return the digest of what the judge is shown."""
        return {"told": digest(self.request(None).user)}

    @cached_property
    def _raised(self) -> frozenset[str]:
        """The marks of all findings that the file ever had."""
        before = self._record.raised.split() if self._record is not None else []
        return frozenset([*before, *(each.mark for each in self._there)])

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - what is there is read from the file
        """Return what the judge is shown."""
        return self._request(())

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - as above
        """Ask the judge. Raises WriterError, also where most of its quotes stay untrue."""
        self.session.show.begin(self.target.name, self._title)
        checked = self._checked(self._answered(self._request(()), self.partial))
        if checked.is_untrue:
            request = self._request(checked.untrue)
            retry = Partial(self.target.inputs.book.retry(self.target.identity), {"told": digest(request.user)})
            checked = self._checked(self._answered(request, retry))
        if checked.is_untrue:
            share = f"{len(checked.untrue)} of {len(checked.untrue) + len(checked.entries)}"
            remedy = f"Run `doit {self.target.name}` again, or name another judge: KIMI_MODEL_REVIEW in .env."
            self.give_up()
            self.landed()
            message = f"the {self.called} is not taken: of its quotes {share} cannot be found, word for word. {remedy}"
            raise Unusable(message, why="A finding that nobody can check is none.")
        return self._judged(checked)

    def _answered(self, request: Request, partial: Partial) -> Answer:
        form: Form[Answer] = Form(
            _schema(self.schema, self.most),
            _findings,
            _listed,
            problems=lambda _: [],
            repair=lambda answer: (answer, []),
        )
        command = f"doit {self.target.name}"
        return Planning(self.session, self.what, self.target.identity, form, partial, command).plan(
            request, partial.found()[0]
        )

    def _with(self, new: Sequence[Entry]) -> str:
        """Return the text of the file with findings behind what is there."""
        day, model = f"{datetime.now(timezone.utc):%Y-%m-%d}", self.session.client_for(self.target.name).model
        blocks = [self._body.strip("\n")] if self._body.strip() else [self.hint]
        for by, entries in (("found without a model", self._free), (f"found by {model}", new)):
            if entries:
                lines = [line for each in entries for line in each.lines()]
                blocks.append("\n".join([f"## {day}, {by}", "", *lines]))
        if not self._body.strip() and len(blocks) == 1:
            blocks.append(f"## {day}, by {model}: nothing found")
        begin = "\n" if self._record is not None else ""
        return f"{begin}{chr(10).join([chr(10).join([block, '']) for block in blocks])}"

    def _new(self, checked: Checked) -> list[Entry]:
        """Return the findings that were never raised."""
        return [each for each in checked.entries if each.mark not in self._raised]

    def _raised_with(self, new: Sequence[Entry]) -> str:
        """Return the marks of all findings that the file ever had, with new ones."""
        return " ".join(dict.fromkeys([*sorted(self._raised), *(each.mark for each in (*self._free, *new))]))

    def _counts(self, new: Sequence[Entry]) -> str:
        """Return in words how many findings there are that are new."""
        every = [*self._free, *new]
        counts = [f"{count} {one}" for one in SEVERITIES if (count := sum(each.severity == one for each in every))]
        return ", ".join(counts) or "nothing new"

    def landed(self) -> None:
        """Forget what was answered: it is in the file, or of no use."""
        self.partial.drop()
        self.target.inputs.book.files.remove(self.target.inputs.book.retry(self.target.identity))


def severity_of(answer: object) -> Severity:
    """Return how much a finding matters, as a judge says it."""
    return next((one for one in SEVERITIES if one == answer), "should")


def severity_by(sure: Sureness) -> Severity:
    """Return how much a finding of lint's matters in a review."""
    by: dict[Sureness, Severity] = {"sure": "must", "likely": "should", "maybe": "may"}
    return by[sure]


def one_line(text: object) -> str:
    """Return what a model says as one line that is safe in a list."""
    line = " ".join(printable(normalise(text)).split()) if isinstance(text, str) else ""
    return line.replace("~~", "").replace("<!--", "")[:LONGEST]


def _schema(finding: Mapping[str, Any], most: int) -> dict[str, Any]:
    entry = {"type": "object", "properties": finding, "required": list(finding), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"findings": {"type": "array", "items": entry, "maxItems": most}},
        "required": ["findings"],
        "additionalProperties": False,
    }


def _findings(answer: Mapping[str, Any]) -> Answer:
    """Return the findings in an answer. Raises ValueError where it has no list of them."""
    findings = answer.get("findings")
    if not isinstance(findings, list) or not all(isinstance(each, dict) for each in findings):
        message = '"findings" is not a list of findings'
        raise ValueError(message)
    return findings


def _listed(text: str) -> dict[str, Any]:
    """Return what an answer is that is a list and no object."""
    entries = [each for each in all_objects(text) if "quote" in each]
    if not entries and not NOTHING.search(text):
        message = "it has no findings, and no empty list of them"
        raise ValueError(message)
    return {"findings": entries}
