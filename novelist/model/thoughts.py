"""What a model thinks where its server leaves that in the text, and the tokens of its template: taken out as they come.

Pure. Knows the marks in use, each beside those whose they are. Knows no stream and no book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# By what opens a thought, what closes it.
PAIRS = {
    "<think>": "</think>",  # DeepSeek R1, Qwen 3, GLM and most others
    "<thinking>": "</thinking>",  # models that were told to by a prompt
    "<thought>": "</thought>",  # Gemini
    "<reasoning>": "</reasoning>",
    "<reflection>": "</reflection>",
    "<seed:think>": "</seed:think>",  # Seed OSS
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "[think]": "[/think]",  # Magistral
    "◁think▷": "◁/think▷",  # Kimi's vision models
    "<|channel|>analysis<|message|>": "<|end|>",  # gpt-oss, harmony
}
# Behind one of these nothing is the model's answer any more.
ENDS = (
    *("<|end|>", "<|im_end|>", "<|eot_id|>", "<|endoftext|>", "<|end_of_text|>", "<|return|>", "<end_of_turn>"),
    *("<eos>", "<|end▁of▁sentence|>", "<｜end▁of▁sentence｜>", "<|im_start|>user", "<|user|>"),
)
# What a template puts around an answer, and what says nothing. `<s>` is struck out in HTML, so it ends nothing.
AROUND = (
    *("<|start|>assistant<|channel|>final<|message|>", "<|channel|>final<|message|>", "<|start|>assistant"),
    *("<|im_start|>assistant", "<|start_header_id|>assistant<|end_header_id|>", "<|assistant|>"),
    *("<start_of_turn>model", "<bos>", "<s>", "</s>", "[/inst]"),
)
MARKS = (*PAIRS, *PAIRS.values(), *ENDS, *AROUND)
FIRST = frozenset(mark[0] for mark in MARKS)
LONGEST_MARK = max(map(len, MARKS))
MARK = re.compile("|".join(re.escape(mark) for mark in sorted(MARKS, key=len, reverse=True)), re.IGNORECASE)


@dataclass
class Thoughts:
    """Takes an answer piece by piece, and tells its text from its thoughts.

    A mark may come in several pieces, so what may be the beginning of one is held back until `rest`. So is a thought
    that is opened behind text, which may be no thought, unless another one ends right before it.
    """

    over: bool = False  # whether a token said that the answer has ended
    _closing: str = ""  # what the thought that is open ends with
    _held: str = ""
    _text: list[str] = field(default_factory=list)  # all of it a thought where one is closed that was never opened
    _closed: bool = False  # whether such a one was, and no text has come since
    _doubtful: list[str] = field(default_factory=list)  # the thought that is open behind text, with its mark

    def take(self, piece: str) -> list[tuple[str, str]]:
        """Return what is sure in a piece, in order: `text` or `thought` and how it reads, or `unsay` and what.

        What is unsaid came as text and is a thought: the template had opened it before the answer began.
        """
        if self.over:
            return []
        if not self._held and not self._closing and FIRST.isdisjoint(piece):
            return self._plain(piece)
        waiting, parts = self._held + piece, []
        while match := MARK.search(waiting):
            parts += self._plain(waiting[: match.start()])
            parts += self._marked(match[0].lower())
            waiting = waiting[match.end() :]
            if self.over:
                self._held = ""
                return parts
        held = _beginning_of_a_mark(waiting)
        self._held = waiting[len(waiting) - held :] if held else ""
        return parts + self._plain(waiting[: len(waiting) - held])

    def rest(self) -> list[tuple[str, str]]:
        """Return what was held back, once nothing follows: what opened behind text and never closed is text."""
        held, self._held = self._held, ""
        parts = self._plain(held)
        if self._doubtful:
            parts, self._doubtful, self._closing = [("text", "".join(self._doubtful))], [], ""
        return parts

    def _plain(self, text: str) -> list[tuple[str, str]]:
        if not text:
            return []
        if self._doubtful:
            self._doubtful.append(text)
            return []
        if self._closing:
            return [("thought", text)]
        unsaid: list[tuple[str, str]] = []
        if self._closed:
            text = text.lstrip()
            if not text:
                return []
            unsaid, self._text, self._closed = [("unsay", "".join(self._text))], [], False
        self._text.append(text)
        return [*unsaid, ("text", text)]

    def _marked(self, mark: str) -> list[tuple[str, str]]:
        """Return what a mark changes."""
        if mark == self._closing:
            doubtful, self._doubtful, self._closing = self._doubtful, [], ""
            return [("thought", "".join(doubtful[1:]))] if doubtful else []
        if self._closing:
            return self._plain(mark)
        if mark in PAIRS:
            self._closing = PAIRS[mark]
            # Right behind the end of another one it is no words of the text.
            if "".join(self._text).strip() and not self._closed:
                self._doubtful = [mark]
        elif mark in ENDS:
            self.over = True
        elif mark not in AROUND:
            self._closed = True
        return []


def _beginning_of_a_mark(text: str) -> int:
    """Return how many of the last characters of `text` may be the beginning of a mark."""
    end = text[-LONGEST_MARK:].lower()
    lengths = range(min(len(end), LONGEST_MARK - 1), 0, -1)
    return next((length for length in lengths if any(mark.lower().startswith(end[-length:]) for mark in MARKS)), 0)
