"""A question to the program that runs this one, in place of a person at a terminal: a line of JSON out, a line in.

Knows how such a program says that it answers, and how it is asked. Knows no question: each has its form from where it
is asked.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

from novelist.terminal.lines import read_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ASK = "NOVELIST_ASK"
LONGEST_ANSWER = 100_000  # characters

Answer = TypeVar("Answer")


def program_answers() -> bool:
    """Say whether a program answers in place of a person."""
    return bool(os.environ.get(ASK)) and sys.stdin is not None and not sys.stdin.closed


def ask_program(
    question: Mapping[str, Any], understood: Callable[[Any], Answer], line: Callable[[str], None]
) -> Answer | None:
    """Ask a question, and return the answer as it is `understood`, which raises ValueError for what is none.

    The question goes out by `line`, an object in one line whose `ask` is the value of NOVELIST_ASK. An answer is a line
    with an object too, of which `answer` counts. One that is not understood is asked for again, with the `problem`.
    None where the program gives no more answers.
    """
    # The word of the program's own choice tells a question from whatever else a line may come to say: titles, and
    # answers of servers, are a stranger's, who does not know it.
    asked = {"ask": os.environ[ASK], **question}
    while True:
        line(json.dumps(asked))
        text = read_line(LONGEST_ANSWER)
        if not text:
            return None
        try:
            return understood(_answer(text))
        except (ValueError, RecursionError) as error:
            asked["problem"] = str(error)


def _answer(text: str) -> Any:  # noqa: ANN401 - whatever is answered
    try:
        return json.loads(text)["answer"]
    except (ValueError, LookupError, TypeError, RecursionError):
        message = 'an answer is a line such as {"answer": "yes"}'
        raise ValueError(message) from None
