"""A book's own templates are anybody's: whatever they do, one of them ends with one error that names it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from in_process import Here
from scripted import Scripted

from novelist.book.files import Files
from novelist.drafting.prompts import Prompts
from novelist.errors import BookError

REMEDY = "Put it right, or remove the file."
TOO_DEEP = "it includes or calls itself, or is nested too deep"
TOO_MUCH = "it takes too much memory"
WRONG = {
    "{{ 1 / 0 }}": "2: division by zero",
    "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}": f"2: {TOO_DEEP}",
    '{% include "chapter.md.j2" %}': f"2: {TOO_DEEP}",
    '{% extends "chapter.md.j2" %}': f"2: {TOO_DEEP}",
    '{% include "nowhere.j2" %}': "2: there is no template `nowhere.j2`",
    f"{{{{ {'(' * 5000}1{')' * 5000} }}}}": f" {TOO_DEEP}",
    "{% for a in b %}" * 200 + "{% endfor %}" * 200: f" {TOO_DEEP}",
    "{{ 'x' * 10 ** 9 }}": f"2: {TOO_MUCH}",
    "{{ '%999999999d' % 1 }}": f"2: {TOO_MUCH}",
    "{% for a in range(10 ** 9) %}{% endfor %}": "2: Range too big. The sandbox blocks ranges larger than MAX_RANGE "
    "(100000)",
    "{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}": "2: it gives more than 20,000,000 characters",
    "{{ number }}{{ '\\ud800' }}": "2: it gives half of a character, a lone surrogate",
    "{{ ().__class__ }}": "2: access to attribute '__class__' of 'tuple' object is unsafe",
    "{{ nowhere.title }}": "2: 'nowhere' is undefined",
}
ENDLESS_LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
ENDLESS = ["{{ lipsum(n=10 ** 6) }}", ENDLESS_LOOP]
NOVELIST = str(Path(sys.executable).with_name("novelist"))


def _folder(root: Path, template: str) -> Path:
    folder = root / "prompts"
    folder.mkdir()
    (folder / "chapter.md.j2").write_text(template, encoding="utf-8")
    return folder


def _error(root: Path, template: str) -> str:
    """Return what is said of a template, behind its name."""
    folder = _folder(root, template)
    try:
        prompts = Prompts(Files(root), folder, "")
    except BookError as error:
        raised = error
    else:
        with pytest.raises(BookError) as caught:
            prompts.render("chapter", number=7)
        raised = caught.value
        prompts.close()
    return str(raised).removeprefix(f"{folder}/chapter.md.j2:")


@pytest.mark.slow
@pytest.mark.parametrize("template", WRONG)
def test_what_a_template_does_wrong_is_named_with_its_line(tmp_path: Path, template: str) -> None:
    assert _error(tmp_path, f"Write.\n{template}") == f"{WRONG[template]}. {REMEDY}"


@pytest.mark.slow
@pytest.mark.parametrize("template", ENDLESS)
def test_a_template_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    monkeypatch.setattr("novelist.drafting.prompts.LONGEST_RENDERING", 0.5)
    assert _error(tmp_path, f"Write.\n{template}") == f"2: it takes longer than 0.5 seconds. {REMEDY}"


@pytest.mark.slow
def test_a_template_that_does_not_let_itself_be_ended_is_ended_from_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("novelist.drafting.prompts.LONGEST_RENDERING", 60.0)
    monkeypatch.setattr("novelist.drafting.prompts.PATIENCE", -59.0)
    assert _error(tmp_path, ENDLESS_LOOP) == f" it takes too long, or too much memory. {REMEDY}"


@pytest.mark.slow
def test_after_a_template_that_was_too_much_another_one_is_rendered(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "{{ 'x' * size }}{{ text }}")
    prompts = Prompts(Files(tmp_path), folder, "")
    with pytest.raises(BookError):
        prompts.render("chapter", size=10**9, text="Rain.")
    assert prompts.render("chapter", size=3, text="Rain.") == "xxxRain."
    prompts.close()


def test_our_own_templates_are_rendered_in_this_process(tmp_path: Path) -> None:
    prompts = Prompts(Files(tmp_path), tmp_path / "prompts", "")
    assert prompts.render("extend", text="Rain.", ending="Rain.", left=100, unit="words").startswith("# What you have")


@pytest.mark.parametrize("verb", ["build", "plan", "brief"])
def test_a_template_that_fails_fails_each_verb_with_the_same_line(here: Here, server: Scripted, verb: str) -> None:
    here.doit()
    server.requests.clear()
    (here / "chapters" / next(path.name for path in (here / "chapters").iterdir())).unlink()
    _folder(here.root, "Write.\n{{ 1 / 0 }}")
    ran = here.doit() if verb == "build" else here.run(NOVELIST, verb, *["1"] * (verb == "brief"))
    assert ran.status == 1
    assert "prompts/chapter.md.j2:2: division by zero. Put it right, or remove the file.\n" in ran.out + ran.err
    assert server.requests == []
