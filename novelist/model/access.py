"""Which model writes, where, and with which key: read from the environment and `.env`, checked before any call.

Knows the main model, which writes the chapters, and the tasks that may have another one. Knows that a key goes only to
the host that was configured in the same place. Knows no network.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from novelist.errors import SettingsError
from novelist.model.providers import DEFAULT_MODEL, DEFAULT_URL, KNOWN, Provider, is_host, is_private, tidy_url
from novelist.model.variables import KEY, MODEL, OTHERS, TASKS, URL, first, places_of, unread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.model.variables import Places

NO_KEY = "none"
THINKING = ("plan", "always", "never")
PROVIDERS = tuple(known.id for known in KNOWN)
MOST_PATIENCE = 86_400.0  # seconds
SAME_PLACE = "A key goes only to the host that is named in the same place."


@dataclass(frozen=True)
class Variables:
    """What an access is set by: the names of its model, address and key, and the place that sets the model.

    That is said where a person has to change one of them; it is empty for the main model.
    """

    model: str = MODEL
    url: str = URL
    key: str = KEY
    where: str = ""

    def named(self, text: str) -> str:
        """Return a text that is about the main model's variables with these in their place."""
        model = f"{self.model} in {self.where}" if self.where else self.model
        names = {MODEL: model, URL: self.url, KEY: self.key}
        return re.sub(rf"\b(?:{'|'.join(names)})\b", lambda match: names[match[0]], text)


