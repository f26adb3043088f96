"""Which model writes, where, and with which key: read from the environment and `.env`, checked before any call.

Knows that a key goes only to the host that was configured in the same place. Knows no network.
"""

from __future__ import annotations

import logging
import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dotenv import dotenv_values

from novelist.book.bounds import LARGEST_SETTINGS
from novelist.book.files import Files
from novelist.book.slips import nearest
from novelist.errors import FileError, NovelistError, SettingsError
from novelist.model.providers import DEFAULT_MODEL, DEFAULT_URL, KNOWN, Provider, is_host, is_private, tidy_url
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
# What other programs call the same.
_VENDORS = (
    "KIMI|MOONSHOT|NOVELIST|LLM|OPENAI|OPENROUTER|DEEPSEEK|ANTHROPIC|GEMINI|GROQ|MISTRAL|XAI|ZHIPU|DASHSCOPE|OLLAMA"
)
ELSEWHERE = {
    KEY: re.compile(rf"(?:(?:{_VENDORS})_)?(?:API_?)?(?:KEY|TOKEN)", re.IGNORECASE),
    URL: re.compile(rf"(?:(?:{_VENDORS})_)?(?:API_?)?(?:BASE|URL|BASE_?URL|ENDPOINT|HOST)", re.IGNORECASE),
    "KIMI_MODEL": re.compile(rf"(?:(?:{_VENDORS})_)?MODEL(?:_?(?:NAME|ID))?", re.IGNORECASE),
    "KIMI_MAX_OUTPUT_TOKENS": re.compile(rf"(?:(?:{_VENDORS})_)?MAX_(?:COMPLETION_)?TOKENS", re.IGNORECASE),
}
# A line that is about one of our names, in whatever form: of a shell, of PowerShell, of YAML, of JSON.
ABOUT = re.compile(
    rf"^[^\w#\n]*(?:(?:export|setx?|let|declare)[ \t]+|env:)?[^\w#\n]?"
    rf"({'|'.join(NAMES).replace('_', '[-_ ]')})\b[\"']?[ \t]*[:：=＝]?",
    re.MULTILINE | re.IGNORECASE,
)
# What is a `.env` by another name, the last three where they set something of ours.
BESIDE = (".env.txt", ".env.rtf", "env", "env.txt", "_env")
UNSEEN = dict.fromkeys(map(ord, f"{BOM}\u200b"))
QUOTED = re.compile("^[“”„«‘’‚»](.*)[“”„«‘’‚»]$")
# What it cannot parse is told by `unread`, where it is about us.
logging.getLogger("dotenv").addHandler(logging.NullHandler())
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
    """Yield a line for what in a folder's `.env` may have been meant to be read, and for one by another name."""
    path = folder / ".env"
    text = _dotenv_text(path)
    known = _names(text)
    for match in ABOUT.finditer(text):
        name, written = re.sub("[- ]", "_", match[1]).upper(), match[0].strip()
        if known & {name, match[1], f'"{match[1]}"'}:
            continue
        if re.fullmatch(rf"(?:export[ \t]+)?'?{name}'?[ \t]*=", written):
            yield f"`{path}` has a {name} that cannot be read. Close its quotation mark."
        else:
            yield f"`{path}` has `{written}`, which nobody reads. Write `{name}=` with what follows it."
    values = _values(text)
    for name in sorted({*values} - {*NAMES}):
        if (meant := _meant(name)) and not (meant in values and ELSEWHERE.get(meant)):
            yield f"`{path}` has {name}, which nobody reads; {meant} may be meant."
    if not path.exists():
        yield from (f"`{beside}` is not read. Call it `{path}`." for beside in _beside(folder))


def _beside(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder that set something of ours, and are no `.env` by their name."""
    for name in BESIDE:
        path = folder / name
        with suppress(NovelistError):
            if path.is_file() and (name.startswith(".env.") or ABOUT.search(_dotenv_text(path))):
                yield path


def _meant(name: str) -> str:
    """Return the name that another one may be a slip of, or an empty text."""
    same = (ours for ours, pattern in ELSEWHERE.items() if pattern.fullmatch(name))
    return next(same, "") or nearest(name, [known.casefold() for known in NAMES]).upper()


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
        text = (Files(real.parent).read_text(real, LARGEST_SETTINGS) or "").translate(UNSEEN)
    except (OSError, RuntimeError, FileError) as error:  # RuntimeError: links in a circle, up to Python 3.12
        if isinstance(error, FileError) and error.__cause__ is None:
            raise FileError(path, error.line, error.message, why=error.why) from error  # it says what stands there
        message = f"`{path}` cannot be read as UTF-8 text. Save it again."
        raise SettingsError(message) from error
    if "\0" in text:  # UTF-16 without its mark
        message = f"`{path}` cannot be read as UTF-8 text. Save it again."
        raise SettingsError(message)
    return text


def _values(text: str) -> dict[str, str]:
    """Return what the text of a `.env` sets, without the quotation marks of a word processor."""
    values = {name: QUOTED.sub(r"\1", (value or "").strip()).strip() for name, value in _parsed(text).items()}
    return {name: value for name, value in values.items() if value}


def _names(text: str) -> frozenset[str]:
    """Return the names that the text of a `.env` has, whether it sets them or leaves them empty."""
    return frozenset(name for name, value in _parsed(text).items() if value is not None)


def _parsed(text: str) -> Mapping[str, str | None]:
    # No interpolation: a `.env` may not draw the environment's key into a value of its own.
    return dotenv_values(stream=StringIO(text), interpolate=False)


def _first(places: Places, name: str) -> tuple[str, str]:
    """Return the first value of `name` and the place that gave it, or two empty texts."""
    return next(((values[name], where) for where, values in places if values.get(name)), ("", ""))


def _tidied(base_url: str, where: str) -> str:
    """Return an address as it was meant. Raises SettingsError for one that is none, which may hold a secret."""
    try:
        parts = urlsplit(tidy_url(base_url))
        good = parts.scheme in ("http", "https") and is_host(parts.hostname or "") and (parts.port or 1)
        good = good and parts.geturl().isprintable() and " " not in parts.geturl()
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
