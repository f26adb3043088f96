"""The findings that a person has accepted: a small text file in the book, to be kept in git.

A line is a rule, a chapter's identity and what the finding is about; no lines or numbers, so that it holds when lines
and chapters move. Knows nothing of how a finding comes about.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from novelist.book.files import Files
from novelist.errors import BookError
from novelist.lint.finding import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from novelist.lint.finding import Finding

NAME = "lint-accepted.txt"
HEAD = """\
# What `novelist lint` is to be quiet about: rule, chapter, words. Delete a line to be told of it again;
# `novelist lint --accept` writes the file anew.
"""


def load(path: Path) -> Counter[tuple[str, str, str]]:
    """Return the accepted findings by their keys, none where there is no file.

    Raises BookError for a line that is not a finding.
    """
    accepted: Counter[tuple[str, str, str]] = Counter()
    for number, line in enumerate((Files(path.parent).read_text(path) or "").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        rule, _, rest = line.partition(": ")
        about, _, what = rest.partition(": ")
        if rule not in RULES or not about:
            message = f"`{line}` is not `rule: chapter: words`. Put it right, or delete the line."
            why = "`novelist lint --accept` writes this file."
            raise BookError(path, number, message, why=why)
        accepted[rule, about.removesuffix(":").strip(), " ".join(what.split())] += 1
    return accepted


def save(path: Path, findings: Iterable[Finding]) -> None:
    """Accept these findings and no others. Raises BookError where the disk does not let it."""
    lines = [f"{': '.join(finding.key).strip()}\n" for finding in sorted(findings, key=lambda finding: finding.key)]
    Files(path.parent).replace(path, HEAD + "".join(lines))


def split(findings: Iterable[Finding], accepted: Counter[tuple[str, str, str]]) -> tuple[list[Finding], int]:
    """Return the findings that are not accepted, and how many accepted ones are no longer found."""
    left = accepted.copy()
    new = []
    for finding in findings:
        if left[finding.key]:
            left[finding.key] -= 1
        else:
            new.append(finding)
    return new, left.total()
