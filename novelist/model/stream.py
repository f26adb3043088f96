"""An answer as it is heard: the pieces of a stream, wherever a server puts what, and how the text ended.

Pure, but for the clock. Knows the forms of the chunks that servers send, as plain JSON. Knows no request.
"""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from novelist.model.bodies import ServerError, error_in, is_alive
from novelist.model.events import DONE
from novelist.model.faults import FILTER
from novelist.model.prices import told_cost
from novelist.model.thoughts import Thoughts
from novelist.model.tokens import Usage, read_usage
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.model.faults import Fault

CUT, ENOUGH, LENGTH, STOP = "cut", "enough", "length", "stop"
# What servers that are like OpenAI's call the ends of a text, in small letters.
ENDS = {
    **dict.fromkeys(("eos", "eos_token", "end_turn", "stop_sequence", "completed", "complete", "finished"), STOP),
    **dict.fromkeys(("max_tokens", "max_output_tokens", "model_length"), LENGTH),
    **dict.fromkeys(("sensitive", "safety", "recitation", "prohibited_content", "blocklist"), FILTER),
}
FAILED = ("error", "abort", "failed", "network_error")  # ends of what is no answer
THOUGHTS = ("reasoning_content", "reasoning", "thinking")  # what servers call what a model thinks

LONGEST_TWICE = 200  # characters of a text that a model may say twice from its beginning to its end
LONG_PIECE = 8  # different characters of a piece that no model says twice, one behind the other
FEWEST_PAIRS = 3  # different pieces that come in pairs before each is taken to come twice
MOST_HELD = 40  # pieces until that is decided
HALF = re.compile("[\ud800-\udbff]")
HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Answer:
    """A text and how it ended: as the server says, or `cut` by the way to it, or `enough` to its listener."""

    text: str
    finish: str
    reasoning: str = ""


class Enough(Exception):
    """Raised by a listener that wants no more of a text."""


class StreamHandler(Protocol):
    """Who is told of a text while it is being written."""

    def start(self) -> None:
        """Forget what came: the answer is begun, or begun again."""

    def add(self, piece: str) -> None:
        """Take the next piece of the text. Raises Enough where no more is wanted."""

    def think(self, piece: str) -> None:
        """Take the next piece of the model's reasoning."""

    def end(self, finish: str) -> None:
        """Take note that the text has come to its end, before the call has."""


@dataclass
class Repeats:
    """Tells what a server sends twice from what its model says twice.

    Halves of a character that stands in two pieces are put together here too.
    """

    _half: str = ""
    _last: str = ""
    _all: str = ""
    _pairs: list[str] | None = field(default_factory=list)  # the first pieces, as long as each of them came twice
    _twice: bool = False  # whether each does
    _dropped: bool = False
    _told: str = ""
    _second: str = ""  # what came again from the beginning on, and is held back as long as it does

    def once(self, piece: str, *, ends: bool) -> str:
        """Return what is new in a piece; `ends` is set for the last one, which may say again what there was."""
        piece = self._half + piece
        self._half = piece[-1:] if HALF.match(piece[-1:]) else ""
        piece = piece[: len(piece) - len(self._half)]
        if HALVES.search(piece):
            piece = piece.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        again = bool(piece) and piece == self._last
        if ends and (again or piece == self._all):
            piece = ""
        elif again and not self._dropped and (self._twice or len({*piece}) >= LONG_PIECE):
            self._dropped = True
            return ""
        self._dropped = False
        self._last, self._all = piece or self._last, self._all + piece
        return self._through(self._decided(piece, ends=ends), ends=ends)

    def rest(self) -> str:
        """Return what was held back, once nothing follows."""
        return self._through(self._decided("", ends=True), ends=True)

    def _through(self, piece: str, *, ends: bool) -> str:
        """Return a piece of a text that comes once; where all of it comes again up to its end, nothing."""
        second = self._second + piece
        self._second = ""
        if len(self._told) > LONGEST_TWICE and self._told.startswith(second):
            if ends and second == self._told:
                return ""
            if not ends:
                self._second = second
                return ""
        self._told += second
        return second

    def _decided(self, piece: str, *, ends: bool) -> str:
        """Return what may be told of the first pieces: the first at once, the others once they come in pairs or not."""
        if self._pairs is None or not (piece or ends):
            return piece
        pairs = [*self._pairs, piece] if piece else self._pairs
        alike = all(one == other for one, other in zip(pairs[::2], pairs[1::2], strict=False))
        whole, different = len(pairs) % 2 == 0, len({*pairs})
        decided = whole and different >= FEWEST_PAIRS
        if alike and len(pairs) > 1 and not (ends or decided) and len(pairs) < MOST_HELD:
            self._pairs = pairs
            return ""
        if len(pairs) == 1 and not ends:
            self._pairs = pairs
            return piece
        # What is the same all along is said again and again by the model: 哈哈哈.
        self._pairs, self._twice = None, alike and decided
        new = pairs[::2] if alike and whole and different > 1 else pairs
        return "".join(new[1:]) if len(pairs) > 1 or not piece else piece


