"""The findings that a person has accepted: a small text file in the book, to be kept in git.

It has those of lint and those of check, each of which sees its own, by their rules. A line is a rule, a chapter's
identity and what the finding is about; no lines or numbers, so that it holds when lines and chapters move. Knows
nothing of how a finding comes about.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from novelist.book.files import Files
from novelist.errors import BookError
from novelist.lint.finding import CONTINUITY, RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from novelist.lint.finding import Finding

NAME = "lint-accepted.txt"
HEAD = """\
# What `novelist lint` and `novelist check` are to be quiet about: rule, chapter, words. Delete a line to be told of it
# again; either of them writes its own lines anew with `--accept`.
"""


def load(path: Path, rules: Collection[str]) -> Counter[tuple[str, str, str]]:
    """Return the accepted findings of some rules by their keys, none where there is no file.

    Raises BookError for a line that is not a finding, of whatever rule.
    """
    accepted = _load(path)
    return Counter({key: times for key, times in accepted.items() if key[0] in rules})


def _load(path: Path) -> Counter[tuple[str, str, str]]:
    accepted: Counter[tuple[str, str, str]] = Counter()
    for number, line in enumerate((Files(path.parent).read_text(path) or "").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        rule, _, rest = line.partition(": ")
        about, _, what = rest.partition(": ")
        if rule not in {**RULES, **CONTINUITY} or not about:
            message = f"`{line}` is not `rule: chapter: words`. Put it right, or delete the line."
            why = "`novelist lint --accept` writes this file."
            raise BookError(path, number, message, why=why)
        accepted[rule, about.removesuffix(":").strip(), " ".join(what.split())] += 1
    return accepted


def save(path: Path, findings: Iterable[Finding], rules: Collection[str]) -> None:
    """Accept these findings of some rules and no others; those of other rules stay. Raises BookError as `load` does."""
    others = [key for key in _load(path).elements() if key[0] not in rules]
    lines = [f"{': '.join(key).strip()}\n" for key in sorted([*others, *(finding.key for finding in findings)])]
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
