"""What a tool answers: an object with a `version`; where a person's word is needed, with a `question`.

Who gets a question has changed nothing by the call, and asks a person. Pure.
"""

from __future__ import annotations

from typing import Any

VERSION = 1  # of what has no form in docs/for-programs.md
Answer = dict[str, Any]


def answer(**about: Any) -> Answer:  # noqa: ANN401 - JSON
    """Return an answer."""
    return {"version": VERSION, **about}


def question(text: str, **about: Any) -> Answer:  # noqa: ANN401 - JSON
    """Return a question to a person, with what they need to know to answer it."""
    return {"version": VERSION, "question": text, **about}
