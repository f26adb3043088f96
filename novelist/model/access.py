"""Which model writes, where, and with which key: read from the environment and `.env`, checked before any call.

Knows that a key goes only to the host that was configured in the same place. Knows no network.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dotenv import dotenv_values

from novelist.book.bounds import LARGEST_SETTINGS
from novelist.book.files import Files
from novelist.book.slips import nearest
from novelist.errors import FileError, SettingsError
from novelist.model.providers import DEFAULT_MODEL, DEFAULT_URL, KNOWN, Provider, is_private, tidy_url
from novelist.text import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEY = "MOONSHOT_API_KEY"
URL = "KIMI_BASE_URL"
NO_KEY = "none"
OTHERS = ("KIMI_PROVIDER", "KIMI_THINKING", "KIMI_TEMPERATURE", "KIMI_MAX_OUTPUT_TOKENS", "KIMI_PATIENCE")
THINKING = ("plan", "always", "never")
PROVIDERS = tuple(known.id for known in KNOWN)
NAMES = (KEY, URL, "KIMI_MODEL", *OTHERS, "NOVELIST_GGUF", "NOVELIST_BOOK", "NOVELIST_YES")
# What other programs call a key.
KEY_ELSEWHERE = re.compile("(?:(?:KIMI|MOONSHOT|OPENAI|LLM)_)?(?:API_?)?(?:KEY|TOKEN)", re.IGNORECASE)
COLON = re.compile(rf"^[ \t]*(?:export[ \t]+)?({'|'.join(NAMES)})[ \t]*:[ \t]*\S", re.MULTILINE)
MOST_PATIENCE = 86_400.0  # seconds


@dataclass(frozen=True)
class Access:
    """A model on a server; `base_url` is None for the embedded model, whose file is `gguf` where that is set.

    `provider` is set where it is not to be known by the address; `thinking` is one of THINKING: for plans only, or not;
    `patience` are the seconds to the first word, 0 where it is not set; `notes` say what of `.env` nobody reads.
    """

    base_url: str | None
    model: str
    key: str = field(default=NO_KEY, repr=False)
    temperature: float | None = None
    max_output_tokens: int | None = None
    gguf: Path | None = None
    provider: Provider | None = None
    thinking: str = THINKING[0]
    patience: float = 0.0
    notes: tuple[str, ...] = ()


def read_access(environ: Mapping[str, str], folders: Sequence[Path]) -> Access:
    """Return the access that the environment gives, else the first `.env` in `folders`.

    Raises SettingsError for a value that cannot be used, and for a key that would go to a host configured elsewhere;
    FileError for a `.env` that is no file.
    """
    places = _places(environ, folders)
    base_url, where = _first(places, URL)
    if base_url:
        base_url = _tidied(base_url, where)
        key = dict(places)[where].get(KEY, "")
    else:
        key, where = _first(places, KEY)
    if base_url and not key and not is_private(urlsplit(base_url).hostname or ""):
        elsewhere = _first(places, KEY)[1]
        if elsewhere:
            message = f"{where} sets {URL}, but {KEY} comes from {elsewhere}. Set both in the same place."
        else:
            message = f"{where} sets {URL}, but there is no key for it. Set {KEY} in the same place."
        raise SettingsError(message, why="A key goes only to the host that is named in the same place.")
    if any(ord(char) < 33 or ord(char) > 126 for char in key):
        message = f"{KEY} in {where} has characters that no key has. Copy the key again."
        raise SettingsError(message, why="A blank or a quotation mark came along.")
    gguf = _first(places, "NOVELIST_GGUF")[0]
    embedded = not key and not base_url
    path = Path(os.path.expanduser(gguf)) if gguf and embedded else None  # noqa: PTH111 - leaves an unknown user alone
    if path and not os.path.isfile(path):  # noqa: PTH113 - false for a name that no file can have
        message = f"$NOVELIST_GGUF is `{gguf}`, where there is no file. Name a model in GGUF form."
        raise SettingsError(message)
    return Access(
        base_url=None if embedded else base_url or DEFAULT_URL,
        model=_first(places, "KIMI_MODEL")[0] or DEFAULT_MODEL,
        key=key or NO_KEY,
        temperature=_number(places, "KIMI_TEMPERATURE", 0.0, 2.0),
        max_output_tokens=_whole(places, "KIMI_MAX_OUTPUT_TOKENS"),
        gguf=path,
        provider=next((known for known in KNOWN if known.id == _one_of(places, "KIMI_PROVIDER", PROVIDERS)), None),
        thinking=_one_of(places, "KIMI_THINKING", THINKING) or THINKING[0],
        patience=_number(places, "KIMI_PATIENCE", 1, MOST_PATIENCE) or 0.0,
        notes=tuple(line for folder in dict.fromkeys(folders) for line in unread(folder)),
    )


def unread(folder: Path) -> Iterator[str]:
    """Yield a line for each name in a folder's `.env` that may have been meant to be read, and for a `.env.txt`."""
    path = folder / ".env"
    text = _dotenv_text(path)
    for match in COLON.finditer(text):
        yield f"`{path}` has `{match[1]}:`, which nobody reads. Write `{match[1]}=` with what follows it."
    for name in sorted({*_values(text)} - {*NAMES}):
        if meant := _meant(name):
            yield f"`{path}` has {name}, which nobody reads; {meant} may be meant."
    beside = folder / ".env.txt"
    if beside.is_file() and not path.exists():
        yield f"`{beside}` is not read. Call it `{path}`."


