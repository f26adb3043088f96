"""What lint prints: lines for people, and JSON for programs. Pure."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from novelist.language.lengths import length
from novelist.lint.finding import RULES, SURENESS
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from novelist.lint.check import Report
    from novelist.lint.finding import Finding, NotChecked

VERSION = 1


def lines(report: Report, new: Sequence[Finding], gone: int, near: Callable[[Path], str]) -> Iterator[str]:
    """Yield the findings by file, why each rule matters, what was not checked, and the sums.

    `near` says a path as the person who reads it would.
    """
    for _, group in groupby(new, key=attrgetter("path")):
        for finding in group:
            yield f"{near(finding.path)}:{finding.line}: {finding.message} [{finding.rule}, {finding.sure}]"
        yield ""
    rules = Counter(finding.rule for finding in new)
    for rule in RULES:
        if rule in rules:
            yield f"{rule:12} {rules[rule]:3}  {RULES[rule].why}"
    if rules:
        yield ""
    for skipped in report.not_checked:
        yield f"not checked: {_skipped(skipped, near)}"
    if report.not_checked:
        yield ""
    sums = f"{counted(report.chapters, 'chapter')}, {length(report.words, report.language)}"
    yield f"{sums}: {summed(new, len(report.findings) - len(new), gone)}."


def _skipped(skipped: NotChecked, near: Callable[[Path], str]) -> str:
    rules = "" if skipped.rules == tuple(RULES) else f"{', '.join(skipped.rules)}: "
    return f"{near(skipped.path)}: {rules}{skipped.why}" if skipped.path else f"{rules}{skipped.why}"


def summed(findings: Sequence[Finding], quiet: int, gone: int) -> str:
    """Return in words how many findings there are, by how sure they are, and how many are accepted, or are no more."""
    by_sureness = Counter(finding.sure for finding in findings)
    parts = [f"{by_sureness[sure]} {sure}" for sure in reversed(SURENESS) if by_sureness[sure]]
    line = f"{counted(len(findings), 'finding')} ({', '.join(parts)})" if findings else "nothing found"
    line += f", {quiet} accepted" if quiet else ""
    return f"{line}, {gone} accepted before and no longer found" if gone else line


def dump(report: Report, new: Sequence[Finding], root: Path) -> dict[str, Any]:
    """Return what was found for programs.

    Its shape holds while its `version` stays: `chapters` and `words` that were read, `findings`, how many were
    `accepted`, and what was `not_checked`. A finding has `rule`, `sure` (`sure`, `likely` or `maybe`), `file` (from the
    book's folder), `line` (from 1), `about` (the chapter's id, `bible` or `book`), `message` and `why`. What was not
    checked has `rules`, `file` (or null: the book) and `why`. Keys may be added.
    """
    return {
        "version": VERSION,
        "chapters": report.chapters,
        "words": report.words,
        "findings": [
            {
                "rule": finding.rule,
                "sure": finding.sure,
                "file": finding.path.relative_to(root).as_posix(),
                "line": finding.line,
                "about": finding.about,
                "message": finding.message,
                "why": RULES[finding.rule].why,
            }
            for finding in new
        ],
        "accepted": len(report.findings) - len(new),
        "not_checked": [
            {
                "rules": list(skipped.rules),
                "file": skipped.path.relative_to(root).as_posix() if skipped.path else None,
                "why": skipped.why,
            }
            for skipped in report.not_checked
        ],
    }
