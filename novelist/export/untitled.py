"""Pages without a title that is seen, in HTML of pandoc's: a dedication is named for who cannot see it. Pure."""

from __future__ import annotations

import re

HEADING = re.compile(
    r'(<section id="[^"<>]*"\s+class="level[1-6] matter untitled [^"<>]*"[^<>]*)>\s*'
    r'<h([1-6])\s+class="matter untitled [^"<>]*"[^<>]*>(.*?)</h\2>',
    re.DOTALL,
)


def untitled(page: str) -> str:
    """Return HTML in which a section whose heading is not to be seen is called so instead."""

    def named(match: re.Match[str]) -> str:
        label = " ".join(match[3].split()).replace('"', "&quot;")
        return f'{match[1]} aria-label="{label}">'

    return HEADING.sub(named, page)
