"""Straight marks as they are typed become those of the language, wherever they stand; so do apostrophes and primes."""

from __future__ import annotations

from typing import Any

import pytest

from novelist.export.quotes import curl, curled
from novelist.language import lookup


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("zh", '他说:"你好。"她说"再见"。', "他说:“你好。”她说“再见”。"),
        ("zh", '"走吧，"他说，"天黑了。"她没有动。"我不走。"', "“走吧，”他说，“天黑了。”她没有动。“我不走。”"),
        ("zh", "他说'好'就走了。", "他说‘好’就走了。"),
        ("ja", '"Hello"と"さよなら"', "「Hello」と「さよなら」"),
        ("he", 'צה"ל, אמר "שלום," אמרה', "צה״ל, אמר ”שלום,” אמרה"),
        ("he", 'ב"הארץ" כתב ד"ר כהן על דו"חות', "ב”הארץ” כתב ד״ר כהן על דו״חות"),
        ("ko", '"안녕"이라고 그가 말했다.', "“안녕”이라고 그가 말했다."),
        ("he", "ג'ירפה, צ'יפס וכו'", "ג׳ירפה, צ׳יפס וכו׳"),
        ("ar", 'قال:"مرحبا" ثم "وداعا".', "قال:”مرحبا“ ثم ”وداعا“."),
        ("fr", 'Il dit " Bonjour ", puis "adieu".', "Il dit « Bonjour », puis «\u00a0adieu\u00a0»."),
        ("de", '"Hans\' Boot", sagte er.', "„Hans’ Boot“, sagte er."),
        ("de", "\"Sie rief: 'Halt!'\", sagte er.", "„Sie rief: ‚Halt!‘“, sagte er."),
        ("en", '6\'2" tall, 10" disk', "6′2″ tall, 10″ disk"),
        ("en", '"He\'s 6\'2" tall," she said.', "“He’s 6′2″ tall,” she said."),
        ("en", '"I was 10," he said, "and she was 6"', "“I was 10,” he said, “and she was 6”"),
        ("en", "rock 'n' roll, fish 'n' chips", "rock ’n’ roll, fish ’n’ chips"),
        ("en", "'Twas in the '90s, 'cause of 'em.", "’Twas in the ’90s, ’cause of ’em."),
        ("en", "'Get 'em,' she said, 'or the boys' boat goes.'", "‘Get ’em,’ she said, ‘or the boys’ boat goes.’"),
        ("en", "\"He said 'no,'\" she said. \"And 'yes'?\"", "“He said ‘no,’” she said. “And ‘yes’?”"),
        ("en", "'I went on.", "‘I went on."),
        ("en", '("no") ["yes"] wait---"no"--"yes"', "(“no”) [“yes”] wait—“no”–“yes”"),
        ("en", '"So—" she began.', "“So—” she began."),
        ("en", "Well.... no... ......", "Well…. no… ……"),
        ("en", '<img src="x"> and {width="5"} "here"', '<img src="x"> and {width="5"} “here”'),
        ("nl", "'s Avonds zei hij: 'Ik ga.'", "’s Avonds zei hij: ‘Ik ga.’"),
    ],
)
def test_marks_are_those_of_the_language(language: str, typed: str, printed: str) -> None:
    assert curled(typed, lookup.table(language).quotes) == printed


def test_marks_around_emphasis_are_a_pair_and_those_of_a_footnote_its_own() -> None:
    def text(words: str) -> dict[str, Any]:
        return {"t": "Str", "c": words}

    note = {"t": "Note", "c": [{"t": "Para", "c": [text('A "note".')]}]}
    blocks: list[dict[str, Any]] = [
        {"t": "Para", "c": [text('"'), {"t": "Emph", "c": [text('Go"')]}, note, text(' "now --'), {"t": "Code"}]},
    ]
    curl(blocks, lookup.table("en").quotes)
    assert [inline.get("c") for inline in blocks[0]["c"]] == [
        "“",
        [text("Go”")],
        [{"t": "Para", "c": [text("A “note”.")]}],
        " “now –",
        None,
    ]
