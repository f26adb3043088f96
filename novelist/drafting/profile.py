"""What drafting allows for in a model: how many words and tokens, how many attempts, and whether it ends by itself.

Knows no server. A very small model is not another way to draft, but other numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novelist.model.client import Client


@dataclass(frozen=True)
class Profile:
    """The allowances of one model.

    A text of some words may take `tokens_per_word` tokens for each and `slack` more (English takes 1.4, most languages
    less than 3), and `fact_tokens` for the list of facts below a summary. `attempts` are for a chapter, a summary or an
    arc; `previous` are the characters that are sent of the
    chapter before, whole where it fits, else its end. `templates` is the folder in prompts/ whose templates go before
    the shipped ones, empty for none; `tells` says whether they show the story, the bible, the outline and the chapter
    before. `plain` binds an answer in JSON by patterns. A model that is not `finishing` goes on for as long as it is
    let; one that is not `instructed` goes on only with a text that is given as its own; `repaired` plans are better
    than none; one that is `held` to what it sums up is asked once more where it does not.
    """

    tokens_per_word: float = 3
    slack: int = 400
    attempts: int = 3
    summary_words: int = 120
    arc_words: int = 200
    fact_tokens: int = 2000
    previous: int = 40_000
    templates: str = ""
    tells: bool = True
    plain: bool = False
    finishing: bool = True
    instructed: bool = True
    repaired: bool = False
    held: bool = True

    def tokens(self, words: int) -> int:
        """Return the tokens that a text of so many words may take."""
        return int(words * self.tokens_per_word + self.slack)


SERVED = Profile()
# The embedded one costs nothing, fails more often, and does not end by itself.
EMBEDDED = replace(SERVED, attempts=6, previous=16_000, finishing=False, repaired=True, held=False)
SHIPPED = replace(
    EMBEDDED,
    tokens_per_word=1.4,
    slack=0,
    summary_words=70,
    arc_words=70,
    fact_tokens=0,
    templates="small",
    tells=False,
    plain=True,
    instructed=False,
)


def profile_of(client: Client) -> Profile:
    """Return the profile of the model that a client asks."""
    if client.provider.small:
        return SHIPPED
    return EMBEDDED if client.rehearses else SERVED
