"""A model for each task: which server is asked for what, with which key; and what that changes of a book: nothing."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from finished import C3, S3, finish
from in_process import Here, everything
from scripted import Reply, Request, Scripted, refusal, rest, write_book

from novelist.book.outline import dump, undump
from novelist.book.outline_text import parse, render
from novelist.book.paths import locate
from novelist.cli.main import main
from novelist.drafting.session import Session
from novelist.errors import BookError
from novelist.model.client import Client
from novelist.targets.snapshot import Snapshot
from novelist.terminal.progress import Progress

NOVELIST = str(Path(sys.executable).with_name("novelist"))
MAIN, OWN = "sk-test-key", "sk-own-key"
OUTLINE = """\
# The Salt Lamp

## 1. The Bottle {#the-bottle}

Mara finds a bottle.

## 2. The Storm {#the-storm words=40-60 model=kimi-k3}

Mara lights the lamp in the storm.
"""


@pytest.fixture
def other() -> Iterator[Scripted]:
    """A second server."""
    with Scripted() as running:
        yield running


def keys(server: Scripted) -> set[str]:
    """Return the keys that a server was sent."""
    return {request.headers["authorization"].removeprefix("Bearer ") for request in server.requests}


def models(server: Scripted) -> dict[str, str]:
    """Return which model a server was asked for by task."""
    return {request.task: request.body["model"] for request in server.requests}


def ledger(book: Here) -> list[dict[str, object]]:
    return [json.loads(line) for line in (book / ".novelist" / "ledger.jsonl").read_text("utf-8").splitlines()]


def own(server: Scripted, task: str, model: str = "small") -> dict[str, str]:
    """Return the variables that give a task a server of its own."""
    return {
        f"KIMI_BASE_URL_{task}": server.base_url,
        f"MOONSHOT_API_KEY_{task}": OWN,
        f"KIMI_MODEL_{task}": model,
    }


def record_of(book: Here, name: str) -> str:
    """Return the model that a file's record names."""
    found = re.search(r"^  model: (.*)$", (book / name).read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1]


def test_summaries_are_asked_of_their_own_server_with_its_key_and_nothing_else_is(
    here: Here, server: Scripted, other: Scripted
) -> None:
    ran = here.doit(**own(other, "SUMMARY"))

    assert ran.status == 0, ran.out
    assert {task.partition(":")[0] for task in server.tasks} == {"bible", "outline", "chapter"}
    assert other.tasks == [f"summary:{number}" for number in range(1, 6)]
    assert (keys(server), keys(other)) == ({MAIN}, {OWN})
    assert (set(models(server).values()), set(models(other).values())) == ({"kimi-k2.6"}, {"small"})
    calls = {str(line["task"]): line["model"] for line in ledger(here)}
    assert calls == models(server) | models(other)
    assert OWN not in everything(here) + ran.out + ran.err
    assert MAIN not in everything(here) + ran.out + ran.err
    names = sorted(path.name for path in (here / "chapters").iterdir())
    assert {record_of(here, f"chapters/{name}") for name in names} == {"kimi-k2.6"}
    assert {record_of(here, f"summaries/{name}") for name in names} == {"small"}


def test_a_plan_is_asked_of_its_own_server(here: Here, server: Scripted, other: Scripted) -> None:
    assert here.doit("chapter:01", **own(other, "PLAN")).status == 0
    assert other.tasks == ["bible", "outline"]
    assert server.tasks == ["chapter:1"]
    assert (keys(server), keys(other)) == ({MAIN}, {OWN})
    assert (record_of(here, "bible.md"), record_of(here, "outline.md")) == ("small", "small")


def test_nobody_is_asked_for_a_review(here: Here, server: Scripted, other: Scripted) -> None:
    assert here.doit("summary:01", **own(other, "REVIEW")).status == 0
    assert other.requests == []
    assert set(models(server).values()) == {"kimi-k2.6"}


