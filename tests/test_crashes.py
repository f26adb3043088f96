"""What nobody has foreseen is one line and a report without a person's words; a person's own tasks stay theirs."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from novelist.book.crash import STATUS, report

if TYPE_CHECKING:
    from shelf import Ran, Shelf

SECRET = "sk-test-key in /home/somebody"  # noqa: S105 - what a report must not have
# A program in which something goes wrong that no line of novelist foresees; pytest is not in it.
BROKEN = f"""
import sys
from novelist.{{module}} import {{name}}
def broken(*_, **__):
    raise ZeroDivisionError({SECRET!r})
{{name}}.{{method}} = {{wrapped}}
sys.argv[0] = "novelist"
from novelist.cli.main import main
main()
"""
PREMISE = {"module": "targets.snapshot", "name": "Snapshot", "method": "premise", "wrapped": "property(broken)"}
DRAFT = {"module": "drafting.chapter", "name": "ChapterDrafting", "method": "draft", "wrapped": "broken"}


def broken(book: Shelf, where: dict[str, str], *arguments: str) -> Ran:
    return book.run(sys.executable, "-c", BROKEN.format(**where), *arguments)


@pytest.mark.parametrize(
    ("where", "arguments"),
    [(PREMISE, ["plan"]), (PREMISE, ["build"]), (PREMISE, ["build", "list"]), (DRAFT, ["build", "chapter:01"])],
)
def test_what_is_unforeseen_is_one_line_and_a_report(book: Shelf, where: dict[str, str], arguments: list[str]) -> None:
    ran = broken(book, where, *arguments)

    assert ran.status == STATUS
    lines = ran.out.splitlines()[-1:] + ran.err.splitlines()
    match = re.search(
        r"something went wrong that novelist did not foresee \(ZeroDivisionError\)\. Send (\S+), in which none of your "
        r"words are, to who makes novelist, and run it again\.$",
        lines[-1],
    )
    assert match
    assert "Traceback" not in ran.out + ran.err
    text = (book / match[1]).read_text(encoding="utf-8")
    assert re.search(
        r"^builtins\.ZeroDivisionError\n(?:  novelist/\S+\.py:\d+ \w+\n|  \S+:\d+ \S+\n)+", text, re.MULTILINE
    )
    assert "novelist/" in text
    for word in (SECRET, "sk-test", "somebody", str(book.root), "bottle"):
        assert word not in text + ran.out + ran.err


def test_plain_doit_keeps_its_own_status(book: Shelf) -> None:
    (book / "dodo.py").write_text(
        "from novelist.targets.snapshot import Snapshot\n"
        "Snapshot.premise = property(lambda self: 1 // 0)\n"
        "from novelist.tasks import *\n",
        encoding="utf-8",
    )
    ran = book.doit()
    assert ran.status == 3
    assert "Traceback" not in ran.out + ran.err
    assert "novelist did not foresee (ZeroDivisionError)" in ran.err


def test_a_task_of_a_persons_own_is_theirs(book: Shelf) -> None:
    with (book / "dodo.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef task_mine():\n    return {'actions': [lambda: 1 // 0]}\n")
    ran = book.doit("mine")
    assert ran.status == 2
    assert "ZeroDivisionError: integer division or modulo by zero" in ran.out
    assert not list(book.root.glob(".novelist/crash-*"))


def test_where_no_report_can_be_written_that_is_told(book: Shelf) -> None:
    (book / ".novelist").write_text("no folder", encoding="utf-8")
    ran = broken(book, PREMISE, "plan")
    assert ran.status == STATUS
    assert ran.err == (
        "Error: something went wrong that novelist did not foresee (ZeroDivisionError), and no report of it can be "
        "written. Check the disk, and run it again.\n"
    )


def test_a_report_has_types_files_and_lines_and_no_message() -> None:
    from datetime import datetime, timezone

    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        text = report(error, datetime(2026, 11, 26, tzinfo=timezone.utc))
    assert "builtins.KeyError\n  test_crashes.py:" in text
    assert "builtins.ValueError\n  test_crashes.py:" in text
    assert "sk-test" not in text


@pytest.mark.parametrize("arguments", [["--help"], ["build", "list"], ["status"]])
@pytest.mark.parametrize("shell", ["{} | true", "{} > /dev/full", "{} >&-"], ids=["a pipe", "a full disk", "closed"])
def test_an_output_that_takes_nothing_is_no_traceback(book: Shelf, shell: str, arguments: list[str]) -> None:
    command = " ".join([sys.executable, "-m", "novelist", *arguments])
    ran = book.run("bash", "-c", shell.format(command))
    assert "Traceback" not in ran.err
    assert "Exception ignored" not in ran.err
    assert len(ran.err.splitlines()) <= 1
