"""What one changed fact of an early chapter costs the chapters behind it: adapted by edits, and drafted again.

A book of 24 chapters at the sizes of a real novel, of which four later ones tell of a fact of chapter 3, is written
with the scripted server. Its author edits 276 paragraphs behind that chapter by hand, and then changes the fact. One
copy of the book is built with `stale: ripple`; one without the hand edits, which no redraft keeps, with `stale:
redraft`. What the model answers changes each paragraph that tells of the fact, and also tries what must be refused.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sys
from difflib import SequenceMatcher
from pathlib import Path

from bench import build, sample_book, show, verdict
from novel import author, premise
from scripted import Reply, Request, Scripted

from novelist.book import frontmatter, paragraphs
from novelist.book.paths import KEYS, Book
from novelist.model import ledger

CHAPTERS, CHANGED = 24, 3
FOLLOWING = (5, 9, 14, 20)
HAND_EDITS = 276
WAS, IS = "The lamp was green that night", "The lamp was red that night"
MOST_DOLLARS, MOST_WORDS, LEAST_IN = 0.25, 0.06, 0.926
NUMBERED = re.compile(r"^\[(\d+)\](\*?) (.*)$", re.MULTILINE)


class Model:
    """The scripted server's answers, and the edits that were right and wrong in them."""

    def __init__(self) -> None:
        self._write = author(CHAPTERS)
        self._random = random.Random(19)  # noqa: S311 - a book, no secret
        self.right = self.wrong = 0

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        kind, _, number = request.task.partition(":")
        if kind == "chapter":
            return Reply(self._chapter(request, int(number)), piece=2000)
        if kind == "summary":
            return Reply(self._summary(request, int(number)), piece=2000)
        if kind == "triage":
            return Reply(json.dumps({"chapters": FOLLOWING}))
        if kind == "ripple":
            return Reply(
                json.dumps({"edits": [] if "You answered this already" in request.prompt else self._edits(request)})
            )
        return self._write(request)

    def _chapter(self, request: Request, number: int) -> str:
        text = self._write(request).text
        if number not in (CHANGED, *FOLLOWING):
            return text
        split = text.split("\n\n")
        for place in (4, 11):
            split[place] += f" {WAS}."
        return "\n\n".join(split)

    def _summary(self, request: Request, number: int) -> str:
        if number == CHANGED:
            fact = WAS if WAS in request.prompt.partition("# Your task")[0].rpartition("# Chapter 3, ")[2] else IS
            return f"Mara looks up. {fact}.\n\nFacts:\n- Lamp: {fact.split()[3]}"
        return "UNCHANGED" if "If every fact" in request.prompt else self._write(request).text

    def _edits(self, request: Request) -> list[dict[str, object]]:
        """Return an edit for each paragraph that tells of the fact, and some that must be refused."""
        shown = request.prompt.partition("as it stands\n\n")[2].partition("# What it must tell")[0]
        edits = []
        for number, star, text in NUMBERED.findall(shown):
            first = " ".join(text.split()[:4])
            if WAS in text:
                edits.append({"p": int(number), "do": "replace", "was": first, "text": text.replace(WAS, IS), "why": 1})
                self.right += 1
            elif star and self._random.random() < 0.2:
                edits.append({"p": int(number), "do": "replace", "was": first, "text": "Theirs.", "why": 1})
                self.wrong += 1
        self.wrong += 1
        return [*edits, {"p": 999, "do": "replace", "was": "Nothing", "text": "Nothing.", "why": 1}]


def chapters(book: Book) -> dict[int, Path]:
    """Return the files of the chapters by their numbers."""
    return {int(path.name.partition("-")[0]): path for path in sorted(book.chapters.glob("*.md"))}


def prose_of(path: Path) -> str:
    """Return the prose of a chapter."""
    return frontmatter.parse(path.read_text(encoding="utf-8"), KEYS).body


def edit_by_hand(book: Book) -> dict[int, list[str]]:
    """Have an author edit paragraphs of the chapters behind the one that changes, and return them as they are then."""
    chosen = random.Random(20)  # noqa: S311 - as above
    files = {number: path for number, path in chapters(book).items() if number > CHANGED}
    places = [
        (number, each.text)
        for number, path in files.items()
        for each in paragraphs.split(prose_of(path))
        if WAS not in each.text and len(each.text.split()) > 5
    ]
    typed: dict[int, list[str]] = {}
    for count, (number, text) in enumerate(chosen.sample(places, HAND_EDITS)):
        words = text.split(" ")
        words.insert(chosen.randrange(1, len(words)), f"and {count} more")
        new = " ".join(words)
        page = files[number].read_text(encoding="utf-8")
        files[number].write_text(page.replace(text, new), encoding="utf-8")
        typed.setdefault(number, []).append(new)
    return typed


