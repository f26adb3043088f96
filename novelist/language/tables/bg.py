"""Bulgarian.

Number words: none yet. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language

TABLE = Language(
    code="bg",
    name="Bulgarian",
    chapter=("Глава",),
    part=("Част", "Книга", "Том"),
    opening=("Пролог", "Предговор", "Увод"),
    between=("Интерлюдия",),
    closing=("Епилог", "Послеслов", "Благодарности"),
    quotes=("„", "“", "‚", "‘"),
    scripts=("CYRILLIC",),
    facts=("Факти",),
)