@dataclass
class Received:
    """What has come of one answer."""

    began: float
    taken: bool = False  # by the server, whom it may cost something from then on
    first: float | None = None
    finish: str = ""
    usage: Usage | None = None
    cost: float | None = None  # in US dollars, where the server says it
    text: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)
    thoughts: Thoughts = field(default_factory=Thoughts)
    repeats: Repeats = field(default_factory=Repeats)
    refusal: str = ""
    foreign: str = ""  # words, or JSON, that are no piece of any answer

    def take(self, event: object, handler: StreamHandler) -> bool:
        """Take what is in an event, wherever a server puts it, and say whether it was more than nothing.

        Raises ServerError for an error, and for what is no answer.
        """
        if event == DONE:
            return self._ended(STOP, handler) if self.text and not self.finish else False
        if isinstance(event, str):
            self.foreign = event
        fields = _object(event)
        choices = fields.get("choices")
        choice = next(filter(_is_first, choices), {}) if isinstance(choices, list) else _foreign(fields)
        if fields and not (self.foreign or "choices" in fields or choice or _is_ours(fields) or is_alive(fields)):
            self.foreign = json.dumps(fields, ensure_ascii=False)
        message = _object(choice.get("message"))  # where it is no stream: the whole answer
        delta = _object(choice.get("delta")) or message
        piece, thought = _parts(delta.get("content", choice.get("text")))
        thought = thought or next(filter(None, (_text(delta, name) for name in THOUGHTS)), "")
        self.refusal += _text(delta, "refusal")
        wrong = error_in(fields)
        finish = (_text(choice, "finish_reason") or _text(choice, "finishReason")).lower() or (STOP if message else "")
        piece = self.repeats.once(piece, ends=bool(finish))
        counted = _object(fields.get("usage")) or _object(choice.get("usage"))
        self.usage = read_usage(counted, _object(fields.get("timings"))) or self.usage
        cost = told_cost(counted)
        self.cost = self.cost if cost is None else cost
        if piece or thought:
            self.first = self.first or time.monotonic()
        if thought:
            self._think(thought, handler)
        if piece:
            self._tell(self.thoughts.take(piece), handler)
        if wrong is not None:
            raise ServerError(wrong)
        if finish:
            self._ended(ENDS.get(finish, finish), handler)
        return bool(piece or thought or finish)

    def close(self) -> None:
        """Take note that the stream has ended. Raises ServerError where no answer was in it, but a reason."""
        if "".join(self.text).strip() or self.reasoning or self.refusal:
            return
        if self.finish in FAILED:
            failed = f"the answer ended with `{self.finish}`"
            raise ServerError(failed)
        if self.foreign and not self.finish:
            raise ServerError(self.foreign)

    def end(self, handler: StreamHandler) -> None:
        """Take note that no more comes."""
        with suppress(Enough):
            self._tell(self.thoughts.take(self.repeats.rest()), handler)
            self._tell(self.thoughts.rest(), handler)
        if self.thoughts.over and self.finish in ("", LENGTH):
            self.finish = STOP
        if self.refusal.strip() and not "".join(self.text).strip():
            self.text, self.finish = [self.refusal], FILTER

    def _ended(self, finish: str, handler: StreamHandler) -> bool:
        self._tell(self.thoughts.rest(), handler)
        self.finish = finish
        handler.end(finish)
        return True

    def _think(self, thought: str, handler: StreamHandler) -> None:
        self.reasoning.append(thought)
        handler.think(printable(thought))

    def _tell(self, parts: Sequence[tuple[str, str]], handler: StreamHandler) -> None:
        for kind, text in parts:
            if kind == "unsay":
                self.text.clear()
                handler.start()
            if kind == "text":
                self.text.append(text)
                handler.add(printable(text))
            else:
                self._think(text, handler)

    def lives(self, wrong: Fault | None) -> bool:
        """Say whether what was heard before a stream broke is of use: all of a text, or a part to go on from."""
        if wrong is None:
            return False
        return self.finish in (STOP, LENGTH) or (bool(self.text) and (wrong.transient or wrong.filtered))


def whole(text: str) -> str:
    """Return a text with the halves of a character put together; a half alone is none."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore") if HALVES.search(text) else text


def _is_ours(fields: Mapping[str, Any]) -> bool:
    """Say whether JSON without a choice is a chunk of this API all the same, as that with the usage may be."""
    return _text(fields, "object").startswith("chat.completion")


def _foreign(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the choice in the answer of another API on the same machine: Ollama's own, or llama.cpp's."""
    message = fields.get("message")
    text = next((fields[name] for name in ("response", "content") if isinstance(fields.get(name), str)), None)
    if not isinstance(message, dict) and text is None:
        return {}
    delta = message if isinstance(message, dict) else {**fields, "content": text}
    ended = fields.get("done") or fields.get("stop")
    usage = {"prompt_tokens": fields.get("prompt_eval_count"), "completion_tokens": fields.get("eval_count")}
    return {"delta": delta, "finish_reason": fields.get("done_reason") or (STOP if ended else None), "usage": usage}


def _is_first(choice: object) -> bool:
    return isinstance(choice, dict) and choice.get("index", 0) in (0, None)


def _parts(content: object) -> tuple[str, str]:
    """Return the text and the thoughts in a message's content, which may be a list of parts by their types."""
    if not isinstance(content, list):
        return (content if isinstance(content, str) else ""), ""
    parts = [part for part in content if isinstance(part, dict)]
    text = "".join(_text(part, "text") for part in parts if part.get("type", "text") in ("text", "output_text"))
    thought = "".join(
        _parts(part["thinking"])[0] if isinstance(part["thinking"], list) else str(part["thinking"])
        for part in parts
        if "thinking" in part
    )
    return text, thought


def _text(fields: Mapping[str, Any], name: str) -> str:
    """Return the text that is called `name`, empty where there is none, or something else."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _object(value: object) -> Mapping[str, Any]:
    """Return a JSON object as a mapping; empty for anything else."""
    return value if isinstance(value, dict) else {}
