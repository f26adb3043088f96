"""The JSON in what a server sends, whether it keeps to the form of server-sent events or not.

Pure. Knows how streams are really made: keep-alives of every kind, comments, lines without an event's form, one whole
answer in place of a stream. Knows no meaning of the JSON.

The form is that of https://html.spec.whatwg.org/multipage/server-sent-events.html.
"""

from __future__ import annotations

import codecs
import io
import itertools
import json
import re
from typing import TYPE_CHECKING

from novelist.model.bodies import ALIVE, ServerError
from novelist.text import BOM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DONE = "[DONE]"
FIELD = re.compile(r"(?:event|id|retry)\b *(?::|$)|:")
LONGEST_BODY = 64_000_000  # characters of an answer that is no stream


def events(chunks: Iterable[bytes]) -> Iterator[object]:
    """Yield the JSON of each event, each of a list by itself, the words of one that has none, and DONE.

    Nothing is read behind DONE. Raises ServerError for an event that is broken off or called an error, and for an
    answer that has no event in it and is no JSON.
    """
    for name, event in _named(_lines(chunks)):
        if "error" in name and event != DONE:
            raise ServerError(event)
        yield from (item for item in event if isinstance(item, dict)) if isinstance(event, list) else [event]
        if event == DONE:
            return


def _named(lines: Iterable[str]) -> Iterator[tuple[str, object]]:
    """Yield what each event is called, in small letters, and its JSON or its words."""
    name = ""
    data: list[str] = []
    body: list[str] = []
    for line in itertools.chain(lines, [""]):
        if not line.strip():
            yield from ((name, event) for event in _ended(data))
            if "error" in name:
                yield name, name  # it had no data
            name = ""
        elif line.startswith("event:"):
            name = line[6:].strip().lower()
        elif line.startswith("data:") or not FIELD.match(line):
            # An event need not be followed by the blank line that ends it.
            is_data = line.startswith("data:")
            text, several = (line[5:], data) if is_data else (line, body)
            event = _json(text) if is_data or not body else None
            if event is None:
                several.append(text)
            else:
                yield name, event
        if sum(map(len, body)) > LONGEST_BODY:
            break
    if body:
        yield name, _whole("\n".join(body))


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines in bytes, however these are cut; a byte that is no UTF-8 is U+FFFD, and a BOM is none."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")("replace"), translate=True)
    line: list[str] = []
    for chunk in chunks:
        first, *more = decoder.decode(chunk).split("\n")
        line.append(first)
        for text in more:
            yield "".join(line).removeprefix(BOM)
            line = [text]
    line.append(decoder.decode(b"", final=True))
    if last := "".join(line).removeprefix(BOM):
        yield last


def _json(text: str) -> object | None:
    """Return the JSON object or list in a text, or DONE; None where there is none."""
    text = text.strip()
    if text.lstrip('"').upper().startswith(DONE):
        return DONE
    if not text.startswith(("{", "[")):
        return None
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) else None


def _ended(data: list[str]) -> Iterator[object]:
    """Yield the JSON of an event of several lines, which are forgotten, or its words where it is none."""
    text = "\n".join(data).strip()
    data.clear()
    event = _json(text)
    if event is not None:
        yield event
    elif not ALIVE.fullmatch(text):
        if text.startswith("{"):
            broken = "a piece of the stream is broken"
            raise ServerError(broken)
        yield text


def _whole(text: str) -> object:
    """Return the JSON of an answer that is no stream. Raises ServerError for a page, or a text, of something else."""
    value = _json(text)
    if value is None:
        raise ServerError(text)
    return value