def test_a_name_alone_is_another_model_of_the_same_server(here: Here, server: Scripted) -> None:
    assert here.doit("summary:01", KIMI_MODEL_SUMMARY="small", KIMI_MODEL_PLAN="big").status == 0
    assert models(server) == {"bible": "big", "outline": "big", "chapter:1": "kimi-k2.6", "summary:1": "small"}
    assert keys(server) == {MAIN}


def outlined(book: Here, text: str = OUTLINE) -> Here:
    (book / "bible.md").write_text("## Mara\n\nShe keeps the light.\n", encoding="utf-8")
    (book / "outline.md").write_text(text, encoding="utf-8")
    return book


def test_a_section_names_the_model_of_its_chapter_only(here: Here, server: Scripted) -> None:
    assert outlined(here).doit().status == 0
    assert models(server) == {
        "chapter:1": "kimi-k2.6",
        "summary:1": "kimi-k2.6",
        "chapter:2": "kimi-k3",
        "summary:2": "kimi-k2.6",
    }
    assert record_of(here, "chapters/02-the-storm.md") == "kimi-k3"


def test_a_section_never_names_a_server(here: Here, server: Scripted, other: Scripted) -> None:
    outlined(here, OUTLINE.replace("kimi-k3", other.base_url))
    ran = here.doit()
    assert ran.status != 0
    assert (
        f"outline.md:7: `model={other.base_url}` is an address. "
        "Name a model of the server that KIMI_BASE_URL in .env names."
    ) in ran.out + ran.err
    assert (server.requests, other.requests) == ([], [])


@pytest.mark.parametrize("value", ["", '""', "a<b", "-x", "x" * 201, "a\x1b[2J"])
def test_what_is_no_name_of_a_model_is_an_error_with_its_line(value: str) -> None:
    with pytest.raises(BookError) as raised:
        parse(OUTLINE.replace("kimi-k3", value), Path("outline.md"))
    assert str(raised.value).startswith("outline.md:7: `model=")
    assert str(raised.value).endswith("` is no name of a model. Write it as the server calls it.")


@pytest.mark.parametrize("value", ["kimi-k3", "moonshotai/kimi-k2:free", "qwen3:8b", '"kimi-k3"', "accounts/a@b/m+1"])
@pytest.mark.parametrize("heading", ["## 1. The Lamp {{#x {}}}", "1. **The Lamp** {{#x {}}}", "## The Lamp {{{} #x}}"])
def test_the_name_of_a_model_is_read_rendered_and_kept(heading: str, value: str) -> None:
    text = f"{heading.format(f'model={value}')}\n\nMara waits.\n"
    outline = parse(text, Path("outline.md"))
    (section,) = outline.sections
    assert (section.id, section.title, section.model) == ("x", "The Lamp", value.strip('"'))
    assert parse(render(outline), Path("outline.md")).sections == outline.sections
    assert undump(json.loads(json.dumps(dump(outline)))) == outline


def test_no_model_ever_makes_anything_stale(here: Here, server: Scripted, other: Scripted) -> None:
    novel = finish(here, server)
    before = {path: path.read_bytes() for path in (here / "chapters").iterdir()}
    statuses = novel.statuses()

    novel.edit("outline.md", "{#the-lamp}", "{#the-lamp model=kimi-k3}")
    novel.environ |= {**own(other, "SUMMARY"), "KIMI_MODEL_PLAN": "big", "KIMI_MODEL_REVIEW": "judge"}

    assert novel.statuses() == statuses
    assert novel.run(NOVELIST, "plan").out == "Nothing to draft.\n"
    assert novel.doit().status == 0
    assert {path: path.read_bytes() for path in (here / "chapters").iterdir()} == before
    assert (server.requests, other.requests) == ([], [])


