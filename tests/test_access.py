from __future__ import annotations

from pathlib import Path

import pytest

from novelist.errors import SettingsError
from novelist.model.access import Access, read_access
from novelist.model.providers import DEFAULT_MODEL, DEFAULT_URL

KEY = "sk-test-key"
OTHER = "sk-other-key"
URL = "https://models.example/v1"
LOCAL = "http://127.0.0.1:8080/v1"


def dotenv(folder: Path, **values: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / ".env"
    path.write_text("".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")
    return path


def error(environ: dict[str, str], *folders: Path) -> str:
    with pytest.raises(SettingsError) as raised:
        read_access(environ, folders)
    return str(raised.value)


def test_without_any_setting_the_embedded_model_writes(tmp_path: Path) -> None:
    assert read_access({}, [tmp_path]) == Access(base_url=None, model=DEFAULT_MODEL)


def test_a_key_alone_goes_to_the_default_host(tmp_path: Path) -> None:
    want = Access(DEFAULT_URL, DEFAULT_MODEL, KEY)
    assert read_access({"MOONSHOT_API_KEY": KEY}, [tmp_path]) == want
    dotenv(tmp_path, MOONSHOT_API_KEY=KEY)
    assert read_access({}, [tmp_path]) == want


def test_a_key_goes_to_the_host_set_beside_it(tmp_path: Path) -> None:
    want = Access(URL, DEFAULT_MODEL, KEY)
    assert read_access({"MOONSHOT_API_KEY": KEY, "KIMI_BASE_URL": URL}, [tmp_path]) == want
    dotenv(tmp_path, MOONSHOT_API_KEY=KEY, KIMI_BASE_URL=URL)
    assert read_access({}, [tmp_path]) == want


def test_the_environment_goes_before_a_dotenv(tmp_path: Path) -> None:
    dotenv(tmp_path, MOONSHOT_API_KEY=OTHER, KIMI_BASE_URL="https://other.example/v1", KIMI_MODEL="other")
    environ = {"MOONSHOT_API_KEY": KEY, "KIMI_BASE_URL": URL, "KIMI_MODEL": "kimi-k2.6"}
    assert read_access(environ, [tmp_path]) == Access(URL, "kimi-k2.6", KEY)


def test_a_key_in_the_environment_goes_before_one_in_a_dotenv(tmp_path: Path) -> None:
    dotenv(tmp_path, MOONSHOT_API_KEY=OTHER)
    assert read_access({"MOONSHOT_API_KEY": KEY}, [tmp_path]) == Access(DEFAULT_URL, DEFAULT_MODEL, KEY)


def test_the_first_dotenv_goes_before_the_second(tmp_path: Path) -> None:
    dotenv(tmp_path / "a", MOONSHOT_API_KEY=KEY)
    dotenv(tmp_path / "b", MOONSHOT_API_KEY=OTHER, KIMI_MODEL="kimi-k2.6")
    folders = [tmp_path / "none", tmp_path / "a", tmp_path / "b"]
    assert read_access({}, folders) == Access(DEFAULT_URL, "kimi-k2.6", KEY)


def test_a_dotenv_that_sets_a_host_never_gets_the_key_of_the_environment(tmp_path: Path) -> None:
    path = dotenv(tmp_path, KIMI_BASE_URL="https://evil.example/v1")
    assert error({"MOONSHOT_API_KEY": KEY}, tmp_path) == (
        f"`{path}` sets KIMI_BASE_URL, but MOONSHOT_API_KEY comes from the environment. Set both in the same place."
    )


def test_a_dotenv_with_a_host_and_a_key_of_its_own_gets_that_key(tmp_path: Path) -> None:
    dotenv(tmp_path, KIMI_BASE_URL=URL, MOONSHOT_API_KEY=OTHER)
    assert read_access({"MOONSHOT_API_KEY": KEY}, [tmp_path]) == Access(URL, DEFAULT_MODEL, OTHER)


def test_a_host_in_the_environment_never_gets_the_key_of_a_dotenv(tmp_path: Path) -> None:
    path = dotenv(tmp_path, MOONSHOT_API_KEY=KEY)
    assert error({"KIMI_BASE_URL": URL}, tmp_path) == (
        f"the environment sets KIMI_BASE_URL, but MOONSHOT_API_KEY comes from `{path}`. Set both in the same place."
    )


def test_two_dotenvs_are_two_places(tmp_path: Path) -> None:
    host = dotenv(tmp_path / "book", KIMI_BASE_URL=URL)
    key = dotenv(tmp_path / "home", MOONSHOT_API_KEY=KEY)
    assert error({}, tmp_path / "book", tmp_path / "home") == (
        f"`{host}` sets KIMI_BASE_URL, but MOONSHOT_API_KEY comes from `{key}`. Set both in the same place."
    )


def test_a_host_without_any_key_is_an_error(tmp_path: Path) -> None:
    message = "sets KIMI_BASE_URL, but there is no key for it. Set MOONSHOT_API_KEY in the same place."
    assert error({"KIMI_BASE_URL": URL}, tmp_path) == f"the environment {message}"
    path = dotenv(tmp_path, KIMI_BASE_URL=URL)
    assert error({}, tmp_path) == f"`{path}` {message}"


def test_a_value_left_empty_is_not_set(tmp_path: Path) -> None:
    dotenv(tmp_path, MOONSHOT_API_KEY=KEY, KIMI_BASE_URL="", KIMI_MODEL="''", KIMI_TEMPERATURE=" ")
    empty = dict.fromkeys(["MOONSHOT_API_KEY", "KIMI_BASE_URL", "KIMI_MODEL", "KIMI_TEMPERATURE"], "")
    assert read_access(empty, [tmp_path]) == Access(DEFAULT_URL, DEFAULT_MODEL, KEY)


@pytest.mark.parametrize(
    "value", ["${MOONSHOT_API_KEY}", '"${MOONSHOT_API_KEY}"', "$MOONSHOT_API_KEY", "${MOONSHOT_API_KEY:-x}"]
)
def test_a_dotenv_cannot_draw_the_key_of_the_environment_to_its_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("MOONSHOT_API_KEY", KEY)
    dotenv(tmp_path, KIMI_BASE_URL=URL, MOONSHOT_API_KEY=value, KIMI_MODEL=value)
    found = read_access({"MOONSHOT_API_KEY": KEY}, [tmp_path])
    assert (found.base_url, found.key, found.model) == (URL, value.strip('"'), value.strip('"'))


@pytest.mark.parametrize(
    "url",
    [
        *(LOCAL, "http://localhost/v1", "http://LOCALHOST:11434/v1", "http://[::1]:8080/v1", "http://127.8.0.1"),
        *("http://0.0.0.0/v1", "http://192.168.0.2/v1", "http://10.1.2.3:8000/v1", "http://box.local:11434/v1"),
    ],
)
def test_a_server_near_at_hand_needs_no_key_and_gets_none_from_elsewhere(tmp_path: Path, url: str) -> None:
    assert read_access({"KIMI_BASE_URL": url}, [tmp_path]) == Access(url, DEFAULT_MODEL, "none")
    dotenv(tmp_path, KIMI_BASE_URL=url)
    assert read_access({"MOONSHOT_API_KEY": KEY}, [tmp_path]) == Access(url, DEFAULT_MODEL, "none")


def test_a_server_on_this_computer_gets_the_key_set_beside_it(tmp_path: Path) -> None:
    dotenv(tmp_path, KIMI_BASE_URL=LOCAL, MOONSHOT_API_KEY=KEY)
    assert read_access({}, [tmp_path]) == Access(LOCAL, DEFAULT_MODEL, KEY)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost.example/v1",
        "http://127.0.0.1.example/v1",
        "http://8.8.8.8/v1",
        "http://example/localhost",
        "http://example#127.0.0.1",
        "http://example?@localhost",
    ],
)
def test_a_host_that_only_looks_like_this_computer_needs_a_key(tmp_path: Path, url: str) -> None:
    assert error({"KIMI_BASE_URL": url}, tmp_path) == (
        "the environment sets KIMI_BASE_URL, but there is no key for it. Set MOONSHOT_API_KEY in the same place."
    )


