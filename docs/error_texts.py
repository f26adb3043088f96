"""The texts of all errors, read from the source: what each says, of which class, why it comes, and in which module.

Knows Python's syntax, and the ways in which this code raises: with a text, with a name that was given one before, and
in functions that are given parts of it. What is put into a text only while the program runs is an ellipsis here.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from novelist import errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SOURCE = Path(errors.__file__).parent
KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.NovelistError) and kind is not errors.NovelistError
]
# What makes an error, and which class it has. The text is its last argument.
MAKERS = {**{kind.__name__: kind.__name__ for kind in KINDS}, "fail": "BookError", "InvalidValue": "BookError"}
# What is wrong with a value is said behind the setting and the value.
AROUND = {"InvalidValue": ("…: … ", ". Change it.")}


class ErrorText(NamedTuple):
    """One text that an error may have; `why` is empty where its line says all."""

    kind: str
    text: str
    why: str
    module: str


@cache
def error_texts() -> Sequence[ErrorText]:
    """Return the texts of all errors, by class and module; what several modules say stands there for each."""
    texts = {
        ErrorText(kind, _tidy(text), why, ".".join(path.relative_to(SOURCE).with_suffix("").parts))
        for path, module in _modules().items()
        for kind, text, why in _in_module(module)
    }
    explained = {(each.kind, each.text) for each in texts if each.why}
    order = [kind.__name__ for kind in KINDS]
    return sorted(
        (each for each in texts if each.why or (each.kind, each.text) not in explained),
        key=lambda each: (order.index(each.kind), each.module, each.text),
    )


def _tidy(text: str) -> str:
    """Return a text without marks of code, whose ellipses stand alone."""
    return re.sub("…+", "…", text.replace("`", ""))


@cache
def _modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("[a-z]*.py"))}


def _in_module(module: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Yield class, text and why of the errors that are made in a module."""
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _name(node.func) in MAKERS]
        calls = sorted((call for call in calls if call.args), key=lambda call: call.lineno)
        for place, call in enumerate(calls):
            # A name has the text that it was given since the error before.
            lines = range(calls[place - 1].lineno + 1 if place else function.lineno, call.lineno + 1)
            whys = [keyword.value for keyword in call.keywords if keyword.arg == "why"]
            for given in _given(function, module) or [{}]:
                scope = _Scope(module, function, given)
                for text in scope.texts(call.args[-1], lines):
                    for why in scope.texts(whys[0], lines) if whys else ("",):
                        before, behind = AROUND.get(_name(call.func), ("", ""))
                        yield MAKERS[_name(call.func)], f"{before}{text}{behind}", why


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _given(function: ast.FunctionDef, module: ast.Module) -> list[dict[str, str]]:
    """Return, for each call of a function in its module, the texts that it is given, by its parameters."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call) and _name(node.func) == function.name]
    names = [parameter.arg for parameter in function.args.args if parameter.arg != "self"]
    return [
        {
            name: value.value
            for name, value in zip(names, call.args, strict=False)
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        }
        for call in calls
    ]


class _Scope(NamedTuple):
    """A module, or a function in it that is `given` texts by its parameters."""

    module: ast.Module
    function: ast.FunctionDef | None = None
    given: Mapping[str, str] = {}

    def texts(self, value: ast.expr, lines: range | None = None) -> Iterator[str]:
        """Yield the texts that an expression may have; by a name, those that it is given on some lines."""
        if isinstance(value, ast.Constant):
            yield str(value.value)
        elif isinstance(value, ast.JoinedStr):
            yield from map("".join, product(*(self.pieces(piece, lines) for piece in value.values)))
        elif isinstance(value, ast.Name):
            for node in self.assignments(value.id):
                if lines is None or node in self.module.body or node.lineno in lines:
                    yield from self.texts(node.value, lines)
        elif isinstance(value, ast.Attribute):
            others = [module for path, module in _modules().items() if path.stem == ast.unparse(value.value)]
            for other in others:
                yield from _Scope(other).texts(ast.Name(value.attr))
        elif isinstance(value, ast.Call):
            for function, returned in self.returns(_name(value.func)):
                yield from _Scope(self.module, function).texts(returned)

    def returns(self, name: str) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
        """Yield what the module's function `name` returns, and the function."""
        for function in self.module.body:
            if isinstance(function, ast.FunctionDef) and function.name == name:
                nodes = (node for node in ast.walk(function) if isinstance(node, ast.Return))
                yield from ((function, node.value) for node in nodes if node.value is not None)

    def pieces(self, piece: ast.expr, lines: range | None) -> tuple[str, ...]:
        """Return the texts that a piece of an f-string may be; an ellipsis where it is not written in the source."""
        if isinstance(piece, ast.Constant):
            return (str(piece.value),)
        value = piece.value if isinstance(piece, ast.FormattedValue) else piece
        if not isinstance(value, ast.Name):
            return ("…",)
        if value.id in self.given:
            return (self.given[value.id],)
        nodes = self.assignments(value.id)
        nodes = [node for node in nodes if lines and node.lineno in lines] or nodes
        texts = [tuple(self.texts(node.value, lines)) for node in nodes]
        return texts[0] if len(texts) == 1 and texts[0] else ("…",)

    def assignments(self, name: str) -> list[ast.Assign]:
        """Return where a name is given a value."""
        nodes = [*(ast.walk(self.function) if self.function else ()), *self.module.body]
        return [node for node in nodes if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name]
