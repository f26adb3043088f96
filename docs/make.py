"""The pages of docs/ that are made from the code: `uv run python docs/make.py` writes them, and a test compares them.

Knows what a page says around what the code says. What the code says is asked of it: the commands' own help, the texts
of its errors, its settings, what servers accept, and the JSON that it prints of a small book.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.testing import CliRunner
from error_texts import KINDS, error_texts

from novelist.book import settings as premise_settings
from novelist.cli.main import main as novelist
from novelist.model.providers import DEFAULT_MODEL, KNOWN, RETIRED, Provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

DOCS = Path(__file__).parent
COLUMNS = 78  # of what `--help` prints where there is no terminal
HEAD = "<!-- Made from the code by `uv run python docs/make.py`; what is edited here is lost. -->\n\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """Return a text as code, or nothing."""
    return f"`{text}`" if text else ""


# commands.md


def commands() -> str:
    """Return the page with the help of each command."""
    with novelist.make_context("novelist", [], resilient_parsing=True, terminal_width=COLUMNS) as context:
        helps = [_help("novelist", novelist.get_help(context))]
        for name in novelist.list_commands(context):
            if command := novelist.get_command(context, name):
                with command.make_context(name, [], parent=context, resilient_parsing=True) as inner:
                    helps.append(_help(f"novelist {name}", command.get_help(inner)))
    return (
        "# Commands\n\n"
        "`doit` builds a book; what it cannot know is asked of `novelist`, and each of its commands has a `--help`.\n\n"
        + "\n".join(helps)
    )


def _help(command: str, text: str) -> str:
    return f"## {command}\n\n```console\n$ {command} --help\n{text}\n```\n"


# settings.md

ENVIRONMENT = {
    "NOVELIST_BOOK": "The folder of the book, for commands that are given elsewhere.",
    "NOVELIST_YES": "`1` says yes to the one question that a build may ask.",
    "NOVELIST_ASK": "Any word: questions are asked of a program, as [lines of JSON](for-programs.md).",
    "NOVELIST_CAP": "US dollars that this run may spend, beside `budget`: no call is begun that might pass it.",
    "NOVELIST_UNPRICED": "`1` allows calls whose price nobody knows, beside `NOVELIST_CAP`, which counts the others.",
    "NOVELIST_HOLDER": "The number of one end of a pipe: the command stops, as by Ctrl-C, once the other is closed.",
    "NO_COLOR": "Anything: no colours.",
    "CI": "Anything: nothing that moves, as where there is no terminal.",
    "SOURCE_DATE_EPOCH": "When the book was last changed, for exports that are the same to the byte on each machine.",
    "TMPDIR": "Where temporary files of exports go.",
}


SETTINGS_PAGE = """\
# Settings

{premise}
## .env: the model

A file beside premise.md, or variables of the environment, which count more. The key goes only to the host that is
named in the same place.

```sh
{example}```

## The environment only

{environment}"""


def settings() -> str:
    """Return the page with what may be set: in premise.md, in `.env`, in the environment."""
    return SETTINGS_PAGE.format(
        premise=premise_settings.document(),
        example=(DOCS.parent / ".env.example").read_text(encoding="utf-8"),
        environment=table(("variable", "what it does"), ((code(name), text) for name, text in ENVIRONMENT.items())),
    )


# errors.md


ERRORS_PAGE = """\
# Errors