@pytest.mark.parametrize(
    "url",
    [
        "models.example/v1",
        "ftp://models.example",
        "https://",
        "https:///v1",
        "file:///etc/passwd",
        "no url",
        "//x/v1",
        "https://models.example:port/v1",
        "https://models.example:99999/v1",
        *("http://[::1/v1", "https://[::1", "http://[::g]/v1", "http://host:-1/v1", "http://host:８０/v1"),
        *("https://m..example/v1", "https://.example/v1", "https://../v1", "https://-x-/v1", "https://x-.example/v1"),
        *("http://300.1.1.1", "http://300.1.1.1/v1", "https://256.256.256.256/v1", "http://1.2.3.999"),
        *(f"https://{'a' * 64}.example/v1", f"https://{'ü' * 60}.example/v1", f"https://{'a.' * 130}example/v1"),
        *("http://a b/v1", "https://a,b/v1", "http://*.example/v1", "https://<host>/v1", "https://☃.example/v1"),
        *("http://exa%6Dple/v1", r"https://x\y/v1", "http://‘host’/v1", "https://host/v 1"),
    ],
)
def test_an_address_that_is_none_is_an_error_and_is_not_shown(tmp_path: Path, url: str) -> None:
    message = "is no address of a server. Write it as https://host/v1."
    environ = {"KIMI_BASE_URL": url, "MOONSHOT_API_KEY": KEY}
    assert error(environ, tmp_path) == f"KIMI_BASE_URL in the environment {message}"
    path = dotenv(tmp_path, **environ)
    assert error({}, tmp_path) == f"KIMI_BASE_URL in `{path}` {message}"


