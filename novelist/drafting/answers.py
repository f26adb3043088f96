"""An answer that is to be JSON, read however a model wrote it: words around, wrapped, not quite JSON.

Pure. Knows of a schema only the names that are looked for. What came as Markdown is read in markdown.py.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

MOST_BEGINNINGS = 20  # braces at which an object is looked for: the words around it may have some
MOST_WRAPPINGS = 4  # objects, lists and texts within one another around the one that is looked for
# Brackets in an answer that is mended: an outline of 500 chapters has 502. Mending takes the square of them.
MOST_BRACKETS = 1000
OPEN_END = "\ue000"  # behind the answer: where it ends up within a text, that was cut off


def read_object(text: str, names: Collection[str]) -> dict[str, Any]:
    """Return the object with the most of these `names` that a model answered, whatever it wrote around it.

    Raises ValueError with what is wrong, in words for the model.
    """
    if "{" not in text:
        message = "it is not a JSON object"
        raise ValueError(message)

    def named(answer: Mapping[str, Any]) -> int:
        return len(answer.keys() & names)

    as_it_is = max((each for decoded in _as_it_is(text) for each in _objects(decoded)), key=named, default={})
    if named(as_it_is) == len(names):
        return as_it_is
    # What is JSON by itself may be a piece of what is not.
    mended = max(_objects(_mended(text[text.index("{") :])), key=named, default={})
    if named(mended) > named(as_it_is):
        if any(OPEN_END in each for each in _texts(mended)):
            message = "it is cut off"
            raise ValueError(message)
        return mended
    if not named(as_it_is):
        listed = ", ".join(f'"{name}"' for name in names)
        message = f"it is no JSON object with {listed}"
        raise ValueError(message)
    return as_it_is


def read_answer(text: str, names: Collection[str], from_markdown: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Return the object in an answer, or, where it has none, what `from_markdown` makes of it.

    Raises ValueError with what is wrong, in words for the model.
    """
    try:
        return read_object(text, names)
    except ValueError:
        with suppress(ValueError):
            answer = from_markdown(text)
            if any(answer.values()):
                return answer
        raise


def all_objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield all objects in an answer, in whatever they stand; the last one is left out where it is cut off."""
    complete = [each for decoded in _as_it_is(text) for each in _objects(decoded)]
    start = re.search(r"\[\s*\{|\{", text)
    nearly = _mended(text[start.start() :]) if start else None
    mended = [each for each in _objects(nearly) if not any(OPEN_END in one for one in _texts(each))]
    yield from max(complete, mended, key=len)


def objects(answer: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the list of objects under `name`; an absent one is empty.

    Raises ValueError where it is anything else.
    """
    entries = answer.get(name) or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        message = f'"{name}" is not a list of objects'
        raise ValueError(message)
    return entries


def _as_it_is(text: str) -> Iterator[object]:
    """Yield what is JSON in a text: all of it, or what begins with one of its first braces."""
    decoder = json.JSONDecoder(strict=False)
    starts = [0] if text.lstrip().startswith('"') else []
    at = text.find("{")
    while at >= 0 and len(starts) < MOST_BEGINNINGS:
        starts.append(at)
        at = text.find("{", at + 1)
    end = 0
    for start in starts:
        if start < end:
            continue
        try:
            decoded, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        yield decoded


def _mended(text: str) -> object:
    """Return what is nearly JSON in a text as what it was meant to be, nothing where that is nowhere near."""
    import json_repair  # noqa: PLC0415 - few answers need it

    if sum(map(text.count, "{[(")) > MOST_BRACKETS:
        return None
    try:
        return json_repair.loads(f"{text}{OPEN_END}", skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _objects(decoded: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield all objects in what was decoded, the outermost one first; a text may have one, too."""
    if depth > MOST_WRAPPINGS:
        return
    if isinstance(decoded, dict):
        yield _plainly_named(decoded)
    within: Iterable[object] = ()
    if isinstance(decoded, dict | list):
        within = decoded.values() if isinstance(decoded, dict) else decoded
    elif isinstance(decoded, str) and "{" in decoded:
        within = _as_it_is(decoded)
    for each in within:
        yield from _objects(each, depth + 1)


def _plainly_named(decoded: object) -> Any:  # noqa: ANN401 - JSON is any
    """Return what was decoded with the names of its objects in small letters."""
    if isinstance(decoded, list):
        return [_plainly_named(each) for each in decoded]
    if isinstance(decoded, dict):
        return {str(name).strip().lower(): _plainly_named(value) for name, value in decoded.items()}
    return decoded


def _texts(value: object) -> Iterator[str]:
    """Yield all texts in what was decoded."""
    if isinstance(value, str):
        yield value
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in within:
        yield from _texts(each)