Each message says what happened and what to do, and nothing in the book is worse than it was. `…` stands for names,
paths and figures; a file of the book is named before the message, with the line. On a terminal the why stands below the
message, once a build for each kind.
"""


def errors() -> str:
    """Return the page with the text of each error, its why and the modules that say it, by class."""
    page = ERRORS_PAGE
    for kind in KINDS:
        said_by: dict[tuple[str, str], list[str]] = {}
        for text in error_texts():
            if text.kind == kind.__name__:
                said_by.setdefault((text.text, text.why), []).append(text.module)
        title = (kind.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        rows = ((code(text), why, ", ".join(map(code, modules))) for (text, why), modules in said_by.items())
        page += f"\n## {title}\n\n`{kind.__name__}`\n\n{table(('it says', 'why', 'said by'), rows)}"
    return page


# for-programs.md

BOOK = {
    "premise.md": "---\ntitle: The Salt Lamp\nauthor: Ines Halden\nwords: 40-60\n---\nMara finds a letter.\n",
    "bible.md": "## Mara\n\nShe keeps the light.\n",
    "outline.md": (
        "# Part One\n\n## 1. The Bottle {#the-bottle}\n\nMara finds a bottle.\n\nCloses: the lamp\n\n"
        "## 2. The Lamp {#the-lamp}\n\nMara lights the lamp.\n\nOpens: the lamp\n"
    ),
    "matter/dedication.md": "For Ilse.\n",
    ".novelist/ledger.jsonl": (
        '{"at": "2026-11-22T13:04:10Z", "task": "chapter:1", "model": "kimi-k2.6", "provider": "moonshot", "in": 900, '
        '"guessed": 880, "cached": 0, "out": 70, "reasoning": 0, "estimated": false, "first": 0.9, "seconds": 2.4, '
        '"finish": "stop", "tries": 1, "cost": 0.0011}\n'
    ),
    # Edited by hand since it was drafted, from another section: kept.
    "chapters/01-the-bottle.md": (
        "---\ntitle: The Bottle\nnovelist:\n  v: 1\n  brief: {section: h000000}\n  body: h000000\n"
        "  model: kimi-k2.6\n  at: 2026-11-22T13:04:10Z\n---\n\nIn it was her brother's letter,\n"
    ),
    "summaries/01-the-bottle.md": (
        "---\ntitle: The Bottle\nunsure: Anna\nnovelist:\n  v: 1\n  of: h000000\n  body: h719bafcfaa91\n---\n\n"
        "Anna reads her brother's letter.\n"
    ),
    "reviews/01-the-bottle.md": (
        "---\nnovelist:\n  v: 1\n  brief: {section: h000000}\n  of: h000000\n  body: h000000\n---\n\n"
        "- **must** [1] It breaks off. Fix: Let her read it.\n  > “her brother's letter,”\n"
    ),
}
AMOUNTS = ("calls", "in", "cached", "out", "dollars", "unpriced")
JSON = {
    "status": {
        "version": "of this form: 1",
        "title": "the book's title",
        "author": "who is named on the title page",
        "language": "the code of its language",
        "words": "the words of the chapters that there are",
        "asked": "the words asked for, at least and at most",
        "chapters[].number": "its place in the book, from 1, by which commands and files go",
        "chapters[].printed": "the number that readers see; null where it has none, as a prologue",
        "chapters[].id": "what names it in outline.md, in its file, and in history",
        "chapters[].title": "its title",
        "chapters[].part": "the heading of its part, or empty",
        "chapters[].path": "its file",
        "chapters[].words": "its words; 0 where it is missing",
        "chapters[].asked": "the words asked for, at least and at most",
        "chapters[].state": "`fresh`, `edited`, `yours`, `missing`, `stale` or `kept`",
        "chapters[].reason": "why it is in that state",
        "chapters[].summary.state": "the same of its summary",
        "chapters[].summary.reason": "why that is so",
        "chapters[].review.state": "of its review: `missing` (nobody has asked for one), `fresh` or `stale`",
        "chapters[].review.reason": "why",
        "chapters[].review.findings": "those that are neither struck nor mended; empty where there are none",
        "chapters[].review.findings[].severity": "`must`, `should` or `may`",
        "chapters[].review.findings[].paragraph": "the number of the paragraph, 0 where none is said",
        "chapters[].review.findings[].what": "what is wrong",
        "chapters[].review.findings[].fix": "what is proposed, empty for nothing",
        "chapters[].review.findings[].quotes": "what shows it, word for word: the first from the chapter",
        "chapters[].review.findings[].where": "of each quote where it stands, empty for the chapter",
        "chapters[].review.open.must": "findings neither struck nor mended that must be",
        "chapters[].review.open.should": "that should be",
        "chapters[].review.open.may": "that may be",
        "read.state": "of the reading of the whole book: `missing` (nobody has asked for one), `fresh` or `stale`",
        "read.reason": "why",
        "read.findings": "what is neither struck nor applied, each as one of a chapter; empty where there is nothing",
        "read.at": "when it was read; empty where no model has",
        "read.model": "by which model",
        "read.open.must": "findings on the whole book that are not struck and must be mended",
        "read.open.should": "that should be",
        "read.open.may": "that may be",
        "read.proposals": "how many sections of the outline `novelist apply` can put in place",
        "matter[].name": "what a page of front or back matter is: `dedication`",
        "matter[].place": "`front` or `back`",
        "matter[].path": "its file",
        "matter[].words": "its words",
        "unsure[].task": "a summary, or an arc, that says what no text before it says",
        "unsure[].path": "its file",
        "unsure[].line": "the line that says what is unsure, from 1",
        "unsure[].what": "what that is: names, numbers, words between quotation marks",
        "spent.calls": "how many calls there were",
        "spent.in": "tokens of their prompts",
        "spent.cached": "those of them that a server had in its cache",
        "spent.out": "tokens of their answers",
        "spent.dollars": "US dollars, of the calls whose price is known",
        "spent.unpriced": "of how many calls it is not",
        "spent.models[].model": "a model that was asked",
        "spent.models[].provider": "what kind of server it was asked of",
        **{f"spent.models[].{name}": "the same of its calls" for name in AMOUNTS},
    },
    "spent": {
        "version": "of this form: 1",
        "since": "the first day, or the moment, that was asked for; null: ever",
        "spent.calls": "how many calls there were",
        "spent.in": "tokens of their prompts",
        "spent.cached": "those of them that a server had in its cache",
        "spent.out": "tokens of their answers",
        "spent.dollars": "US dollars, of the calls whose price is known",
        "spent.unpriced": "of how many calls it is not",
        "tasks[].task": "a kind of task: `chapter`, `summary`, `review`; the dearest first",
        **{f"tasks[].{name}": "the same of its calls" for name in AMOUNTS},
        "days[].day": "a day by the clock where this runs, the first first; null: the ledger says none",
        **{f"days[].{name}": "the same of its calls" for name in AMOUNTS},
    },
    "plan": {
        "version": "of this form: 1",
        "steps[].task": "the task, as doit names it; `triage` is the question which chapters rest on what changed",
        "steps[].why": "why it would be drafted",
        "steps[].sure": "whether it would in any case; else it depends on what another draft comes to say",
        "steps[].asks": "whether you are asked first",
        "steps[].adapts": "whether the chapter is adapted by edits, and not drafted",
        "steps[].in": "tokens of its prompt, about",
        "steps[].out": "tokens of its text, about",
        "steps[].dollars": "US dollars; null where the price is unknown",
        "steps[].seconds": "how long it takes; null where no call was made yet",
        "steps[].model": "the model that would write it; empty for the embedded one",
        "kept[].task": "a task that would leave its file as it is, although something changed",
        "kept[].why": "why that is so",
    },
    "why 1": {
        "version": "of this form: 1",
        "of": "the file, as doit names it",
        "state": "as in `novelist status --json`",
        "reason": "why it is in that state",
        "changes": "what a chapter is told otherwise that would be adapted: `what` it is of, `old` and `new` lines",
        "difference": "of any other, the lines of a diff between what it was drafted from and what it is told now",
    },
    "brief 1": {
        "version": "of this form: 1",
        "of": "the chapter, as doit names it",
        "system": "what the model is told first",
        "user": "and then",
    },
    "compare 1": {
        "version": "of this form: 1",
        "of": "the chapter, as doit names it",
        "versions[].number": "0 is the chapter as it is, which may be missing; else that of an alternative",
        "versions[].at": "when it was drafted; empty where a hand wrote it",
        "versions[].model": "the model that drafted it",
        "versions[].asked": "what it was asked for with; empty where that is nothing but its brief",
        "versions[].stale": "why its brief is no longer that of the chapter; empty where it is",
        "versions[].words": "its words",
        "versions[].tense": "`past`, `present`, or empty where that is not plain",
        "versions[].findings[].rule": "one of the rules that `novelist lint --help` explains",
        "versions[].findings[].sure": "`sure`, `likely` or `maybe`",
        "versions[].findings[].line": "the line of its file, from 1",
        "versions[].findings[].message": "what was found",
        "versions[].lacks": "who and what of the bible its section names, and it does not",
        "versions[].others": "who and what of the bible it names, and its section does not",
        "versions[].new_names": "names that neither version 0 nor anything that a draft is told has",
        "versions[].new_numbers": "numbers that version 0 has not",
        "versions[].left_out": "numbers that only version 0 has",
        "versions[].begins": "its first sentence",
        "versions[].ends": "its last sentence",
        "changes": "where versions were named to be compared: `number` of the paragraph, `old` and `new` text",
    },
    "search lamp": {
        "version": "of this form: 1",
        "places[].file": "a file that has the words, from the book's folder; files come in the order of the book",
        "places[].line": "the line on which they begin, from 1",
        "places[].of": "what that is: `premise`, `bible`, `outline`, `chapter`, `summary`, `notes`, `review`, …",
        "places[].chapter": "the number of the chapter that the place is about; null where it is about none",
        "places[].text": "the words with those around them; what is near to each other is one place",
        "places[].words": "what was looked for, as it stands there",
    },
    "lint": {
        "version": "of this form: 1",
        "chapters": "how many were read",
        "words": "how many they have",
        "findings[].rule": "one of the rules that `novelist lint --help` explains",
        "findings[].sure": "`sure`, `likely` or `maybe`",
        "findings[].file": "from the book's folder",
        "findings[].line": "from 1",
        "findings[].about": "the chapter's id, `bible` or `book`",
        "findings[].message": "what was found",
        "findings[].why": "why it matters",
        "accepted": "how many findings lint-accepted.txt keeps quiet",
        "not_checked[].rules": "the rules that were not applied",
        "not_checked[].file": "to which file; null: the book",
        "not_checked[].why": "why not",
    },
    "check": {
        "version": "of this form: 1",
        "chapters": "how many the outline has",
        "summaries": "how many of them have a summary",
        "facts": "lines of facts in those",
        "findings[].rule": "one of the rules that `novelist check --help` explains",
        "findings[].sure": "`sure`, `likely` or `maybe`",
        "findings[].file": "from the book's folder",
        "findings[].line": "from 1",
        "findings[].about": "the chapter's id, or `bible`",
        "findings[].message": "what was found",
        "findings[].quote": "the words of that line",
        "findings[].against": "null where no single line is contradicted",
        "findings[].against.file": "the file of the line that it contradicts",
        "findings[].against.line": "from 1",
        "findings[].against.quote": "the words of that line",
        "findings[].why": "why it matters",
        "accepted": "how many findings lint-accepted.txt keeps quiet",
        "not_checked[].rules": "the rules that were not applied",
        "not_checked[].file": "to which file; null: the book",
        "not_checked[].why": "why not",
    },
    "doctor": {
        "version": "of this form: 1",
        "book": "the book's folder; null where there is none",
        "settings[].name": "a variable that counts for the model, as `.env` and the environment call it",
        "settings[].value": "what it is set to; empty for the key",
        "settings[].from": "the environment or the file that sets it; empty where nobody does",
        "checks[].name": "what was looked at",
        "checks[].state": "`ok`, `note` (it stops no build) or `wrong`",
        "checks[].text": "what there is, or what is wrong and what to do",
        "stops": "whether anything is wrong",
    },
}


QUESTIONS = {
    "replace": {
        "ask": "q7",
        "question": "replace",
        "adapts": False,
        "reason": "the story before it changed",
        "chapters": [{"number": 3, "title": "The Lamp"}, {"number": 4, "title": "The Ferry"}],
        "cost": {"tokens": 2957, "dollars": None, "words": "2 chapters, 2 summaries, about 2,957 tokens"},
    },
    "edits": {
        "ask": "q7",
        "question": "edits",
        "chapter": {"number": 3, "title": "The Lamp"},
        "edits": [{"edit": 1, "changes": [{"paragraph": 2, "old": "It was red.", "new": "It was green."}]}],
        "refused": [],
    },
}
PROGRAMS_PAGE = """\
# For programs