def test_what_is_stale_is_drafted_by_the_models_that_are_set_then(
    here: Here, server: Scripted, other: Scripted
) -> None:
    novel = finish(here, server)
    novel.edit("outline.md", "{#the-lamp}", "{#the-lamp model=kimi-k3}")
    novel.run("rm", C3, S3)
    novel.environ |= own(other, "SUMMARY")
    assert novel.doit("summary:03").status == 0
    assert (models(server), models(other)) == ({"chapter:3": "kimi-k3"}, {"summary:3": "small"})
    assert (record_of(here, C3), record_of(here, S3)) == ("kimi-k3", "small")


def test_a_chapter_that_one_model_began_is_gone_on_with_by_another(here: Here, server: Scripted) -> None:
    outlined(here)
    book = write_book()
    whole = book(Request("", {}, {"messages": [{"content": 'Write chapter 2 of 2, "A", in 50 words.'}]})).text
    cut: list[str] = []

    def script(request: Request) -> Reply:
        if request.task != "chapter:2":
            return book(request)
        cut.append(request.begun)
        return Reply(whole, cut=150) if len(cut) == 1 else refusal(401, "invalid_authentication_error")

    server.script = script
    assert here.doit("chapter:02").status == 1
    here.edit("outline.md", "model=kimi-k3", "model=kimi-k2.6")
    server.clear()
    server.script = lambda request: Reply(rest(whole, request.begun))

    assert here.doit("chapter:02").status == 0

    (request,) = server.requests
    assert len(request.begun) > 100
    assert request.body["model"] == "kimi-k2.6"
    assert whole in (here / "chapters" / "02-the-storm.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("environ", "task", "remedy"),
    [
        ({"KIMI_MODEL_SUMMARY": "gone"}, "summary:01", "Set KIMI_MODEL_SUMMARY in the environment to one"),
        ({"KIMI_MODEL_PLAN": "gone"}, "bible", "Set KIMI_MODEL_PLAN in the environment to one"),
        ({"KIMI_MODEL": "gone"}, "bible", "Set KIMI_MODEL to one"),
    ],
)
def test_a_model_that_is_not_there_is_an_error_and_no_other_one_is_asked(
    here: Here, server: Scripted, environ: dict[str, str], task: str, remedy: str
) -> None:
    book = write_book()
    server.script = lambda request: (
        refusal(404, "resource_not_found_error", "Not found the model gone")
        if request.body["model"] == "gone"
        else book(request)
    )
    ran = here.doit(task, **environ)
    assert ran.status == 1
    assert f"knows no model `gone` (404: Not found the model gone). {remedy} that it offers" in ran.out
    assert {request.body["model"] for request in server.requests if request.task == task.replace(":0", ":")} == {"gone"}


def test_a_model_of_a_section_that_is_not_there_names_the_line(here: Here, server: Scripted) -> None:
    book = write_book()
    server.script = lambda request: (
        refusal(404, "resource_not_found_error", "no such model") if request.task == "chapter:2" else book(request)
    )
    ran = outlined(here).doit()
    assert ran.status == 1
    assert (
        "knows no model `kimi-k3` (404: no such model). Set `model=` in outline.md:7 to one that it offers" in ran.out
    )
    assert models(server)["chapter:2"] == "kimi-k3"


def test_a_key_that_is_refused_names_the_variable_of_its_task(here: Here, other: Scripted) -> None:
    other.script = lambda _: refusal(401, "invalid_authentication_error", "no")
    (here / ".env").write_text("".join(f"{name}={value}\n" for name, value in own(other, "SUMMARY").items()))
    ran = here.doit("summary:01")
    assert ran.status == 1
    assert "refuses the key (401: no). Check the key in MOONSHOT_API_KEY_SUMMARY." in ran.out


def test_a_slip_in_the_name_of_a_task_is_said_once_whoever_is_asked(here: Here, other: Scripted) -> None:
    lines = {**own(other, "SUMMARY"), "KIMI_MODEL_SUMARY": "x", "KIMI_TEMPERATURE": "0.5"}
    (here / ".env").write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    ran = here.doit("summary:02")
    assert ran.status == 0
    assert ran.out.count("has KIMI_MODEL_SUMARY, which nobody reads; KIMI_MODEL_SUMMARY may be meant.") == 1


