"""A model for each task: which address and which key it gets, in all ways of setting them in two places."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from novelist.errors import SettingsError
from novelist.model.access import Access, read_access, read_tasks
from novelist.model.providers import DEFAULT_MODEL, DEFAULT_URL, VLLM

MAIN, ENVIRONS, DOTENVS = "sk-main", "sk-environment", "sk-dotenv"
URL, OTHER, LOCAL = "https://models.example/v1", "https://other.example/v1", "http://127.0.0.1:8080/v1"
TASKS = ["PLAN", "SUMMARY", "REVIEW"]
ENV = "the environment"


def read(environ: dict[str, str], folder: Path, **dotenv: str) -> dict[str, Access]:
    """Return the accesses of tasks; `dotenv` is set in the folder's `.env`."""
    lines = (f"{name}={value}\n" for name, value in dotenv.items())
    (folder / ".env").write_text("".join(lines), encoding="utf-8")
    return read_tasks(read_access(environ, [folder]), environ, [folder])


def error(environ: dict[str, str], folder: Path, **dotenv: str) -> str:
    with pytest.raises(SettingsError) as raised:
        read(environ, folder, **dotenv)
    return str(raised.value)


def where(access: Access) -> tuple[str | None, str, str]:
    return access.base_url, access.model, access.key


def test_without_a_setting_of_its_own_no_task_has_another_model(tmp_path: Path) -> None:
    assert read({"MOONSHOT_API_KEY": MAIN, "KIMI_MODEL": "kimi-k3"}, tmp_path) == {}


@pytest.mark.parametrize("task", TASKS)
def test_a_name_alone_is_a_model_of_the_main_server(tmp_path: Path, task: str) -> None:
    found = read({"MOONSHOT_API_KEY": MAIN, "KIMI_BASE_URL": URL}, tmp_path, **{f"KIMI_MODEL_{task}": "small"})
    assert {name: where(access) for name, access in found.items()} == {task: (URL, "small", MAIN)}


@pytest.mark.parametrize("task", TASKS)
def test_an_address_gets_the_key_of_its_task_and_not_the_main_one(tmp_path: Path, task: str) -> None:
    own = {f"KIMI_BASE_URL_{task}": OTHER, f"MOONSHOT_API_KEY_{task}": DOTENVS}
    found = read({"MOONSHOT_API_KEY": MAIN}, tmp_path, **own)
    assert {name: where(access) for name, access in found.items()} == {task: (OTHER, DEFAULT_MODEL, DOTENVS)}
    message = f"sets KIMI_BASE_URL_{task}, but there is no key for it. Set MOONSHOT_API_KEY_{task} in the same place."
    both = {"MOONSHOT_API_KEY": MAIN, f"KIMI_BASE_URL_{task}": OTHER}
    assert error({}, tmp_path, **both) == f"`{tmp_path / '.env'}` {message}"
    assert error(both, tmp_path) == f"{ENV} {message}"


PLACES = ("", "environ", "dotenv")


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("main", [*product(PLACES, repeat=2)], ids="-".join)
@pytest.mark.parametrize("own", [*product(PLACES, repeat=2)], ids="-".join)
def test_no_key_ever_goes_to_a_host_that_is_set_elsewhere(
    tmp_path: Path, task: str, main: tuple[str, str], own: tuple[str, str]
) -> None:
    # Each variable is set in neither place, or in one; each key is known by where it is from.
    places: dict[str, dict[str, str]] = {"": {}, "environ": {}, "dotenv": {}}
    url, key = main
    places[url]["KIMI_BASE_URL"] = URL
    places[key]["MOONSHOT_API_KEY"] = f"sk-main-{key}"
    own_url, own_key = own
    places[own_url][f"KIMI_BASE_URL_{task}"] = OTHER
    places[own_key][f"MOONSHOT_API_KEY_{task}"] = f"sk-own-{own_key}"
    try:
        found = read(places["environ"], tmp_path, **places["dotenv"]).get(task)
    except SettingsError:
        found = None
        usable = main in {("", ""), ("", "environ"), ("", "dotenv"), ("environ", "environ"), ("dotenv", "dotenv")}
        rehearsed = not any(main)
        owns = own_url == own_key if own_url else own_key and url in {"", own_key}
        assert not (usable and (not any(own) or (owns and not rehearsed)))
    if found is None or found.key == "none":
        return
    host_from = {OTHER: own_url, URL: url, DEFAULT_URL: found.key.rpartition("-")[2]}[found.base_url or ""]
    assert found.key.endswith(f"-{host_from}")
    assert found.key.startswith("sk-own") or found.base_url != OTHER
    assert found.key.startswith("sk-own") or not own_key


