"""Words that begin names without being part of them: what no entity of a bible is called by.

Knows no table: which entities a section of the outline names is part of what a chapter was written from, and every
build asks for it. A word more or less would make finished chapters stale, so these stay the same for books in any
language, whatever `articles` the tables come to have.
"""

from __future__ import annotations

NOT_NAMES = frozenset(
    [
        "The",
        "A",
        "An",
        "Of",
        "And",
        "Der",
        "Die",
        "Das",
        "Le",
        "La",
        "Les",
        "El",
        "Los",
        "Las",
        "De",
        "Du",
        "Des",
        "Von",
    ]
)
