"""What has come of an unfinished draft: on disk as it streams, so that a killed build goes on from it.

Knows the file `.novelist/partial/<id>.part`: a line of JSON, then the text. Knows no model.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from novelist.book.files import Files
from novelist.errors import disk_error
from novelist.prose import chatter, gates
from novelist.prose.sentences import ends, join, whole_sentences, whole_words
from novelist.targets.digests import changed_parts
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import FileIO
    from pathlib import Path


@dataclass(frozen=True)
class Begun:
    """A text so far, and how its last answer ended; empty where that answer was interrupted."""

    text: str = ""
    finish: str = ""


class Partial:
    """The unfinished draft at `path`, of the inputs in `stamp`, such as its brief's digests."""

    def __init__(self, path: Path, stamp: Mapping[str, Any]) -> None:
        self.path = path
        self._files = Files(path.parent)
        self._stamp = json.loads(json.dumps(stamp))  # as it will be read
        self._file: FileIO | None = None

    def found(self) -> tuple[Begun, str]:
        """Return what is there of these inputs; and what is there of others, which is of no use any more."""
        text = ""
        try:
            content = self._files.read_bytes(self.path)
            if content is None:
                return Begun(), ""
            head, _, text = content.decode("utf-8", "ignore").partition("\n")
            front = json.loads(head)
            before, after = text[: front["before"]], text[front["before"] :]
            finish, ending, stamp = str(front["finish"]), printable(str(front["ending"])), front["stamp"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return Begun(), text
        if ending:
            new = whole_sentences(chatter.without_opening(after))
            whole, finish = inserted(before, new if ends(new) else "", ending), "stop"
            if gates.loop(whole):
                whole = inserted(before, "", ending)
        else:
            whole = join(before, after) if finish or not before else join(before, whole_words(after))
        same = isinstance(stamp, dict) and not changed_parts(stamp, self._stamp)
        return (Begun(whole, finish), "") if same else (Begun(), whole)

    def begin(self, text: str, ending: str = "") -> None:
        """Take what comes from now on as going on with `text`, before its `ending` where that is already there."""
        self._put(text, "", ending)
        self._file = self._files.append(self.path)

    def add(self, piece: str) -> None:
        """Take the next piece. Raises BookError where the disk does not let it."""
        if self._file is not None:
            try:
                self._file.write(piece.encode())
            except OSError as error:
                raise disk_error(self.path, "written", error) from error

    def end(self, text: str, finish: str) -> None:
        """Have `text` for what has come so far, whose last answer ended with `finish`."""
        self.close()
        self._put(text, finish, "")

    def drop(self) -> None:
        """Forget the draft: it is finished, or not to be gone on with."""
        self.close()
        self._files.remove(self.path)

    def close(self) -> None:
        """Take no more pieces."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def _put(self, text: str, finish: str, ending: str) -> None:
        front = {"stamp": self._stamp, "finish": finish, "before": len(text), "ending": ending}
        self._files.replace(self.path, f"{json.dumps(front, ensure_ascii=False)}\n{text}")


def inserted(before: str, new: str, ending: str) -> str:
    """Return a text with `new` paragraphs before its `ending`."""
    return "\n\n".join(part.strip("\n") for part in (before, new, ending) if part.strip())
