"""The variables that say which model writes: where each is set, in the environment or a `.env`, and what nobody reads.

Knows their names, what other programs call the same, and how a `.env` is read. Knows not what their values are worth.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from io import StringIO
from typing import TYPE_CHECKING

from dotenv import dotenv_values

from novelist.book.bounds import LARGEST_SETTINGS
from novelist.book.files import Files
from novelist.book.slips import nearest
from novelist.errors import FileError, NovelistError, SettingsError
from novelist.text import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

KEY = "MOONSHOT_API_KEY"
URL = "KIMI_BASE_URL"
MODEL = "KIMI_MODEL"
OTHERS = ("KIMI_PROVIDER", "KIMI_THINKING", "KIMI_TEMPERATURE", "KIMI_MAX_OUTPUT_TOKENS", "KIMI_PATIENCE")
# The tasks that may have a model of their own, and what people call them; chapters are the main model's.
TASKS = {
    "PLAN": ("PLANS", "PLANNING", "IDEA", "BIBLE", "OUTLINE", "SECTIONS", "STYLE"),
    "SUMMARY": ("SUMMARIES", "ARC", "ARCS"),
    "REVIEW": ("REVIEWS", "JUDGE", "CRITIC"),
    "": ("CHAPTER", "CHAPTERS", "DRAFT", "DRAFTS", "PROSE"),
}
OF_TASKS = tuple(f"{name}_{task}" for task in TASKS if task for name in (MODEL, URL, KEY))
NAMES = (
    KEY,
    URL,
    MODEL,
    *OTHERS,
    *OF_TASKS,
    "NOVELIST_GGUF",
    "NOVELIST_BOOK",
    "NOVELIST_YES",
    "NOVELIST_ASK",
    "NOVELIST_CAP",
    "NOVELIST_UNPRICED",
)
# What other programs call the same.
_VENDORS = (
    "KIMI|MOONSHOT|NOVELIST|LLM|OPENAI|OPENROUTER|DEEPSEEK|ANTHROPIC|GEMINI|GROQ|MISTRAL|XAI|ZHIPU|DASHSCOPE|OLLAMA"
)
ELSEWHERE = {
    KEY: re.compile(rf"(?:(?:{_VENDORS})_)?(?:API_?)?(?:KEY|TOKEN)", re.IGNORECASE),
    URL: re.compile(rf"(?:(?:{_VENDORS})_)?(?:API_?)?(?:BASE|URL|BASE_?URL|ENDPOINT|HOST)", re.IGNORECASE),
    MODEL: re.compile(rf"(?:(?:{_VENDORS})_)?MODEL(?:_?(?:NAME|ID))?", re.IGNORECASE),
    "KIMI_MAX_OUTPUT_TOKENS": re.compile(rf"(?:(?:{_VENDORS})_)?MAX_(?:COMPLETION_)?TOKENS", re.IGNORECASE),
}
OURS = frozenset({"KIMI", "MOONSHOT", "NOVELIST", "MODEL"})  # one of these is in a name that may be meant for a task
# A line that is about one of our names, in whatever form: of a shell, of PowerShell, of YAML, of JSON.
ABOUT = re.compile(
    rf"^[^\w#\n]*(?:(?:export|setx?|let|declare)[ \t]+|env:)?[^\w#\n]?"
    rf"({'|'.join(sorted(NAMES, key=len, reverse=True)).replace('_', '[-_ ]')})\b[\"']?[ \t]*[:：=＝]?",
    re.MULTILINE | re.IGNORECASE,
)
# What is a `.env` by another name, the last three where they set something of ours.
BESIDE = (".env.txt", ".env.rtf", "env", "env.txt", "_env")
UNSEEN = dict.fromkeys(map(ord, f"{BOM}\u200b"))
QUOTED = re.compile("^[“”„«‘’‚»](.*)[“”„«‘’‚»]$")
# What it cannot parse is told by `unread`, where it is about us.
logging.getLogger("dotenv").addHandler(logging.NullHandler())

Places = list[tuple[str, dict[str, str]]]


def places_of(environ: Mapping[str, str], folders: Sequence[Path]) -> Places:
    """Return where settings may be, by name, with what is set there; the first that has one counts.

    Raises SettingsError and FileError for a `.env` that cannot be read.
    """
    dotenvs = dict.fromkeys(folder / ".env" for folder in folders)
    environment = ("the environment", {name: value for name, value in environ.items() if value})
    return [environment, *((f"`{path}`", _values(_dotenv_text(path))) for path in dotenvs)]


def first(places: Places, name: str) -> tuple[str, str]:
    """Return the first value of `name` and the place that gave it, or two empty texts."""
    return next(((values[name], where) for where, values in places if values.get(name)), ("", ""))


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
    return next(same, "") or nearest(name, [known.casefold() for known in NAMES]).upper() or _meant_of_task(name)


def _meant_of_task(name: str) -> str:
    """Return the name that one with a task in it may be a slip of: `KIMI_SUMMARY_MODEL`, `KIMI_API_KEY_OUTLINE`."""
    words = name.upper().split("_")
    if not OURS.intersection(words):
        return ""
    for task, others in TASKS.items():
        for word in filter({task, *others}.__contains__, filter(None, words)):
            rest = "_".join(words[: words.index(word)] + words[words.index(word) + 1 :])
            of_all = rest if rest in NAMES else _meant(rest)
            return f"{of_all}_{task}" if task and f"{of_all}_{task}" in NAMES else of_all
    return ""


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