def change(book: Book) -> None:
    """Have an author change the fact in the chapter that tells it first."""
    path = chapters(book)[CHANGED]
    path.write_text(path.read_text(encoding="utf-8").replace(WAS, IS), encoding="utf-8")


def built() -> None:
    """Build the book that this process is in, as one that nobody has read yet."""
    status, printed = build(Book(Path()))
    if status:
        sys.exit(f"The book was not built:\n{printed}")


def followed(book: Book) -> tuple[list[str], float, float]:
    """Change the fact, build the book, and return a row, the dollars, and the share of the words that changed."""
    before = {number: prose_of(path).split() for number, path in chapters(book).items() if number > CHANGED}
    done = len(list(ledger.calls(book.ledger)))
    change(book)
    built()
    calls = list(ledger.calls(book.ledger))[done:]
    words = changed = 0
    for number, old in before.items():
        new = prose_of(chapters(book)[number]).split()
        same = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
        words, changed = words + len(old), changed + len(old) - same
    dollars = sum(call.cost or 0.0 for call in calls)
    read, written = (sum(getattr(call.usage, name) for call in calls) for name in ("prompt", "completion"))
    row = [f"{len(calls)}", f"{read:,}", f"{written:,}", f"{dollars:.3f}", f"{100 * changed / words:.2f}"]
    return row, dollars, changed / words


def kept_and_made(book: Book, typed: dict[int, list[str]]) -> tuple[int, int]:
    """Return how many paragraphs are as the author typed them, and how many tell of the fact as it is now."""
    texts = {number: prose_of(path) for number, path in chapters(book).items()}
    kept = sum(each in texts[number] for number, edited in typed.items() for each in edited)
    return kept, sum(texts[number].count(IS) for number in FOLLOWING)


def main() -> int:
    """Measure, print the table, and return the exit status."""
    model = Model()
    with sample_book(premise(CHAPTERS, "stale: redraft\n")) as book, Scripted(model) as server:
        keys = {"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-k2.6", "NOVELIST_YES": "1"}
        os.environ.update({**keys, "KIMI_BASE_URL": server.base_url, "MOONSHOT_API_KEY": "sk-of-nobody"})
        built()
        adapted, cloned = (Book(book.root.parent / name) for name in ("adapted", "cloned"))
        shutil.copytree(book.root, adapted.root)
        again, dollars_again, _ = followed(book)
        os.chdir(adapted.root)
        text = adapted.premise.read_text(encoding="utf-8")
        adapted.premise.write_text(text.replace("stale: redraft", "stale: ripple"), encoding="utf-8")
        typed = edit_by_hand(adapted)
        built()
        shutil.copytree(adapted.root, cloned.root, ignore=shutil.ignore_patterns(".novelist"))
        edits, dollars, share = followed(adapted)
        kept, made = kept_and_made(adapted, typed)
        right, wrong = model.right, model.wrong
        os.chdir(cloned.root)
        edits_in_clone, _, _ = followed(cloned)
        held = kept_and_made(cloned, typed) == (kept, made) == (HAND_EDITS, made)
        os.chdir(book.root)
    rows = [["drafted again", *again], ["adapted", *edits], ["adapted in a clone", *edits_in_clone]]
    show(("", "calls", "tokens in", "out", "$", "% of words changed"), rows)
    print(
        f"\n{kept} of {HAND_EDITS} hand edits kept byte for byte; {made} of {right} right edits in, {wrong} wrong ones"
    )
    print("refused; the same in a clone.\n" if held else "refused; otherwise in a clone.\n")
    held = held and made >= LEAST_IN * right and share <= MOST_WORDS
    of_dollars = f"{dollars / dollars_again:.2f} of the dollars, at most {MOST_DOLLARS}"
    bound = f"{of_dollars}; {100 * share:.2f} % of the words, at most {100 * MOST_WORDS:.0f}"
    return verdict(held=held and dollars <= MOST_DOLLARS * dollars_again, bound=bound)


if __name__ == "__main__":
    sys.exit(main())