def test_a_key_alone_goes_to_the_main_address_only_where_that_is_set_beside_it(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    found = read({"MOONSHOT_API_KEY": MAIN}, tmp_path, MOONSHOT_API_KEY_PLAN=DOTENVS)
    assert where(found["PLAN"]) == (DEFAULT_URL, DEFAULT_MODEL, DOTENVS)
    found = read({}, tmp_path, KIMI_BASE_URL=URL, MOONSHOT_API_KEY=MAIN, MOONSHOT_API_KEY_PLAN=DOTENVS)
    assert where(found["PLAN"]) == (URL, DEFAULT_MODEL, DOTENVS)
    assert error({"MOONSHOT_API_KEY_PLAN": ENVIRONS}, tmp_path, KIMI_BASE_URL=URL, MOONSHOT_API_KEY=MAIN) == (
        f"{ENV} sets MOONSHOT_API_KEY_PLAN, but KIMI_BASE_URL comes from `{path}`. "
        "Set KIMI_BASE_URL_PLAN in the place of the key."
    )


def test_a_foreign_dotenv_never_gets_a_key_of_the_environment(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    mine = {"MOONSHOT_API_KEY": MAIN, "MOONSHOT_API_KEY_SUMMARY": ENVIRONS}
    assert error(mine, tmp_path, KIMI_BASE_URL_SUMMARY="https://evil.example/v1") == (
        f"`{path}` sets KIMI_BASE_URL_SUMMARY, but MOONSHOT_API_KEY_SUMMARY comes from {ENV}. "
        "Set both in the same place."
    )
    found = read(mine, tmp_path, KIMI_BASE_URL_SUMMARY="http://127.0.0.1:9/v1", KIMI_MODEL_SUMMARY="x")
    assert where(found["SUMMARY"]) == ("http://127.0.0.1:9/v1", "x", "none")
    stolen = read(mine, tmp_path, KIMI_BASE_URL_SUMMARY=OTHER, MOONSHOT_API_KEY_SUMMARY="${MOONSHOT_API_KEY}")
    assert stolen["SUMMARY"].key == "${MOONSHOT_API_KEY}"


def test_tasks_do_not_share_keys(tmp_path: Path) -> None:
    assert error({"MOONSHOT_API_KEY": MAIN}, tmp_path, KIMI_BASE_URL_PLAN=OTHER, MOONSHOT_API_KEY_SUMMARY=DOTENVS) == (
        f"`{tmp_path / '.env'}` sets KIMI_BASE_URL_PLAN, but there is no key for it. "
        "Set MOONSHOT_API_KEY_PLAN in the same place."
    )


def test_what_is_wrong_with_an_address_or_a_key_names_the_task_and_no_secret(tmp_path: Path) -> None:
    main = {"MOONSHOT_API_KEY": MAIN}
    assert error({**main, "KIMI_BASE_URL_PLAN": "nowhere"}, tmp_path) == (
        f"KIMI_BASE_URL_PLAN in {ENV} is no address of a server. Write it as https://host/v1."
    )
    assert error({**main, "KIMI_BASE_URL_PLAN": "https://me:secret@other.example"}, tmp_path) == (
        f"KIMI_BASE_URL_PLAN in {ENV} holds a user name or a password. Put the key into MOONSHOT_API_KEY_PLAN."
    )
    assert error({**main, "MOONSHOT_API_KEY_PLAN": "sk-tést"}, tmp_path) == (
        f"MOONSHOT_API_KEY_PLAN in {ENV} has characters that no key has. Copy the key again."
    )


def test_without_a_server_for_the_chapters_a_name_is_rehearsed_and_a_server_is_an_error(tmp_path: Path) -> None:
    assert read({}, tmp_path, KIMI_MODEL_SUMMARY="small") == {}
    path = tmp_path / ".env"
    message = "sets a server for SUMMARY, but there is none for the chapters. Set MOONSHOT_API_KEY too."
    assert error({}, tmp_path, MOONSHOT_API_KEY_SUMMARY=DOTENVS) == f"`{path}` {message}"
    assert error({"KIMI_BASE_URL_SUMMARY": LOCAL}, tmp_path) == f"{ENV} {message}"


def test_the_kind_of_server_that_is_set_is_that_of_the_main_address(tmp_path: Path) -> None:
    main = {"KIMI_BASE_URL": LOCAL, "KIMI_PROVIDER": "vllm"}
    found = read(main, tmp_path, KIMI_MODEL_PLAN="big", KIMI_BASE_URL_SUMMARY="http://127.0.0.1:11434/v1")
    assert (found["PLAN"].provider, found["SUMMARY"].provider) == (VLLM, None)


def test_what_says_the_same_as_the_main_setting_is_no_other_model(tmp_path: Path) -> None:
    assert read({"MOONSHOT_API_KEY": MAIN}, tmp_path, KIMI_MODEL_PLAN=DEFAULT_MODEL) == {}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("KIMI_MODEL_SUMARY", "KIMI_MODEL_SUMMARY"), ("KIMI_SUMMARY_MODEL", "KIMI_MODEL_SUMMARY")),
        *(("KIMI_MODEL_OUTLINE", "KIMI_MODEL_PLAN"), ("KIMI_API_KEY_PLAN", "MOONSHOT_API_KEY_PLAN")),
        *(("KIMI_MODEL_SUMMARIES", "KIMI_MODEL_SUMMARY"), ("MOONSHOT_API_KEY_REVEIW", "MOONSHOT_API_KEY_REVIEW")),
        *(("KIMI_MODEL_CHAPTERS", "KIMI_MODEL"), ("KIMI_THINKING_SUMMARY", "KIMI_THINKING")),
        *(("kimi_model_plan", "KIMI_MODEL_PLAN"), ("KIMI_BASE_URL_JUDGE", "KIMI_BASE_URL_REVIEW")),
    ],
)
def test_a_slip_in_the_name_of_a_task_is_told(tmp_path: Path, name: str, meant: str) -> None:
    path = tmp_path / ".env"
    path.write_text(f"{name}=sk-1\n", encoding="utf-8")
    (note,) = read_access({}, [tmp_path]).notes
    assert note == f"`{path}` has {name}, which nobody reads; {meant} may be meant."


@pytest.mark.parametrize("name", ["REVIEW_TOKEN", "PLAN_URL", "STYLE", "DRAFT", "KIMI__X", "CHAPTER_KEY", "SUMMARY"])
def test_nothing_is_told_of_other_programs_tasks(tmp_path: Path, name: str) -> None:
    (tmp_path / ".env").write_text(f"{name}=1\n", encoding="utf-8")
    assert read_access({}, [tmp_path]).notes == ()


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("form", ["{}: x", "set {}=x", "KIMI MODEL {}=x"])
def test_a_line_that_is_about_a_task_is_told(tmp_path: Path, task: str, form: str) -> None:
    path = tmp_path / ".env"
    line = form.format(task if " MODEL " in form else f"KIMI_MODEL_{task}")
    path.write_text(f"{line}\n", encoding="utf-8")
    (note,) = read_access({}, [tmp_path]).notes
    assert note.endswith(f"which nobody reads. Write `KIMI_MODEL_{task}=` with what follows it.")