`novelist status --json`, `spent --json`, `plan --json`, `why 1 --json`, `brief 1 --json`, `compare 1 --json`, `search
lamp --json`, `lint --json`, `check --json` and `doctor --json` print an object with a `version`, within which keys are
added and never taken away. Only the last one asks a model. The tools of [`novelist mcp`](agents.md) answer in the same
forms.

{forms}
A status, of a book with one chapter that was edited by hand:

```json
{status}```

## Questions

Where a person at a terminal is asked, a program can answer: it sets `NOVELIST_ASK` to a word of its own, reads standard
output line by line, and writes a line to standard input for each question. A question is an object in one line, and
its `ask` is that word, which no title and no text can know; every other line is as it is for a person. Without one more
answer, what is asked about stays as it is, as where there is no terminal. An answer that is not understood is asked
for again, with the `problem`.

`doit` and `novelist build` ask before finished chapters are replaced that nobody touched, once:

```json
{replace}
```

`adapts` says whether that is done by edits, which leave what a hand has typed. `chapters` are those that may be
replaced, and `cost` what that takes at most; `dollars` is null where nobody knows. The answers are
`{{"answer": "yes"}}`, `"keep"` (what is missing is drafted, and these stay until something else changes), `"quit"`, or
the numbers of those that may be replaced: `{{"answer": [4]}}`.