def test_the_budget_counts_each_call_at_the_price_of_its_own_model(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "words: 40-60", "words: 40-60\nbudget: 0.03")
    outlined(here)
    dear = here.doit("summary:01", KIMI_PROVIDER="moonshot", KIMI_MODEL_SUMMARY="kimi-k3")
    assert (dear.status, server.tasks) == (1, ["chapter:1"])
    assert "summary:01   failed: the budget of $0.03 could be passed: $" in dear.out
    (line,) = ledger(here)
    assert float(str(line["cost"])) > 0
    assert here.doit("summary:01", KIMI_PROVIDER="moonshot").status == 0
    assert server.tasks == ["chapter:1", "summary:1"]


def test_the_plan_prices_each_step_by_the_model_that_will_write_it(here: Here) -> None:
    outlined(here)
    here.environ["KIMI_PROVIDER"] = "moonshot"
    one = json.loads(here.run(NOVELIST, "plan", "--json").out)["steps"]
    here.environ["KIMI_MODEL_SUMMARY"] = "kimi-k2-0905-preview"
    two = json.loads(here.run(NOVELIST, "plan", "--json").out)["steps"]
    assert [(step["task"], step["model"]) for step in one] == [
        ("chapter:01", "kimi-k2.6"),
        ("summary:01", "kimi-k2.6"),
        ("chapter:02", "kimi-k3"),
        ("summary:02", "kimi-k2.6"),
    ]
    assert {step["model"] for step in two} == {"kimi-k2.6", "kimi-k3"}  # the retired name has a successor
    k26, k3 = (step for step in one if step["task"].startswith("chapter"))
    assert k3["dollars"] > 2 * k26["dollars"]
    out = here.run(NOVELIST, "plan").out
    assert re.search(r"^chapter:02 .* tokens  kimi-k3  \$\d\.\d\d  it is missing$", out, re.MULTILINE)
    assert re.search(r"^kimi-k2\.6: 1 chapter, 2 summaries, about [\d,]+ tokens, \$\d\.\d\d\.$", out, re.MULTILINE)
    assert re.search(r"^kimi-k3: 1 chapter, about [\d,]+ tokens, \$\d\.\d\d\.$", out, re.MULTILINE)


def test_the_plan_learns_from_each_model_of_its_own_calls(here: Here, other: Scripted) -> None:
    book = write_book()
    other.script = lambda request: Reply("Mara waits for the ferry. " * 5 + book(request).text)
    here.environ |= own(other, "SUMMARY")
    assert here.doit("summary:02").status == 0
    took = [int(str(line["out"])) for line in ledger(here) if str(line["task"]).startswith("summary")]
    steps = json.loads(here.run(NOVELIST, "plan", "--json").out)["steps"]
    foreseen = {step["out"] for step in steps if step["task"].startswith("summary")}
    assert len(foreseen) == 1
    assert min(took) - 1 <= foreseen.pop() <= max(took) + 1


def test_the_status_says_what_each_model_has_cost(here: Here, other: Scripted) -> None:
    here.edit("premise.md", "words: 40-60", "words: 40-60\njobs: 1")
    assert outlined(here).doit(**own(other, "SUMMARY")).status == 0
    out = here.run(NOVELIST, "status").out
    assert "Spent so far: at unknown prices, 4 calls, " in out
    assert re.search(r"^  kimi-k2\.6 \(unknown\): at unknown prices, 1 call, [\d,]+ tokens in", out, re.MULTILINE)
    assert re.search(r"^  small \(unknown\): at unknown prices, 2 calls, [\d,]+ tokens in", out, re.MULTILINE)
    spent = json.loads(here.run(NOVELIST, "status", "--json").out)["spent"]
    assert [(each["model"], each["calls"]) for each in spent["models"]] == [
        ("kimi-k2.6", 1),
        ("small", 2),
        ("kimi-k3", 1),
    ]
    assert sum(each["in"] for each in spent["models"]) == spent["in"]


