"""Answers in JSON: the pieces of their schemas. Pure. Knows no book, and not how an answer is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# A very small model keeps to plain English sentences only where its grammar allows nothing else.
PLAIN_TITLE = "^(The|A|Her|His) [A-Z][a-z]{2,9}( (of|in|on|and|from) (the )?[A-Z][a-z]{2,9})?$"
PLAIN_NAME = "^[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9})?$"
PLAIN_SENTENCE = (
    "(She|He|They|The|When|Then|But|In|At|One|It|Her|His|On|After|As)(,? ([A-Z][a-z]{2,12}|[a-z]{1,12})('s)?){6,20}[.]"
)


@dataclass(frozen=True)
class Schemas:
    """How closely a schema may bind a server: `bounds` on lengths and counts, `plain` text by pattern as well."""

    bounds: bool = False
    plain: bool = False

    def title(self) -> dict[str, Any]:
        """Return the schema of a short title."""
        return self._text(3, 60, PLAIN_TITLE)

    def name(self) -> dict[str, Any]:
        """Return the schema of a name."""
        return self._text(1, 40, PLAIN_NAME)

    def sentences(self, count: int) -> dict[str, Any]:
        """Return the schema of a few sentences, `count` of them where the text is bound by pattern."""
        return self._text(20, 400, f"^{' '.join([PLAIN_SENTENCE] * count)}$")

    def line(self) -> dict[str, Any]:
        """Return the schema of a short text on one line, which may be empty."""
        return {"type": "string"} | ({"maxLength": 200} if self.bounds else {})

    def many(self, items: Mapping[str, Any], low: int, high: int) -> dict[str, Any]:
        """Return the schema of a list of `low` to `high` items."""
        return {"type": "array", "items": items} | ({"minItems": low, "maxItems": high} if self.bounds else {})

    def whole(self, high: int) -> dict[str, Any]:
        """Return the schema of a whole number up to `high`."""
        return {"type": "integer"} | ({"minimum": 0, "maximum": high} if self.bounds else {})

    @staticmethod
    def record(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON is any
        """Return the schema of an object with exactly these properties."""
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def _text(self, low: int, high: int, pattern: str) -> dict[str, Any]:
        if self.plain:
            return {"type": "string", "pattern": pattern}
        return {"type": "string"} | ({"minLength": low, "maxLength": high} if self.bounds else {})
