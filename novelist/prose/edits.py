"""Edits of a chapter: how a model is shown its paragraphs, and how it answers what is to be done with which. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from novelist.book import paragraphs
from novelist.book.paragraphs import Change
from novelist.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

ACTIONS = ("replace", "delete", "after")
LINE_END = re.compile(r"\r\n?")


def _record(**properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these properties."""
    names = list(properties)
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
ENTRY = _record(p=WHOLE, do={"type": "string", "enum": list(ACTIONS)}, was=TEXT, text=TEXT, why=WHOLE)
SCHEMA = _record(edits={"type": "array", "items": ENTRY})


class Edit(NamedTuple):
    """What is to be done with a paragraph: its number and first words, the new text, the change that it is for.

    `action` is `replace`, `delete`, or `after`: a new text behind it, behind 0 at the very beginning. `why` is 0 where
    the answer does not say it.
    """

    number: int
    action: str
    was: str
    text: str
    why: int = 0

    @property
    def entry(self) -> dict[str, Any]:
        """It as an answer has it."""
        return {"p": self.number, "do": self.action, "was": self.was, "text": self.text, "why": self.why}


class Refusal(NamedTuple):
    """An entry of an answer, as JSON has it, and why it is not done."""

    entry: Any
    reason: str


def numbered(text: str, locked: Collection[int]) -> str:
    """Return a chapter's text as a prompt shows it: each paragraph behind its number, a starred one is `locked`."""
    return "\n\n".join(
        f"[{number}]{'*' if number in locked else ''} {LINE_END.sub(chr(10), paragraph.text)}"
        for number, paragraph in enumerate(paragraphs.split(text), 1)
    )


def read(answer: Any) -> tuple[list[Edit], list[Refusal]]:  # noqa: ANN401 - JSON is any
    """Return the edits in decoded JSON, a list or an object with one under `edits`, and what of it is none."""
    entries = answer.get("edits") if isinstance(answer, dict) else answer
    if not isinstance(entries, list):
        return [], [Refusal(answer, "the answer is no list of edits")]
    edits: list[Edit] = []
    refusals: list[Refusal] = []
    for entry in entries:
        if reason := _misshapen(entry):
            refusals.append(Refusal(entry, reason))
        else:
            was, text = clean(entry.get("was") or ""), clean(entry.get("text") or "")
            edits.append(Edit(entry["p"], entry["do"], was, text, entry.get("why") or 0))
    return edits, refusals


def _misshapen(entry: Any) -> str:  # noqa: ANN401 - as above
    """Return what is wrong with the form of an entry; empty where nothing is."""
    if not isinstance(entry, dict):
        return "it is no object"
    if type(entry.get("p")) is not int:
        return "`p` is not the number of a paragraph"
    if entry.get("do") not in ACTIONS:
        return "`do` is not one of `replace`, `delete`, `after`"
    for key in ("was", "text"):
        if not isinstance(entry.get(key), str | None):
            return f"`{key}` is no text"
    return "" if type(entry.get("why")) in (int, type(None)) else "`why` is not the number of a change"


def changed(edits: Iterable[Edit]) -> dict[int, Change]:
    """Return what becomes of each paragraph that edits name."""
    changes: dict[int, Change] = {}
    for edit in edits:
        change = changes.get(edit.number, Change())
        if edit.action == "after":
            text = "\n\n".join(filter(None, (change.after, edit.text)))
            changes[edit.number] = change._replace(after=text)
        else:
            changes[edit.number] = change._replace(instead=edit.text if edit.action == "replace" else "")
    return changes