def looked(book: Here) -> tuple[int, list[str], list[dict[str, str]]]:
    """Return what doctor says: its exit status, its lines without what is of this machine, the settings as JSON."""
    stood = Path.cwd()
    try:
        runner = CliRunner(env=dict(book.environ))
        ran = runner.invoke(main, ["-C", str(book.root), "doctor"])
        told = runner.invoke(main, ["-C", str(book.root), "doctor", "--json"])
    finally:
        os.chdir(stood)
    assert MAIN not in ran.output
    assert OWN not in ran.output
    lines = [
        line for line in ran.stdout.splitlines() if line.startswith(("summary", "plan", "chapter", "models", "review"))
    ]
    return ran.exit_code, lines, json.loads(told.stdout)["settings"]


def test_doctor_says_of_each_task_which_model_where_and_whose_key_and_asks_it(
    here: Here, server: Scripted, other: Scripted
) -> None:
    path = outlined(here).root / ".env"
    path.write_text("".join(f"{name}={value}\n" for name, value in own(other, "SUMMARY").items()), encoding="utf-8")
    here.environ["KIMI_MODEL_PLAN"] = "kimi-k3"
    other.models, env = ["small"], "the environment"

    status, lines, settings = looked(here)

    assert status == 0
    assert lines == [
        f"plan      ok     kimi-k3 ({env}) at {server.base_url} ({env}), MOONSHOT_API_KEY from {env}",
        f"summary   ok     small (`{path}`) at {other.base_url} (`{path}`), MOONSHOT_API_KEY_SUMMARY from `{path}`",
        "chapter   ok     kimi-k3 (outline.md:7)",
        "models    ok     2 offered, `kimi-k2.6` among them",
        "models    ok     2 offered, `kimi-k3` among them",
        "models    ok     1 offered, `small` among them",
        "models    ok     2 offered, `kimi-k3` among them",
    ]
    assert {"name": "KIMI_MODEL_PLAN", "value": "kimi-k3", "from": "the environment"} in settings
    assert {"name": "MOONSHOT_API_KEY_SUMMARY", "value": "", "from": f"`{path}`"} in settings
    assert {"name": "KIMI_BASE_URL_SUMMARY", "value": other.base_url, "from": f"`{path}`"} in settings
    assert (keys(server), keys(other)) == ({MAIN}, {OWN})


def test_a_model_that_does_not_answer_is_wrong_unless_no_build_asks_it(
    here: Here, server: Scripted, other: Scripted
) -> None:
    other.script = lambda _: refusal(401, "invalid_authentication_error", "no")
    here.environ |= own(other, "REVIEW")
    assert looked(here)[0] == 0
    here.environ |= own(other, "SUMMARY")
    assert looked(here)[0] == 1
    assert server.requests


def test_one_client_serves_all_tasks_of_one_access_whatever_thread_asks(
    here: Here, other: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (here.environ | own(other, "SUMMARY")).items():
        monkeypatch.setenv(name, value)
    outlined(here)
    monkeypatch.chdir(here.root)
    session = Session(Snapshot(locate(Path.cwd(), {})), Progress())
    clients: dict[str, Client] = {}
    barrier = threading.Barrier(8)

    def ask(task: str) -> None:
        barrier.wait()
        client = session.quiet().client_for(task)
        client.open()
        clients[task] = client

    tasks = ["summary:1", "summary:2", "arc:001-010", "summary:01", "chapter:1", "bible", "chapter:01", "chapter:2"]
    threads = [threading.Thread(target=ask, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.close()
    assert len({id(clients[task]) for task in tasks[:4]}) == 1
    assert {id(clients[task]) for task in tasks[4:7]} == {id(session.client)}
    assert len({id(client) for client in clients.values()}) == 3
    assert not any(client.opened for client in clients.values())