def _meant(name: str) -> str:
    """Return the name that another one may be a slip of, or an empty text."""
    return KEY if KEY_ELSEWHERE.fullmatch(name) else nearest(name, [known.casefold() for known in NAMES]).upper()


Places = list[tuple[str, dict[str, str]]]


def _places(environ: Mapping[str, str], folders: Sequence[Path]) -> Places:
    """Return where settings may be, by name, with what is set there; the first that has one counts."""
    dotenvs = dict.fromkeys(folder / ".env" for folder in folders)
    environment = ("the environment", {name: value for name, value in environ.items() if value})
    return [environment, *((f"`{path}`", _values(_dotenv_text(path))) for path in dotenvs)]


@dataclass(frozen=True)
class Setting:
    """A variable that counts: its value, empty for a key, and the place that sets it, empty where none does."""

    name: str
    value: str
    where: str


def settings_of(access: Access, environ: Mapping[str, str], folders: Sequence[Path]) -> list[Setting]:
    """Return what `access` was read from: model, address and key, whether set or not, and what else is set.

    No secret is in it: not the key, and nothing that an address asks for behind its path.
    """
    places = _places(environ, folders)
    names = OTHERS if access.base_url else (*OTHERS, "NOVELIST_GGUF")
    others = [Setting(name, *_first(places, name)) for name in names if _first(places, name)[1]]
    if access.base_url is None:
        return others
    where = _first(places, URL)[1]
    key_from = "" if access.key == NO_KEY else where or _first(places, KEY)[1]
    address = urlsplit(access.base_url)._replace(query="", fragment="").geturl()
    model = Setting("KIMI_MODEL", access.model, _first(places, "KIMI_MODEL")[1])
    return [model, Setting(URL, address, where), Setting(KEY, "", key_from), *others]


def _dotenv_text(path: Path) -> str:
    """Return what a `.env` has, nothing where there is none. Raises SettingsError, and FileError for no file."""
    if path.is_dir():  # a virtual environment may be called so
        return ""
    try:
        # It may be a link to wherever a person keeps keys: what it says counts as said in this folder.
        real = path.resolve()
        return (Files(real.parent).read_text(real, LARGEST_SETTINGS) or "").removeprefix(BOM)
    except (OSError, RuntimeError, FileError) as error:  # RuntimeError: links in a circle, up to Python 3.12
        if isinstance(error, FileError) and error.__cause__ is None:
            raise FileError(path, error.line, error.message, why=error.why) from error  # it says what stands there
        message = f"`{path}` cannot be read as UTF-8 text. Save it again."
        raise SettingsError(message) from error


def _values(text: str) -> dict[str, str]:
    """Return what the text of a `.env` sets."""
    # No interpolation: a `.env` may not draw the environment's key into a value of its own.
    values = dotenv_values(stream=StringIO(text), interpolate=False)
    return {name: value.strip() for name, value in values.items() if value and value.strip()}


def _first(places: Places, name: str) -> tuple[str, str]:
    """Return the first value of `name` and the place that gave it, or two empty texts."""
    return next(((values[name], where) for where, values in places if values.get(name)), ("", ""))


def _tidied(base_url: str, where: str) -> str:
    """Return an address as it was meant. Raises SettingsError for one that is none, which may hold a secret."""
    try:
        parts = urlsplit(tidy_url(base_url))
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1)
    except ValueError:
        good = False
    if not good:
        message = f"{URL} in {where} is no address of a server. Write it as https://host/v1."
        raise SettingsError(message)
    if parts.username or parts.password:
        message = f"{URL} in {where} holds a user name or a password. Put the key into {KEY}."
        raise SettingsError(message, why="Addresses are shown and logged; keys never are.")
    return parts.geturl()


def _one_of(places: Places, name: str, allowed: Sequence[str]) -> str:
    text, where = _first(places, name)
    if text and text not in allowed:
        message = f"{name} in {where} is `{text}`. Set one of {', '.join(allowed)}, or leave it out."
        raise SettingsError(message)
    return text


def _number(places: Places, name: str, low: float, high: float) -> float | None:
    text, where = _first(places, name)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = high + 1
    if not low <= value <= high:
        message = f"{name} in {where} is `{text}`. Set a number from {low:g} to {high:g}, or leave it out."
        raise SettingsError(message)
    return value


def _whole(places: Places, name: str) -> int | None:
    text, where = _first(places, name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1_000_000):
        message = f"{name} in {where} is `{text}`. Set a whole number of tokens, or leave it out."
        raise SettingsError(message)
    return int(text)
