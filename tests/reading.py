"""What a judge answers of a whole book, and what stands of it in the book's reading."""

from __future__ import annotations

import json
import re

from in_process import Here, body

READING = "reviews/book.md"
SECTION = "Mara breaks the lamp.\n\nShe hides the pieces from Eskil."


def finding(
    quote: str, severity: str = "should", section: int = 0, text: str = "", **more: object
) -> dict[str, object]:
    """Return a finding as a judge answers it."""
    usual = {"severity": severity, "chapters": [2], "quote": quote, "against": "", "what": "Nothing changes."}
    return {**usual, "fix": "Change it.", "section": section, "text": text, **more}


def judged(*findings: dict[str, object]) -> str:
    """Return an answer with findings."""
    return json.dumps({"findings": list(findings)})


def desk(book: Here) -> list[str]:
    """Return the lines of the reading, without its front matter, its hint and the days."""
    text = body((book / READING).read_text())
    return re.sub(r"## \d{4}-\d\d-\d\d", "## DAY", text).split("\n")[2:]
