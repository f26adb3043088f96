"""What may be done to any text: compare, digest, name a file after it, make it safe to print.

Knows Unicode. Knows no files and no book. `normalise`, `digest` and `slug` are held by golden tests: to change one
would make every finished book stale.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

BOM = "\ufeff"
DIGEST_DIGITS = 12
SLUG_BYTES = 80
# Compiled where it is asked for: few commands ask. A language, script, region, variants, extensions, private use.
TAG = (
    "[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    "(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?"
)


def normalise(text: str) -> str:
    """Return `text` without a BOM, with Unix line ends, and without trailing blanks or outer blank lines."""
    text = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def digest(text: str) -> str:
    """Return 48 bits of SHA-256 of the normalised text in hexadecimal, led by an `h` so that YAML reads no number."""
    return as_digest(hashlib.sha256(encoded(normalise(text))))


def exact_digest(text: str) -> str:
    """Return a digest of `text` as it is, blanks and line ends too: of what is compared, and never of what is kept."""
    return as_digest(hashlib.sha256(encoded(text)))


def encoded(text: str) -> bytes:
    """Return the bytes of `text` that a digest is of."""
    return text.encode("utf-8", "surrogatepass")


def as_digest(sha256: hashlib._Hash) -> str:
    """Return the digest of what has gone into a SHA-256."""
    return "h" + sha256.hexdigest()[:DIGEST_DIGITS]


def slug(text: str) -> str:
    """Return `text` as an identity and part of a file name: letters and digits of any script, and hyphens.

    At most 80 bytes of UTF-8, case-folded and composed (NFC), so that two different slugs are two different files on
    every file system. Empty where `text` has no letter and no digit.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    marked = "".join(char if unicodedata.category(char)[0] in "LMN" else "-" for char in folded)
    short = re.sub("-+", "-", marked).strip("-").encode()[:SLUG_BYTES].decode("utf-8", "ignore").strip("-")
    return short if any(unicodedata.category(char)[0] in "LN" for char in short) else ""


def counted(number: int, what: str) -> str:
    """Return `1 chapter`, `2,000 chapters`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def is_language_tag(text: str) -> bool:
    """Say whether this has the form of a language tag, such as `de`, `pt-BR` or `en_GB` (RFC 5646, section 2.1)."""
    return re.fullmatch(TAG, text.replace("_", "-")) is not None


def base_language(tag: str) -> str:
    """Return the language of a tag such as `de`, `pt-BR` or `en_GB`, without what else it says."""
    return re.split("[-_]", tag.casefold(), maxsplit=1)[0]


def printable(text: str) -> str:
    """Return `text` as it may go to a terminal or a file: without control characters, lone surrogates and BOMs."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(BOM, "")
    return "".join(
        char
        for char in text
        if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in "\u2028\u2029")
    )


def clean(text: str) -> str:
    """Return `text` with such characters only as every format can hold."""
    return re.sub("[\ufdd0-\ufdef\ufffe\uffff]", "", printable(text))  # XML has no way to write these
