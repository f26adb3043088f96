"""What writers type beyond Markdown: scene breaks of all kinds, dialogue, verse, small capitals, readings, indents."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from novelist.export import markdown, pandoc, quotes, reading, ruby
from novelist.export.sanitize import Node, Sanitizer
from novelist.language import lookup

pytestmark = pytest.mark.slow

BREAKS = (
    *(
        "#",
        "&nbsp;",
        "<br>",
        "<br/><br/>",
        "<hr>",
        "<center>* * *</center>",
        '<p align="center">***</p>',
        "<p>&nbsp;</p>",
    ),
    *("✦ ✦ ✦", "o O o", "oOo", "-o-", "~*~", "* * *", "***", "---", "===", "~~~", "~~~~~~~~", "⁂", "❦", "※", "◇◆◇"),
    *("＊　＊　＊", "• • •", "——————", "\t* * *", "+++", "x x x", "§", "~ ~ ~", "<div>⁂</div>", "##", "—o—", "- - -"),
)
PROSE = ("…", "...", "x", "Ooo", "1", "?", "!", "xxx", "*o*", "😀", "……", "██████", "<3 x", "-*salt*-")
LINES, SMALL = '<div class="line-block">', '<span class="smallcaps">'
ROWS = (
    ("fr", "- Bonjour, dit-elle.\n- Ah !\n\nElle part.", "<p>— Bonjour, dit-elle.</p> <p>— Ah !</p> <p>Elle part.</p>"),
    ("fr", "Elle dit :\n- Bonjour", "<p>Elle dit :</p> <p>— Bonjour</p>"),
    ("fr", "- du sel\n- une corde", "<ul> <li>du sel</li> <li>une corde</li> </ul>"),
    ("ru", "- Привет, - сказал он.", "<p>— Привет, — сказал он.</p>"),
    ("tr", "-Merhaba, dedi.", "<p>— Merhaba, dedi.</p>"),
    ("pl", "- Dobrze - rzekł.\n\n- Nie.", "<p>— Dobrze — rzekł.</p> <p>— Nie.</p>"),
    ("es", "-Hola -dijo Ana-. Ven.", "<p>—Hola —dijo Ana—. Ven.</p>"),
    ("es", "- ¿Quién es?", "<p>—¿Quién es?</p>"),
    ("ru", "-- Привет, -- сказал он.\n-- Нет.", "<p>— Привет, — сказал он.</p> <p>— Нет.</p>"),
    ("pl", "— Dobrze.\n— Nie,\n— rzekł.", "<p>— Dobrze.</p> <p>— Nie, — rzekł.</p>"),
    ("en", "-- and so\n-- on", "<p>– and so – on</p>"),
    ("sv", "- Hej, sa hon.", "<p>– Hej, sa hon.</p>"),
    ("en", "- Salt.\n- Rope.", "<ul> <li>Salt.</li> <li>Rope.</li> </ul>"),
    ("en", "\tOne.\n\tTwo.\nand on.", "<p>One.</p> <p>Two. and on.</p>"),
    ("en", "    A letter that\n    is wrapped.\n\n    # Next", "<p>A letter that is wrapped.</p> <p># Next</p>"),
    ("en", "1. salt\n\n    more\n2. rope", '<ol type="1"> <li><p>salt</p> <p>more</p></li> <li><p>rope</p></li> </ol>'),
    ("en", "~~~\n\nOne.\n\n~~~\n\nTwo.", "<hr /> <p>One.</p> <hr /> <p>Two.</p>"),
    ("en", "~~~\ncode\n~~~", "<pre><code>code</code></pre>"),
    ("en", "Roses\\\nViolets", f"{LINES}Roses<br /> Violets</div>"),
    ("en", "| Roses\n|   are\n  red\n| *now*", f"{LINES}Roses<br /> \u00a0\u00a0are red<br /> <em>now</em></div>"),
    ("en", "<i>It's</i> <b>not</b> <em>over</em>", "<p><em>It’s</em> <strong>not</strong> <em>over</em></p>"),
    ("en", "<i>open and </b>", "<p>&lt;i&gt;open and &lt;/b&gt;</p>"),
    ("en", "A [Sea]{.smallcaps} *[is]{.sc}*", f"<p>A {SMALL}Sea</span> <em>{SMALL}is</span></em></p>"),
    ("ja", "｜山田《やまだ》と漢字《かんじ》", "<p>山田(やまだ)と漢字(かんじ)</p>"),
    ("zh", "他读《红楼梦》，｜字《zì》", "<p>他读《红楼梦》，字(zì)</p>"),
    ("ja", "<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>", "<p>東(とう)京(きょう)</p>"),
    ("en", "1984. It was\n\n1984. Still", "<p>1984. It was</p> <p>1984. Still</p>"),
    ("en", "[Mara]: Hello\n\n[^x]: there", "<p>[Mara]: Hello</p> <p>[^x]: there</p>"),
    *(("en", f"One.\n\n{each}\n\nTwo.", "<p>One.</p> <hr /> <p>Two.</p>") for each in BREAKS),
    ("en", "One.\n\n&nbsp;\n\n***\n\n<br>\n\nTwo.", "<p>One.</p> <hr /> <p>Two.</p>"),
)  # fmt: skip


@cache
def pages() -> list[str]:
    """Return all rows as HTML in one line; readings stand in brackets."""
    tables = [lookup.table(language) for language, _, _ in ROWS]
    texts = [
        markdown.readable(text, table.dash, japanese=table.code == "ja")
        for table, (_, text, _) in zip(tables, ROWS, strict=True)
    ]
    return [_page(blocks, table.quotes) for table, blocks in zip(tables, reading.read_texts(texts), strict=True)]


def _page(blocks: list[Node], marks: tuple[str, str, str, str]) -> str:
    vetted = Sanitizer(Path("/nowhere"), marks).blocks(blocks)
    quotes.curl(vetted, marks)
    given = f'{{"pandoc-api-version":[1,23,1],"meta":{{}},"blocks":{ruby.in_html(json.dumps(vetted))}}}'
    done = pandoc.run(["--from=json", "--to=html5", "--wrap=none"], given.encode(), folder=Path.cwd()).decode().strip()
    read = re.sub(r"</?(?:ruby|rt|rp)>|<span>|(?<!\w)</span>(?=<|\w|と|$)", "", done)
    return re.sub(r"[ \n]+", " ", read)


@pytest.mark.parametrize("place", range(len(ROWS)), ids=lambda place: repr(ROWS[place][1]))
def test_what_is_typed_is_set_as_it_is_meant(place: int) -> None:
    assert pages()[place] == ROWS[place][2]


@pytest.mark.parametrize("words", PROSE)
def test_short_words_and_silences_are_prose(words: str) -> None:
    (blocks,) = reading.read_texts([markdown.readable(f"One.\n\n{words}\n\nTwo.")])
    assert [block["t"] for block in Sanitizer(Path("/nowhere"), lookup.table("en").quotes).blocks(blocks)] == [
        "Para"
    ] * 3
