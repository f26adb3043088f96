"""What check prints: lines for people, JSON for programs. Knows no rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from novelist.lint.finding import CONTINUITY
from novelist.lint.report import summed
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from novelist.continuity.check import Report
    from novelist.lint.finding import Finding, NotChecked

VERSION = 1


def lines(
    report: Report, new: Sequence[Finding], gone: int, near: Callable[[Path], str], price: str = ""
) -> Iterator[str]:
    """Yield the findings, each with the line that it contradicts, why each rule matters, what was not checked, sums.

    `near` says a path as the person who reads it would; `price`, what the missing summaries would take.
    """
    for each in new:
        yield f"{near(each.path)}:{each.line}: {each.message}: “{each.quote}” [{each.rule}, {each.sure}]"
        if each.against:
            yield f"  against {near(each.against.path)}:{each.against.line}: “{each.against.quote}”"
    rules = Counter(each.rule for each in new)
    if rules:
        yield ""
    for rule, of_it in CONTINUITY.items():
        if rule in rules:
            yield f"{rule:12} {rules[rule]:3}  {of_it.why}"
    if rules:
        yield ""
    for skipped in report.not_checked:
        where = f"{near(skipped.path)}: " if skipped.path else ""
        yield f"not checked: {where}{', '.join(skipped.rules)}: {skipped.why}"
    if price:
        yield price
    if report.not_checked:
        yield ""
    sums = f"{counted(report.chapters, 'chapter')}, {counted(report.facts, 'fact')}"
    yield f"{sums}: {summed(new, len(report.findings) - len(new), gone)}."


def dump(report: Report, new: Sequence[Finding], root: Path) -> dict[str, Any]:
    """Return what was found for programs.

    Its shape holds while its `version` stays: how many `chapters`, `summaries` and `facts` there are, `findings`, how
    many were `accepted`, and what was `not_checked`, as lint has them. A finding has `quote` beside what one of lint
    has, and `against` with `file`, `line` and `quote`, or null. Keys may be added.
    """

    def file(path: Path) -> str:
        return path.relative_to(root).as_posix()

    def finding(each: Finding) -> dict[str, Any]:
        place = each.against
        against = {"file": file(place.path), "line": place.line, "quote": place.quote} if place else None
        return {
            "rule": each.rule,
            "sure": each.sure,
            "file": file(each.path),
            "line": each.line,
            "about": each.about,
            "message": each.message,
            "quote": each.quote,
            "against": against,
            "why": CONTINUITY[each.rule].why,
        }

    def not_checked(each: NotChecked) -> dict[str, Any]:
        return {"rules": list(each.rules), "file": file(each.path) if each.path else None, "why": each.why}

    return {
        "version": VERSION,
        "chapters": report.chapters,
        "summaries": report.summaries,
        "facts": report.facts,
        "findings": [finding(each) for each in new],
        "accepted": len(report.findings) - len(new),
        "not_checked": [not_checked(each) for each in report.not_checked],
    }