`novelist revise` asks which edits of a chapter are taken; it is paid for by then, and the same command with `--yes`
takes all of them without a call:

```json
{edits}
```

Each edit has what it would change by itself; `refused` is why others of the model's cannot be made. The answers are
`"all"`, `"none"`, or the numbers of those that are wanted: `{{"answer": [1]}}`.

## Exit status

`novelist` ends with 0; with 1 where something was wrong, which is said on standard error, or where `lint --fail-on`,
`check --fail-on` or `doctor` found something; with 2 for a command that is not understood. `doit` and `novelist build`
end with 0; with 1 where a task failed (`novelist build` also where there is no book); with 2 for an error in a task;
with 3 for a book or a command that they cannot use. After Ctrl-C all end with 130, but the studio with 0.
"""


def for_programs() -> str:
    """Return the page with the forms of the JSON; each key that is printed is described."""
    forms = ""
    printed = {verb: _printed(verb) for verb in JSON}
    for verb, meanings in JSON.items():
        _same(meanings, set(_keys(json.loads(printed[verb]))))
        rows = ((code(key), text) for key, text in meanings.items())
        forms += f"## novelist {verb} --json\n\n{table(('key', 'what it is'), rows)}\n"
    questions = {name: json.dumps(question) for name, question in QUESTIONS.items()}
    return PROGRAMS_PAGE.format(forms=forms.rstrip("\n") + "\n", status=printed["status"], **questions)


def _printed(verb: str) -> str:
    """Return what a command prints as JSON of the book above."""
    set_here = {name: None for name in os.environ if name.startswith(("NOVELIST_", "MOONSHOT_", "KIMI_"))}
    runner, here = CliRunner(env={**set_here, "KIMI_BASE_URL": "http://127.0.0.1:9/v1"}), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in BOOK.items():
            (Path(folder) / name).parent.mkdir(exist_ok=True)
            (Path(folder) / name).write_text(text, encoding="utf-8")
        try:
            return runner.invoke(novelist, ["-C", folder, *verb.split(), "--json"], catch_exceptions=False).stdout
        finally:
            os.chdir(here)


def _keys(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield the paths of all values that are no objects, and no lists of objects."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _keys(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for each in value:
            yield from _keys(each, f"{path}[]")
    else:
        yield path


# servers.md

CONTINUES = {
    "partial": "the text as an assistant's message with `partial`",
    "prefix": "the text as an assistant's message with `prefix`",
    "final": "the text as the last message, with `continue_final_message`",
    "trailing": "the text as the last message",
    None: "the text told in the prompt",
}
THINKS = {
    "kimi": "`thinking`, or `reasoning_effort` for K3",
    "object": "`thinking`",
    "effort": "`reasoning_effort`, for models that reason",
    "none": "`reasoning_effort: none`",
    "reasoning": "`reasoning`",
    "template": "`chat_template_kwargs`",
    None: "not at all",
}


SERVERS_PAGE = """\
# Other servers