@pytest.mark.parametrize(
    "url", ["https://me:secret@models.example/v1", "https://secret@models.example/v1", "https://:secret@models.example"]
)
def test_an_address_that_holds_a_password_is_an_error_and_is_not_shown(tmp_path: Path, url: str) -> None:
    assert error({"KIMI_BASE_URL": url, "MOONSHOT_API_KEY": KEY}, tmp_path) == (
        "KIMI_BASE_URL in the environment holds a user name or a password. Put the key into MOONSHOT_API_KEY."
    )


@pytest.mark.parametrize("key", ["sk-test key", "sk-test\n", " sk-test", "sk-tést", "sk-test\u200b", "sk-\x7f"])
def test_a_key_with_characters_that_no_key_has_is_an_error_and_is_not_shown(tmp_path: Path, key: str) -> None:
    assert error({"MOONSHOT_API_KEY": key}, tmp_path) == (
        "MOONSHOT_API_KEY in the environment has characters that no key has. Copy the key again."
    )


def test_a_key_that_no_key_is_names_its_dotenv(tmp_path: Path) -> None:
    path = dotenv(tmp_path, MOONSHOT_API_KEY="sk-tést")
    assert error({}, tmp_path) == f"MOONSHOT_API_KEY in `{path}` has characters that no key has. Copy the key again."


def test_a_key_is_not_shown(tmp_path: Path) -> None:
    found = read_access({"MOONSHOT_API_KEY": KEY}, [tmp_path])
    assert found.key == KEY
    assert KEY not in f"{found} {found!r}"


def test_a_dotenv_may_have_a_bom_quotes_comments_and_windows_line_ends(tmp_path: Path) -> None:
    text = f'\ufeff# my key\r\nexport MOONSHOT_API_KEY="{KEY}"  # mine\r\nKIMI_MODEL= kimi-k2.6 \r\n'
    (tmp_path / ".env").write_bytes(text.encode())
    assert read_access({}, [tmp_path]) == Access(DEFAULT_URL, "kimi-k2.6", KEY)


def test_a_dotenv_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes("KIMI_MODEL=fünf\n".encode("latin-1"))
    assert error({}, tmp_path) == f"`{path}` cannot be read as UTF-8 text. Save it again."


def test_a_folder_named_dotenv_is_none(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert read_access({}, [tmp_path]).base_url is None


@pytest.mark.parametrize(("text", "value"), [("0", 0.0), ("0.7", 0.7), ("1", 1.0), ("2.0", 2.0)])
def test_a_temperature_is_a_number(tmp_path: Path, text: str, value: float) -> None:
    assert read_access({"KIMI_TEMPERATURE": text}, [tmp_path]).temperature == value


@pytest.mark.parametrize("text", ["hot", "-0.1", "2.1", "nan", "inf", "0,7", "1e9"])
def test_a_temperature_that_is_none_is_an_error(tmp_path: Path, text: str) -> None:
    assert error({"KIMI_TEMPERATURE": text}, tmp_path) == (
        f"KIMI_TEMPERATURE in the environment is `{text}`. Set a number from 0 to 2, or leave it out."
    )


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("8000", 8000), ("1000000", 1_000_000)])
def test_a_cap_is_a_whole_number_of_tokens(tmp_path: Path, text: str, value: int) -> None:
    assert read_access({"KIMI_MAX_OUTPUT_TOKENS": text}, [tmp_path]).max_output_tokens == value


