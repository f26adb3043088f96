"""A chapter that is too short is lengthened before its ending, a piece of its scene at a time.

Knows prose that passed every gate, and what was asked for it. Length alone never refuses a chapter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from novelist.drafting.attempts import reject
from novelist.drafting.completion import FEWEST_NEW_WORDS
from novelist.drafting.partial import inserted
from novelist.errors import Refused, WriterError
from novelist.model.stream import STOP
from novelist.prose import chatter, gates
from novelist.prose.cleaning import clean
from novelist.prose.sentences import anew, ends, opened, whole_sentences
from novelist.words import count_words

if TYPE_CHECKING:
    from novelist.drafting.completion import Completion
    from novelist.drafting.criteria import Criteria
    from novelist.model.request import Request

MOST_TIMES = 3


def lengthened(completion: Completion, criteria: Criteria, request: Request, identity: str, prose: str) -> str:
    """Return the prose that a request was answered with, longer where it is too short.

    What is no piece of it goes to the rejected texts of `identity`. Raises Refused.
    """
    for times in range(1, MOST_TIMES + 1):
        words = count_words(prose)
        if words >= criteria.words.low:
            break
        try:
            longer, loops = _longer(completion, criteria, replace(request, attempt=request.attempt + times), prose)
        except Refused:
            raise
        except WriterError:
            # It is whole as it is.
            break
        if loops or criteria.reuses(longer):
            reject(completion.session, identity, longer)
            break
        if count_words(longer) < words + FEWEST_NEW_WORDS:
            break
        prose = longer
        if completion.partial is not None:
            completion.partial.end(prose, STOP)
    return prose


def _longer(completion: Completion, criteria: Criteria, request: Request, prose: str) -> tuple[str, bool]:
    """Return prose with one more piece of its scene, and whether that piece goes in circles."""
    session = completion.session
    before, ending = opened(prose)
    left = (criteria.words.low + criteria.words.high) // 2 - count_words(prose)
    request = replace(
        request,
        cap=session.profile.tokens(left),
        begun="" if session.profile.instructed else before,
        instruction=session.prompts.render("extend", text=before, ending=ending, left=left, unit=completion.unit),
    )
    answer = completion.ask(request, before, ending, most=criteria.words.high)
    # It was told what is there, and may have written it all the same.
    new = anew(before, clean(answer.text, criteria.title).removeprefix(before)).removesuffix(ending).strip()
    if gates.loop(inserted(before, new, ending)):
        return inserted(before, new, ending), True
    new = new if answer.finish == STOP and ends(new) else whole_sentences(new)
    if not ends(new) or chatter.refuses(new) or chatter.closes(new):
        new = ""
    return inserted(before, new, ending), False
