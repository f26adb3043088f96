"""What it costs to go over a finished book: chapters revised, drafted again, renamed, checked and reviewed.

A book of 24 chapters at the sizes of a real novel is written with the scripted server, at the prices of kimi-k2.6.
Then each thing that an author may ask for a second draft is done to it by the command, and the ledger says what that
took. What the model answers are edits of three paragraphs, and three findings whose quotes are true with one whose is
not.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench import build, on_terminal, sample_book, seen, show, verdict
from click.testing import CliRunner
from novel import author, premise
from scripted import Reply, Request, Scripted

from novelist.book.paths import Book
from novelist.cli.main import main as novelist
from novelist.model import ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from novelist.model.ledger import Call

CHAPTERS = 24
EDITS = 3  # paragraphs in an answer
MOST_OF_A_DRAFT = (
    0.5  # of the dollars of the first draft that the reviews of all chapters, or their revisions, may cost
)
NUMBERED = re.compile(r"^\[(\d+)\](\*?) (.*)$", re.MULTILINE)


class Model:
    """The scripted server's answers."""

    def __init__(self) -> None:
        self._write = author(CHAPTERS)

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        kind = request.task.partition(":")[0]
        if kind == "revise":
            return Reply(json.dumps({"edits": self._edits(request)}))
        if kind == "read":
            return Reply(json.dumps({"findings": []}))
        if kind == "review":
            return Reply(json.dumps({"findings": self._findings(request)}))
        if kind == "triage":
            return Reply(json.dumps({"chapters": []}))
        if "If every fact" in request.prompt:
            return Reply("UNCHANGED")
        return self._write(request)

    @staticmethod
    def _shown(request: Request) -> list[tuple[str, str]]:
        """Return the paragraphs that a request shows, and that are no author's."""
        shown = request.prompt.partition("# What it must tell")[0]
        return [(number, text) for number, star, text in NUMBERED.findall(shown) if not star]

    def _edits(self, request: Request) -> list[dict[str, object]]:
        return [
            {
                "p": int(number),
                "do": "replace",
                "was": " ".join(text.split()[:4]),
                "text": f"{text} And so she was angry, and said so.",
                "why": 1,
            }
            for number, text in self._shown(request)[2 : 2 + EDITS]
        ]

    def _findings(self, request: Request) -> list[dict[str, object]]:
        true = [" ".join(text.split()[:6]) for _, text in self._shown(request)[2 : 2 + EDITS]]
        return [
            {
                "severity": severity,
                "kind": "other",
                "p": 3,
                "quote": quote,
                "against": "",
                "what": "Nothing here shows what she feels, and the reader has to be told it by somebody else.",
                "fix": "Let her say it herself, in a line or two, before she leaves the room.",
            }
            for severity, quote in zip(("must", "should", "may", "must"), [*true, "Nobody wrote this."], strict=False)
        ]


def row(name: str, calls: Sequence[Call]) -> list[str]:
    """Return what some calls took, as a row of the table."""
    read, cached, written = (
        sum(getattr(call.usage, part) for call in calls) for part in ("prompt", "cached", "completion")
    )
    return [name, f"{len(calls)}", f"{read:,}", f"{cached:,}", f"{written:,}", f"{dollars(calls):.3f}"]


def dollars(calls: Sequence[Call]) -> float:
    """Return what some calls cost."""
    return sum(call.cost or 0.0 for call in calls)


def command(*arguments: str) -> Callable[[], None]:
    """Return what gives a `novelist` command, which goes through."""

    def give() -> None:
        ran = CliRunner().invoke(novelist, arguments)
        if ran.exit_code:
            sys.exit(f"novelist {' '.join(arguments)} failed:\n{ran.output}{ran.stderr}")

    return give


def doit(*tasks: str) -> Callable[[], None]:
    """Return what runs doit, which goes through."""

    def run() -> None:
        status, printed = on_terminal(Book(Path()), *tasks)
        if status:
            sys.exit("\n".join([f"doit {' '.join(tasks)} failed:", *seen(printed)]))

    return run


def edited_by_hand() -> None:
    """Have an author type into chapter 9."""
    path = next(Path("chapters").glob("09-*.md"))
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    paragraphs[5] = f"{paragraphs[5]} And he knew it."
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")


def stale() -> None:
    """Have chapter 11 be stale for its section."""
    path = Path("outline.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^## 11\. .*$", r"\g<0>\n\nIt rains.", text, count=1, flags=re.MULTILINE), encoding="utf-8")


def lines() -> str:
    """Return the lines of a paragraph of chapter 8."""
    text = next(Path("chapters").glob("08-*.md")).read_text(encoding="utf-8").split("\n")
    first = next(at for at, line in enumerate(text, 1) if at > text.index("---", 1) + 6 and line.strip())
    return f"{first}-{first + 8}"


def main() -> int:
    """Measure, print the table, and return the exit status."""
    with sample_book(premise(CHAPTERS, "stale: ripple\n")) as book, Scripted(Model()) as server:
        keys = {"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-k2.6", "NOVELIST_YES": "1", "COLUMNS": "100"}
        os.environ.update({**keys, "KIMI_BASE_URL": server.base_url, "MOONSHOT_API_KEY": "sk-of-nobody"})
        status, printed = build(book)
        if status:
            sys.exit(f"The book was not built:\n{printed}")
        first = list(ledger.calls(book.ledger))
        wish = "Mara is angry, and says so"
        steps: list[tuple[str, Callable[[], None]]] = [
            ('revise 7 "…"', command("revise", "7", wish, "--yes")),
            ("revise 8 --lines", command("revise", "8", wish, "--lines", lines(), "--yes")),
            ("revise 9, edited by hand", command("revise", "9", wish, "--yes")),
            ("revise 11, stale for its section", command("revise", "11", wish, "--yes")),
            ("their summaries", doit()),
            ('redo 7 "…" --times 3', command("redo", "7", "darker", "--times", "3")),
            ("compare 7, take 7 2", command("take", "7", "2")),
            ("its summary", doit("summary:07")),
            ("rename, in 24 chapters", command("rename", "Mara", "Nora", "--yes")),
            ("lint, 24 chapters", command("lint")),
            ("check, 24 chapters", command("check")),
            ("review of 24 chapters", doit("review")),
            ("the book read as a whole", doit("read")),
            ("revision of all by their reviews", command("revise", f"1-{CHAPTERS}", "--yes")),
        ]
        edited_by_hand()
        doit()()
        stale()
        table, spent = [row("the first draft", first)], {}
        for name, step in steps:
            done = len(list(ledger.calls(book.ledger)))
            step()
            calls = list(ledger.calls(book.ledger))[done:]
            spent[name] = dollars(calls)
            table.append(row(name, calls))
    show(("", "calls", "tokens in", "cached", "out", "$"), table)
    reviewed, revised = spent["review of 24 chapters"], spent["revision of all by their reviews"]
    most = max(reviewed, revised) / dollars(first)
    free = not any(spent[name] for name in ("rename, in 24 chapters", "lint, 24 chapters", "check, 24 chapters"))
    print(f"\nReview and revision of the whole book: {(reviewed + revised) / dollars(first):.2f} of the first draft.")
    bound = f"each of the two costs {most:.2f} of it, at most {MOST_OF_A_DRAFT}; nothing is paid without a model"
    return verdict(held=most <= MOST_OF_A_DRAFT and free, bound=bound)


if __name__ == "__main__":
    sys.exit(main())