@dataclass(frozen=True)
class Access:
    """A model on a server; `base_url` is None for the embedded model, whose file is `gguf` where that is set.

    `provider` is set where it is not to be known by the address; `thinking` is one of THINKING: for plans only, or not;
    `patience` are the seconds to the first word, 0 where it is not set; `notes` say what of `.env` nobody reads;
    `variables` are those that it is set by.
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
    variables: Variables = Variables()

    def of_chapter(self, model: str, where: str) -> Access:
        """Return the access to the model of the same server that the outline names for a chapter at `where`, if any."""
        # Without a server all is rehearsed, and that is said.
        if self.base_url is None or model in ("", self.model):
            return self
        return replace(self, model=model, variables=replace(self.variables, model="`model=`", where=where))


def read_access(environ: Mapping[str, str], folders: Sequence[Path]) -> Access:
    """Return the access that the environment gives, else the first `.env` in `folders`.

    Raises SettingsError for a value that cannot be used, and for a key that would go to a host configured elsewhere;
    FileError for a `.env` that is no file.
    """
    places = places_of(environ, folders)
    base_url, where = first(places, URL)
    if base_url:
        base_url = _tidied(base_url, where)
        key = dict(places)[where].get(KEY, "")
    else:
        key, where = first(places, KEY)
    if base_url and not key and not is_private(urlsplit(base_url).hostname or ""):
        raise _without_key(where, first(places, KEY)[1])
    _check_key(key, where)
    gguf = first(places, "NOVELIST_GGUF")[0]
    embedded = not key and not base_url
    path = Path(os.path.expanduser(gguf)) if gguf and embedded else None  # noqa: PTH111 - leaves an unknown user alone
    if path and not os.path.isfile(path):  # noqa: PTH113 - false for a name that no file can have
        message = f"$NOVELIST_GGUF is `{gguf}`, where there is no file. Name a model in GGUF form."
        raise SettingsError(message)
    return Access(
        base_url=None if embedded else base_url or DEFAULT_URL,
        model=first(places, MODEL)[0] or DEFAULT_MODEL,
        key=key or NO_KEY,
        temperature=_number(places, "KIMI_TEMPERATURE", 0.0, 2.0),
        max_output_tokens=_whole(places, "KIMI_MAX_OUTPUT_TOKENS"),
        gguf=path,
        provider=next((known for known in KNOWN if known.id == _one_of(places, "KIMI_PROVIDER", PROVIDERS)), None),
        thinking=_one_of(places, "KIMI_THINKING", THINKING) or THINKING[0],
        patience=_number(places, "KIMI_PATIENCE", 1, MOST_PATIENCE) or 0.0,
        notes=tuple(line for folder in dict.fromkeys(folders) for line in unread(folder)),
    )


@dataclass(frozen=True)
class Setting:
    """A variable that counts: its value, empty for a key, and the place that sets it, empty where none does."""

    name: str
    value: str
    where: str


def settings_of(access: Access, environ: Mapping[str, str], folders: Sequence[Path]) -> list[Setting]:
    """Return what the main `access` was read from: model, address and key, whether set or not, and what else is set.

    No secret is in it: not the key, and nothing that an address asks for behind its path.
    """
    places = places_of(environ, folders)
    names = OTHERS if access.base_url else (*OTHERS, "NOVELIST_GGUF")
    others = [Setting(name, *first(places, name)) for name in names if first(places, name)[1]]
    return others if access.base_url is None else [*settings_of_task(access, environ, folders), *others]


def settings_of_task(access: Access, environ: Mapping[str, str], folders: Sequence[Path]) -> list[Setting]:
    """Return the model, the address and the key of an access to a server, by the variables that count for it."""
    places, names = places_of(environ, folders), access.variables
    where = first(places, names.url)[1]
    key_from = "" if access.key == NO_KEY else where or first(places, names.key)[1]
    address = urlsplit(access.base_url or "")._replace(query="", fragment="").geturl()
    model_from = first(places, names.model)[1] or first(places, MODEL)[1]
    settings = ((names.model, access.model, model_from), (names.url, address, where), (names.key, "", key_from))
    return [Setting(*setting) for setting in settings]


def read_tasks(main: Access, environ: Mapping[str, str], folders: Sequence[Path]) -> dict[str, Access]:
    """Return the access of each task (`PLAN`, `SUMMARY`, `REVIEW`) that has another one than the `main` model.

    A name alone is a model of the main server; a key alone goes to the main address, where that is set in the same
    place. Raises SettingsError as `read_access` does, and for a server of a task where all else would be rehearsed.
    """
    places = places_of(environ, folders)
    accesses = {task: _of_task(task, main, places) for task in TASKS if task}
    return {task: access for task, access in accesses.items() if access != main}


def _of_task(task: str, main: Access, places: Places) -> Access:
    """Return the access of one task, the main one where nothing else is set for it."""
    of = f"_{task}"
    names = Variables(f"{MODEL}{of}", f"{URL}{of}", f"{KEY}{of}")
    model, model_from = first(places, names.model)
    base_url, url_from = first(places, names.url)
    key, key_from = first(places, names.key)
    names = replace(names, where=model_from)
    if base_url:
        base_url, key = _tidied(base_url, url_from, of), dict(places)[url_from].get(names.key, "")
        if not key and not is_private(urlsplit(base_url).hostname or ""):
            raise _without_key(url_from, key_from, of)
        _check_key(key, url_from, of)
    elif key:
        main_from = first(places, URL)[1]
        if main_from not in ("", key_from):
            message = (
                f"{key_from} sets MOONSHOT_API_KEY{of}, but KIMI_BASE_URL comes from {main_from}. "
                f"Set KIMI_BASE_URL{of} in the place of the key."
            )
            raise SettingsError(message, why=SAME_PLACE)
        _check_key(key, key_from, of)
        base_url, names = main.base_url or DEFAULT_URL, replace(names, url=URL)
    elif model and main.base_url is not None:
        base_url, key, names = main.base_url, main.key, replace(names, url=URL, key=KEY)
    else:
        return main  # without a server all is rehearsed, and that is said
    if main.base_url is None:
        message = (
            f"{url_from or key_from} sets a server for {task}, but there is none for the chapters. "
            "Set MOONSHOT_API_KEY too."
        )
        raise SettingsError(message, why="The chapters would be rehearsed, which nobody wants to pay for.")
    own = base_url != main.base_url
    access = replace(
        main,
        base_url=base_url,
        model=model or main.model,
        key=key or NO_KEY,
        provider=None if own else main.provider,  # the kind of server that is set is that of the main address
    )
    return main if access == main else replace(access, variables=names)


def _without_key(where: str, elsewhere: str, of: str = "") -> SettingsError:
    """Return the error for an address, `of` a task such as `_PLAN`, whose key is set elsewhere, or nowhere."""
    if elsewhere:
        message = (
            f"{where} sets KIMI_BASE_URL{of}, but MOONSHOT_API_KEY{of} comes from {elsewhere}. "
            "Set both in the same place."
        )
        return SettingsError(message, why=SAME_PLACE)
    message = f"{where} sets KIMI_BASE_URL{of}, but there is no key for it. Set MOONSHOT_API_KEY{of} in the same place."
    return SettingsError(message, why=SAME_PLACE)


def _check_key(key: str, where: str, of: str = "") -> None:
    if any(ord(char) < 33 or ord(char) > 126 for char in key):
        message = f"MOONSHOT_API_KEY{of} in {where} has characters that no key has. Copy the key again."
        raise SettingsError(message, why="A blank or a quotation mark came along.")


def _tidied(base_url: str, where: str, of: str = "") -> str:
    """Return an address as it was meant. Raises SettingsError for one that is none, which may hold a secret."""
    try:
        parts = urlsplit(tidy_url(base_url))
        good = parts.scheme in ("http", "https") and is_host(parts.hostname or "") and (parts.port or 1)
        good = good and parts.geturl().isprintable() and " " not in parts.geturl()
    except ValueError:
        good = False
    if not good:
        message = f"KIMI_BASE_URL{of} in {where} is no address of a server. Write it as https://host/v1."
        raise SettingsError(message)
    if parts.username or parts.password:
        message = (
            f"KIMI_BASE_URL{of} in {where} holds a user name or a password. Put the key into MOONSHOT_API_KEY{of}."
        )
        raise SettingsError(message, why="Addresses are shown and logged; keys never are.")
    return parts.geturl()


def _one_of(places: Places, name: str, allowed: Sequence[str]) -> str:
    text, where = first(places, name)
    if text and text not in allowed:
        message = f"{name} in {where} is `{text}`. Set one of {', '.join(allowed)}, or leave it out."
        raise SettingsError(message)
    return text


def _number(places: Places, name: str, low: float, high: float) -> float | None:
    text, where = first(places, name)
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
    text, where = first(places, name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1_000_000):
        message = f"{name} in {where} is `{text}`. Set a whole number of tokens, or leave it out."
        raise SettingsError(message)
    return int(text)
