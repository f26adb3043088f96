"""What an outline of 40 chapters takes where something is wrong with it: calls, tokens, and whether it lands.

The scripted server answers at the sizes of a real outline (130 words for a section), without thinking, gives no answer
more than 2,048 tokens, and plans two chapters of one title. For a second book three answers are useless. It reads what
is asked for from the prompt, so that it also answers what an older novelist asks.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

from bench import on_terminal, sample_book, show, verdict
from novel import premise
from scripted import Reply, Scripted, bible, prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripted import Request

CHAPTERS, WORDS, MOST_TOKENS = 40, 130, 2048
MOST_CALLS = 16  # the bible, the list, five runs, and what goes on where an answer was cut off
TWIN = 17
ITS_CHAPTERS = re.compile(r"one for each of these chapters: ([\d, ]+)\.")


def planned(number: int, words: int) -> dict[str, object]:
    """Return one chapter, the 17th with the title of the 16th."""
    title = f"The {prose(2, number - (number == TWIN))}".rstrip(".")
    return {"part": 0, "number": number, "title": title, "happens": prose(words, 100 + number)}


def answer(request: Request) -> str:
    """Return the whole answer to a request, the same each time it is asked for."""
    if "Plan the story bible" in request.prompt:
        return bible()
    if run := ITS_CHAPTERS.search(request.prompt):
        return json.dumps({"chapters": [planned(int(number), WORDS) for number in run[1].split(",")]})
    words = 25 if "First the list" in request.prompt else WORDS
    chapters = [planned(number, words) for number in range(1, CHAPTERS + 1)]
    return json.dumps({"title": "Salt", "about": prose(60, 1), "parts": [], "chapters": chapters})


def measured(is_useless: Callable[[Request], bool]) -> list[str]:
    """Draft an outline, in a second build if the first one fails, and return how that went."""
    tokens = [0, 0]

    def script(request: Request) -> Reply:
        whole = '{"chapters": []}' if is_useless(request) else answer(request)
        rest = whole.removeprefix(request.begun)
        most = 4 * min(MOST_TOKENS, int(request.body.get("max_tokens") or MOST_TOKENS))
        tokens[0], tokens[1] = tokens[0] + len(request.prompt) // 4, tokens[1] + min(len(rest), most) // 4
        return Reply(rest[:most], finish="stop" if len(rest) <= most else "length", piece=2000)

    with sample_book(premise(CHAPTERS)) as book, Scripted() as server:
        server.script = script
        os.environ.update(KIMI_BASE_URL=server.base_url, MOONSHOT_API_KEY="sk-bench", KIMI_THINKING="never")
        status, _ = on_terminal(book, "outline")
        first = len(server.requests)
        if status:
            on_terminal(book, "outline")
        landed = "lands" if book.outline.is_file() else "does not land"
        return [landed, f"{first}", f"{len(server.requests) - first}", *(f"{count:,}" for count in tokens)]


def three_useless() -> Callable[[Request], bool]:
    """Return what says that an answer for chapter 17 is useless, three times."""
    useless: list[Request] = []

    def is_useless(request: Request) -> bool:
        run = ITS_CHAPTERS.search(request.prompt)
        of_twin = run[1].startswith(f"{TWIN},") if run else "Plan this novel" in request.prompt
        if of_twin and "First the list" not in request.prompt:
            useless.append(request)
            return len(useless) <= 3
        return False

    return is_useless


def main() -> int:
    """Measure, print the table, and return the exit status."""
    rows = [
        ["one title twice, cut at 2,048", *measured(lambda _: False)],
        ["the same, three useless answers", *measured(three_useless())],
    ]
    show(("outline of 40", "it", "calls", "in a second build", "tokens in", "out"), rows)
    calls = int(rows[0][2])
    held = all(row[1] == "lands" for row in rows) and calls <= MOST_CALLS
    return verdict(held=held, bound=f"it lands in {calls} calls; at most {MOST_CALLS}")


if __name__ == "__main__":
    sys.exit(main())