`KIMI_BASE_URL` names any server that speaks OpenAI's protocol, and `KIMI_MODEL` a model of it. How a server wants to be
spoken to is known by its address; where it is not, say it with `KIMI_PROVIDER`, so that an unfinished text is gone on
with in the server's own way. On a loopback address no key is needed.

{servers}
DeepSeek goes on with a text only behind `https://api.deepseek.com/beta`. What a server refuses is done without for the
rest of the run. A model reasons for the bible and the outline, and not for prose where that can be switched off;
`KIMI_THINKING=always` or `never` changes it.

## Models that Moonshot has retired

{retired} and `moonshot-v1-…`: `{default}` is asked in their place, and that is said.
"""


def servers() -> str:
    """Return the page with the servers that are known, and what each accepts."""
    rows = (
        (
            code(server.id),
            server.name,
            _known_by(server),
            code(server.cap),
            "yes" if server.temperature else "no",
            "a schema" if server.json == "schema" else "an object",
            THINKS[server.thinking],
            CONTINUES[server.prefill],
        )
        for server in KNOWN
    )
    head = ("`KIMI_PROVIDER`", "server", "known by", "cap", "temperature", "JSON by", "thinking by", "goes on by")
    return SERVERS_PAGE.format(servers=table(head, rows), retired=", ".join(map(code, RETIRED)), default=DEFAULT_MODEL)


def _known_by(server: Provider) -> str:
    if server.port:
        return f"port {server.port} of this machine"
    return ", ".join(map(code, server.hosts)) or f"`KIMI_PROVIDER={server.id}`"


def _same(described: Iterable[str], there: Iterable[str]) -> None:
    """Raise ValueError unless all that is there is described, and nothing else."""
    if wrong := set(described).symmetric_difference(there):
        message = f"docs/make.py describes what is not there, or not what is: {', '.join(sorted(wrong))}."
        raise ValueError(message)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "errors.md": errors,
    "for-programs.md": for_programs,
    "servers.md": servers,
    "settings.md": settings,
}


def page(name: str) -> str:
    """Return a page as it is to be."""
    return HEAD + PAGES[name]()


@click.command()
def main() -> None:
    """Write the pages."""
    for name in PAGES:
        (DOCS / name).write_text(page(name), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
