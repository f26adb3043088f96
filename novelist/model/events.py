"""The JSON in what a server sends, whether it keeps to the form of server-sent events or not.

Pure. Knows how streams are really made: keep-alives of every kind, comments, lines without an event's form, one whole
answer in place of a stream. Knows no meaning of the JSON.

The form is that of https://html.spec.whatwg.org/multipage/server-sent-events.html.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from typing import TYPE_CHECKING

from novelist.model.bodies import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DONE = "[DONE]"
FIELD = re.compile(r"(?:event|id|retry)\b *(?::|$)|:")
LONGEST_BODY = 64_000_000  # characters of an answer that is no stream


def events(chunks: Iterable[bytes]) -> Iterator[object]:
    """Yield the JSON of each event, and DONE, behind which nothing is read.

    What is no JSON and has not the beginning of any keeps the line open, and is passed over. Raises ServerError for an
    event that is broken off, and for an answer that has no event in it and is no JSON.
    """
    data: list[str] = []
    body: list[str] = []
    for line in _lines(chunks):
        if line.startswith("data:"):
            # An event need not be followed by the blank line that ends it.
            event = _json(line[5:])
            if event is None:
                data.append(line[5:])
                continue
            yield event
            if event == DONE:
                return
        elif not line.strip():
            yield from _broken(data)
        elif not FIELD.match(line):
            event = _json(line) if not body else None
            if event is not None:
                yield event
            else:
                body.append(line)
        if sum(map(len, body)) > LONGEST_BODY:
            break
    yield from _broken(data)
    if body:
        yield _whole("\n".join(body))


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines in bytes, however these are cut; a byte that is no UTF-8 is U+FFFD."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8")("replace"), translate=True)
    line: list[str] = []
    for chunk in chunks:
        first, *more = decoder.decode(chunk).split("\n")
        line.append(first)
        for text in more:
            yield "".join(line)
            line = [text]
    line.append(decoder.decode(b"", final=True))
    if last := "".join(line):
        yield last


def _json(text: str) -> object | None:
    """Return the JSON object or list in a text, or DONE; None where there is none."""
    text = text.strip()
    if text.startswith(DONE):
        return DONE
    if not text.startswith(("{", "[")):
        return None
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, (dict, list)) else None


def _broken(data: list[str]) -> Iterator[object]:
    """Yield the JSON of an event of several lines, which are forgotten."""
    text = "\n".join(data).strip()
    data.clear()
    event = _json(text)
    if event is not None:
        yield event
    elif text.startswith("{"):
        broken = "a piece of the stream is broken"
        raise ServerError(broken)


def _whole(text: str) -> object:
    """Return the JSON of an answer that is no stream. Raises ServerError for a page, or a text, of something else."""
    value = _json(text)
    if value is None:
        raise ServerError(text)
    return value