@pytest.mark.parametrize("text", ["many", "0", "-1", "1.5", "1000001", "8_000", "8k", "²", "٣"])
def test_a_cap_that_is_none_is_an_error(tmp_path: Path, text: str) -> None:
    path = dotenv(tmp_path, KIMI_MAX_OUTPUT_TOKENS=text)
    assert error({}, tmp_path) == (
        f"KIMI_MAX_OUTPUT_TOKENS in `{path}` is `{text}`. Set a whole number of tokens, or leave it out."
    )


def test_a_model_of_ones_own_is_a_file(tmp_path: Path) -> None:
    gguf = tmp_path / "own.gguf"
    gguf.touch()
    assert read_access({"NOVELIST_GGUF": str(gguf)}, [tmp_path]) == Access(None, DEFAULT_MODEL, gguf=gguf)


def test_a_model_of_ones_own_may_be_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "own.gguf").touch()
    assert read_access({"NOVELIST_GGUF": "~/own.gguf"}, [tmp_path]).gguf == tmp_path / "own.gguf"


@pytest.mark.parametrize("name", ["missing.gguf", ".", "~nobody-of-this-name/own.gguf", f"{'x' * 300}.gguf"])
def test_a_model_of_ones_own_that_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    assert error({"NOVELIST_GGUF": name}, tmp_path) == (
        f"$NOVELIST_GGUF is `{name}`, where there is no file. Name a model in GGUF form."
    )


def test_a_model_of_ones_own_does_not_matter_where_a_server_writes(tmp_path: Path) -> None:
    assert read_access({"NOVELIST_GGUF": "missing.gguf", "MOONSHOT_API_KEY": KEY}, [tmp_path]).gguf is None
    assert read_access({"NOVELIST_GGUF": "missing.gguf", "KIMI_BASE_URL": LOCAL}, [tmp_path]).gguf is None


@pytest.mark.parametrize(
    "url",
    [f"{URL}/chat/completions", f"{URL}/", "https://models.example//v1", f"{URL}\r", f" {URL} ", f"{URL}/models"],
)
def test_an_address_is_understood_as_it_was_meant(tmp_path: Path, url: str) -> None:
    assert read_access({"MOONSHOT_API_KEY": KEY, "KIMI_BASE_URL": url}, [tmp_path]).base_url == URL


def test_patience_is_a_number_of_seconds(tmp_path: Path) -> None:
    dotenv(tmp_path, KIMI_PATIENCE="1800")
    assert read_access({}, [tmp_path]).patience == 1800
    assert error({"KIMI_PATIENCE": "long"}, tmp_path) == (
        "KIMI_PATIENCE in the environment is `long`. Set a number from 1 to 86400, or leave it out."
    )


UNREAD = {
    "KIMI_API_KEY=sk-1": "`{}` has KIMI_API_KEY, which nobody reads; MOONSHOT_API_KEY may be meant.",
    "OPENAI_API_KEY=sk-1": "`{}` has OPENAI_API_KEY, which nobody reads; MOONSHOT_API_KEY may be meant.",
    "KIMI_MODLE=kimi-k3": "`{}` has KIMI_MODLE, which nobody reads; KIMI_MODEL may be meant.",
    "kimi_model=kimi-k3": "`{}` has kimi_model, which nobody reads; KIMI_MODEL may be meant.",
    **{
        f"{name}=x": f"`{{}}` has {name}, which nobody reads; {meant} may be meant."
        for name, meant in (
            *(("MODEL", "KIMI_MODEL"), ("OPENAI_MODEL", "KIMI_MODEL"), ("LLM_MODEL_NAME", "KIMI_MODEL")),
            *(
                ("OPENAI_BASE_URL", "KIMI_BASE_URL"),
                ("OPENAI_API_BASE", "KIMI_BASE_URL"),
                ("BASE_URL", "KIMI_BASE_URL"),
            ),
            *(("KIMI_MAX_TOKENS", "KIMI_MAX_OUTPUT_TOKENS"), ("OPENROUTER_API_KEY", "MOONSHOT_API_KEY")),
            *(("KIMI-MODEL", "KIMI_MODEL"), ('"KIMI_MODEL"', "KIMI_MODEL")),
        )
    },
    **{
        line: f"`{{}}` has `{written}`, which nobody reads. Write `{name}=` with what follows it."
        for line, written, name in (
            ("MOONSHOT_API_KEY: sk-1", "MOONSHOT_API_KEY:", "MOONSHOT_API_KEY"),
            ("kimi_model: x", "kimi_model:", "KIMI_MODEL"),
            ("KIMI_MODEL x", "KIMI_MODEL", "KIMI_MODEL"),
            ("KIMI_MODEL\tx", "KIMI_MODEL", "KIMI_MODEL"),
            ("KIMI MODEL=x", "KIMI MODEL=", "KIMI_MODEL"),
            ("KIMI_MODEL＝x", "KIMI_MODEL＝", "KIMI_MODEL"),
            ("set KIMI_MODEL=x", "set KIMI_MODEL=", "KIMI_MODEL"),
            ("setx KIMI_MODEL x", "setx KIMI_MODEL", "KIMI_MODEL"),
            ("let KIMI_MODEL=x", "let KIMI_MODEL=", "KIMI_MODEL"),
            ("- KIMI_MODEL=x", "- KIMI_MODEL=", "KIMI_MODEL"),
            ('"MOONSHOT_API_KEY": "sk-1",', '"MOONSHOT_API_KEY":', "MOONSHOT_API_KEY"),
            ('$env:MOONSHOT_API_KEY="sk-1"', "$env:MOONSHOT_API_KEY=", "MOONSHOT_API_KEY"),
            ("$Env:KIMI_MODEL = 'x'", "$Env:KIMI_MODEL =", "KIMI_MODEL"),
        )
    },
    "KIMI_MODEL='x": "`{}` has a KIMI_MODEL that cannot be read. Close its quotation mark.",
    'export MOONSHOT_API_KEY="sk-1': "`{}` has a MOONSHOT_API_KEY that cannot be read. Close its quotation mark.",
}


