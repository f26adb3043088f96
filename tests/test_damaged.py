"""What a disk, a merge or another program has made of caches, of the ledger and of records costs no traceback."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from finished import C2, S3, finish
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here
from scripted import Scripted

from novelist.book import checksum
from novelist.book.frontmatter import parse
from novelist.book.record import Record
from novelist.model import ledger

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=8), values, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=8), JSON, max_size=4)
NOVELIST = str(Path(sys.executable).with_name("novelist"))
OLD = 1_700_000_000_000_000_000  # ns, long ago
UP_TO_DATE = "Everything is up to date.\n"
WRONG: list[Any] = [
    None,
    7,
    10**400,
    -1,
    True,
    1.5,
    "text",
    "\ud800",
    [],
    [1],
    ["a"] * 5,
    {},
    {"a": 1},
    [[[[]]]],
    {"a": {"b": []}},
]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each list or object in `value`, with each place in it."""
    inside = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for place, inner in inside:
        yield value, place
        yield from places(inner)


@given(OBJECTS)
def test_what_was_dumped_is_loaded(content: dict[str, Any]) -> None:
    once = checksum.load(checksum.dump(content).encode())
    assert json.dumps(once) == json.dumps(content)


@given(OBJECTS, JSON, st.data())
def test_nothing_is_loaded_that_has_another_value_in_any_place(
    content: dict[str, Any], other: object, data: st.DataObject
) -> None:
    dumped = json.loads(checksum.dump(content))
    inside, place = data.draw(st.sampled_from(list(places(dumped))))
    before = json.dumps(inside[place])
    inside[place] = other
    changed = json.dumps(dumped).encode()
    assert checksum.load(changed) == {} or json.dumps(other) == before


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_nothing_is_loaded_of_what_was_not_dumped(text: bytes) -> None:
    assert checksum.load(text) == {}
    assert checksum.load(text * 3) == {}
    assert checksum.load(None) == {}
    assert checksum.load(b'{"checksum:": "00000000"') == {}


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book, written long ago and read by a build, with an export that doit alone remembers."""
    finish(here, server)
    for path in here.root.rglob("*.md"):
        os.utime(path, ns=(OLD, OLD))
    assert here.doit("html").status == 0
    return here


def cache(book: Here, name: str) -> Path:
    return book / ".novelist" / "cache" / name


PLACES = {
    "index.json": [
        *(
            "by",
            "files",
            f"files|page {C2}",
            f"files|page {C2}|2",
            "files|page book.md|4",
            "files|premise premise.md|4",
        ),
        *("files|bible bible.md|4", "files|outline outline.md|4"),
    ],
    "doit.json": ["html", "html|_values_:", "html|deps:", "html|checker:", "html|book.md"],
}


@pytest.mark.parametrize(("name", "where"), [(name, where) for name, places in PLACES.items() for where in places])
def test_a_cache_with_anything_in_a_place_is_made_anew(novel: Here, server: Scripted, name: str, where: str) -> None:
    cached = json.loads(cache(novel, name).read_bytes())
    *outer, last = where.split("|")
    inside = cached
    for place in outer:
        inside = inside[place]
    at: Any = int(last) if isinstance(inside, list) else last
    for wrong in WRONG:
        inside[at] = wrong
        cache(novel, name).write_text(json.dumps(cached), encoding="utf-8")
        ran = novel.doit("list", "--all", "--status")
        assert (ran.status, ran.err) == (0, ""), (wrong, ran)
    assert novel.doit().out == UP_TO_DATE
    assert server.requests == []


@pytest.mark.parametrize("name", PLACES)
def test_a_cache_that_is_no_cache_is_made_anew(novel: Here, server: Scripted, name: str) -> None:
    good = json.loads(cache(novel, name).read_bytes())
    for rubbish in (b"\x00\xff" * 99, b"[" * 100_000, b'{"a": ' * 900 + b"1", b'{"checksum:": 1}', b"9" * 5000, b""):
        cache(novel, name).write_bytes(rubbish)
        assert novel.doit().out == UP_TO_DATE
        assert novel.doit("html").status == 0
        assert json.loads(cache(novel, name).read_bytes()).keys() == good.keys()
    assert server.requests == []


def test_a_brief_in_the_cache_that_cannot_be_read_is_as_good_as_none(novel: Here) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    for brief in cache(novel, "briefs").iterdir():
        brief.write_bytes(b"\xff\xfe")
    ran = novel.run(NOVELIST, "why", "2")
    assert (ran.out, ran.err) == ("chapter:02 is to be written again: its part of the outline changed.\n", "")


GOOD = {
    "at": "2026-11-26T12:00:00Z",
    "task": "chapter:1",
    "model": "kimi",
    "provider": "moonshot",
    "in": 100,
    "guessed": 90,
    "cached": 0,
    "out": 50,
    "reasoning": 0,
    "estimated": False,
    "first": 0.5,
    "seconds": 2.0,
    "finish": "stop",
    "tries": 1,
    "cost": 0.25,
}


@pytest.mark.parametrize("name", [name for name, value in GOOD.items() if isinstance(value, (int, float))])
@pytest.mark.parametrize("number", ["99999999999999999999", "1e400", "-1", "NaN", "9" * 400, "1e300"])
def test_a_row_with_a_number_that_no_call_has_is_passed_over(tmp_path: Path, name: str, number: str) -> None:
    path = tmp_path / "ledger.jsonl"
    rows = [json.dumps({**GOOD, name: "?"}).replace('"?"', number), json.dumps(GOOD)]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert [call.row() for call in ledger.calls(path)] == [GOOD]
    assert ledger.spent(path) == (0.25 if name == "cost" else 0.5)


@given(st.lists(JSON | st.tuples(st.sampled_from(sorted(GOOD)), JSON).map(lambda other: {**GOOD, other[0]: other[1]})))
def test_a_row_of_anything_is_passed_over_or_counts(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    path = tmp_path_factory.getbasetemp() / "ledger.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    for call in ledger.calls(path):
        assert call.usage.prompt + call.usage.completion + call.seconds <= 3 * ledger.MOST
    assert 0 <= ledger.spent(path) <= len(rows) * ledger.MOST


def test_rows_that_are_passed_over_are_kept(novel: Here) -> None:
    path = novel / ".novelist" / "ledger.jsonl"
    row = json.dumps({**GOOD, "in": 10**20, "out": 10**20, "cost": 10**400})
    path.write_text(f"{row}\n", encoding="utf-8")
    novel.edit("outline.md", "Mara walks", "Mara runs")
    for verb in ("status", "plan"):
        ran = novel.run(NOVELIST, verb)
        assert (ran.status, ran.err) == (0, ""), ran
    assert novel.doit("chapter:02").status == 0
    assert path.read_text(encoding="utf-8").splitlines()[0] == row


FLOWS = ["[]", "{}", "[a, b]", "{a: b}", "{a: [b, {c: d}]}", "[[[a]]]"]


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("field", ["body", "of", "brief: {section", "brief: {premise"])
def test_a_record_with_a_list_or_a_map_for_a_digest_is_none(field: str, flow: str) -> None:
    end = "}" if "{" in field else ""
    page = parse(f"---\nnovelist:\n  v: 1\n  body: h1\n  {field}: {flow}{end}\n---\n\nText.\n", frozenset({"novelist"}))
    assert page.record is None


def test_a_record_without_a_brief_is_one() -> None:
    page = parse("---\nnovelist: {v: 1, body: h1, brief: }\n---\n\nText.\n", frozenset({"novelist"}))
    assert page.record == Record("h1")


@pytest.mark.parametrize("flow", ["[a, b]", "{a: b}"])
def test_a_book_whose_records_hold_lists_and_maps_is_looked_at_and_built(
    novel: Here, server: Scripted, flow: str
) -> None:
    for name in (C2, S3, "book.md", "bible.md", "outline.md"):
        text, first = (novel / name).read_text(encoding="utf-8"), re.compile(r"\bh[0-9a-f]{12}\b")
        (novel / name).write_text(first.sub(flow, text, count=1), encoding="utf-8")
    for verb in ("status", "plan"):
        ran = novel.run(NOVELIST, verb)
        assert (ran.status, ran.err) == (0, ""), ran
    assert novel.doit().status == 0
    assert server.requests == []
