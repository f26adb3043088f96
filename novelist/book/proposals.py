"""What a finding on a book proposes: a section of the outline as it might be, below the finding in its file. Pure.

Knows the form of it. Knows no outline, and not whether that has such a section.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = re.compile(
    r"[ \t]+section[ \t]*(?=[0-9{])([0-9]{0,6})[ \t]*(?:\{#([^\s{}]+)\})?[ \t]*:[ \t]*(.*)", re.IGNORECASE
)


class Proposal(NamedTuple):
    """A section's whole new text; its `identity` names it, else its number, which a person may have written alone."""

    number: int
    text: str
    identity: str = ""

    def lines(self) -> list[str]:
        """Return it as it stands in a file, below its finding."""
        identity = f" {{#{self.identity}}}" if self.identity else ""
        number = f" {self.number}" if self.number else ""
        return [f"  Section{number}{identity}:", *(f"    {line}" if line else "" for line in self.text.split("\n"))]


def parted(block: Sequence[str]) -> tuple[Sequence[str], Proposal | None]:
    """Return the lines of a finding without what it proposes, and that; None where it proposes nothing."""
    for at, line in enumerate(block):
        if at and (match := HEAD.fullmatch(line)):
            text = normalise("\n".join([match[3], textwrap.dedent("\n".join(block[at + 1 :]))]))
            return block[:at], Proposal(int(match[1] or 0), text, match[2] or "") if text else None
    return block, None