@pytest.mark.parametrize(("line", "told"), UNREAD.items(), ids=UNREAD)
def test_a_name_that_nobody_reads_is_told_without_its_value(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / ".env").write_text(f"{line}\nMINE=1\nDATABASE_URL=x\n", encoding="utf-8")
    (note,) = read_access({}, [tmp_path]).notes
    assert note == told.format(tmp_path / ".env")
    assert "sk-1" not in note


@pytest.mark.parametrize(
    "line", ["# KIMI_MODEL: x", "OPENAI_API_KEY=sk-2", "MODEL=x", "# set MOONSHOT_API_KEY", "X=KIMI"]
)
def test_what_is_set_as_it_should_be_is_told_of_by_no_other_name(tmp_path: Path, line: str) -> None:
    (tmp_path / ".env").write_text(f"{line}\nMOONSHOT_API_KEY=sk-1\nKIMI_MODEL=m\nKIMI_BASE_URL=\n", encoding="utf-8")
    assert read_access({}, [tmp_path]) == Access(DEFAULT_URL, "m", "sk-1")


@pytest.mark.parametrize(
    "text",
    [
        *("export KIMI_MODEL = x", "KIMI_MODEL=“x”", "KIMI_MODEL=‘x’", "KIMI_MODEL = «x»", "KIMI_MODEL=„x“"),
        *("\ufeffKIMI_MODEL=x", "\u200bKIMI_MODEL=x\u200b", "KIMI_MODEL\u00a0=\u00a0x", "'KIMI_MODEL'='x'"),
    ],
)
def test_a_value_is_understood_as_it_was_meant(tmp_path: Path, text: str) -> None:
    (tmp_path / ".env").write_text(f"{text}\n", encoding="utf-8")
    assert read_access({}, [tmp_path]) == Access(None, "x")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_dotenv_of_wide_characters_is_an_error(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(f"MOONSHOT_API_KEY={KEY}\n".encode(encoding))
    assert error({}, tmp_path) == f"`{path}` cannot be read as UTF-8 text. Save it again."


@pytest.mark.parametrize("name", ["env", "env.txt", "_env"])
def test_a_dotenv_by_another_name_is_told_of_where_it_sets_something_of_ours(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("MINE=1\n", encoding="utf-8")
    assert read_access({}, [tmp_path]).notes == ()
    (tmp_path / name).write_text(f"export MOONSHOT_API_KEY={KEY}\n", encoding="utf-8")
    assert read_access({}, [tmp_path]).notes == (f"`{tmp_path / name}` is not read. Call it `{tmp_path / '.env'}`.",)


@pytest.mark.parametrize("name", [".env.txt", ".env.rtf"])
def test_a_dotenv_with_the_ending_of_a_text_is_told_of(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(f"{{\\rtf1 MOONSHOT_API_KEY={KEY}}}".encode("utf-16"))
    assert read_access({}, [tmp_path]).notes == (f"`{tmp_path / name}` is not read. Call it `{tmp_path / '.env'}`.",)
