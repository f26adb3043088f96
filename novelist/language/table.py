"""What a table of a language holds. Knows no language.

The defaults are what holds for a language without a table: English quotation marks, left to right, and no labels.

Number words were made once, with num2words 0.5.14, by listing `num2words(n, lang=code)` from 1 to 99, and the same with
`to="ordinal"`; each table says what was put right by hand. Quotation marks, scripts and directions are Unicode CLDR's;
the words of headings are those on the title pages and in the lists of contents of printed books.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Marks = tuple[str, str, str, str]  # outer and inner quotation marks: opening, closing, opening, closing
Inflections = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Remarks:
    """How a model speaks to its author of what it writes, which is no part of it. Regular expressions, in any case.

    - `assents`: how it takes a task on (Certainly); `presents`, how it hands its work over (Here is); `promises`, what
      else it begins with (I'll).
    - `work`: what only a writer's work is called (chapter); `pieces` may be in a story too (scene), and so may `tales`.
    - `continued`: what a continuation has for a heading; `title`: what stands before a title, and a colon.
    - `counts`: what stands before or behind a number of words.
    - `over`: what a line says that says it is the end; `end_of`, what it says before the work's name.
    - `notes`: titles of notes below a text; `offers`: beginnings of lines that offer to go on.
    - `refusals`: how a refusal begins, and what else is near its beginning, all of it.
    - `asks`: how it asks back instead of writing; `missing`: what it says stands in the place of prose.
    - `talk`: what a summary says of the text that it sums up, instead of what happens in it.
    """

    assents: tuple[str, ...] = ()
    presents: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    tales: tuple[str, ...] = ()
    continued: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    end_of: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    refusals: tuple[tuple[str, ...], ...] = ()
    asks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cases:
    """How names are declined, case by case: what a form of one name is of another one. `inflections` only finds names.

    - `names`: what the cases are called, between blanks; the name as it is, is not among them.
    - `endings`: what a name ends with, a regular expression whose group is what goes; the gender of names so (`m`, `f`,
      `mf` for either, `n`; `x` for a woman's that would be declined if it were a man's); and its endings in the order
      of `names`. The first row that fits counts, with those behind it that have the same expression. Forms of one case
      stand between slashes, the usual one first; `-` is no ending, `=` the name as it is, `_` a case that it is not
      looked for in.
    - `every`: whether each word of a name is declined, or only the last.
    - `asked_by`: by case, what stands right before a name that is in it. Where that says nothing, the first case
      counts of those that a form may be, and the place is unsure.
    """

    names: str = ""
    endings: tuple[tuple[str, str, str], ...] = ()
    every: bool = False
    asked_by: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Language:
    """One language. Words are as a heading has them; capitals and accents do not count where they are looked up.

    - `chapter`, `part`: the words that label one, before its number or behind it; `short` with a full stop (`Ch.`).
    - `around`: what stands before a number whose label is written right behind it (第 in 第十二章).
    - `untitled`: what a chapter without a title is called, `{}` being its number; else its first label and the number.
    - `dotted`: whether a full stop makes a number an ordinal (`6. Kapitel`); `ordinal_marks`: what else does (`1st`).
    - `cardinals`, `ordinals`, `numerals`: from 1 to 99, between commas; the forms of one between slashes.
    - `ordinal_forms`: endings of an ordinal's words, and what they may be instead (gender).
    - `opening`, `between`, `closing`: titles of what stands before the first chapter, among them, behind the last.
    - `matter`: titles of front and back matter that is no chapter.
    - `pages`: what the usual pages of front and back matter are called, by the names of their files.
    - `chapters`: what a list of chapters is called; `notes`: words for what an outline says beside them, one of which
      is enough for a heading of notes; `notes_on`: words that go with them; `joins`: words between any of these.
    - `dash`: what begins a line of dialogue where novels have dashes for it, with the space behind it.
    - `quotes`, `scripts` (first words of Unicode's names of letters), `rtl`: how it is written.
    - `characters`: how many of them say what an English word says, as translators count, where a text's length is told
      in characters; 0 where it is told in words.
    - `nouns`: whether all of them have a capital, not names alone.
    - `articles`: words that begin names without being part of them.
    - `inflections`: what a name ends with, and between blanks what may stand there instead; the end of any name is
      empty, and `^` is its beginning, before which something is written.
    - `cases`: how names are declined, for what stands in for another name.
    - `name_forms`: `one` but for an ending as `s`; `many`; or `within` a run of letters without spaces.
    - `tenses`: frequent forms of verbs that are of the past alone, and of the present alone.
    - `first_person`: what somebody who tells a story says of themselves (I, my), and is nobody else.
    - `remains`: how words begin that say that somebody dead is told of as dead (body, grave, remembered).
    - `titles`: what stands before a name; `people`: what they are called in a bible's heading.
    - `section_lines`: what the lines of an outline's section are called, by their names in `book/section_lines.py`; the
      first is how they are written.
    - `facts`: what a summary calls its list of facts; `fact_keys`: what a fact there begins with, the usual word first,
      by what it says: `where` somebody is, `has` and `lost` (`nothing`: all of it), `knows`, `wants`, `since` when,
      `age`, `born`, `date`, `dead` until `alive`, `hurt` until `healed`, `bound` until `freed`; of a thread of the
      story in which chapter it was `planted`, is `due`, is `paid`; and `some`, words before what there may be several
      of, `and`, between two things.
    - `byline`: what stands before an author's name.
    - `remarks`: how a model speaks to its author.
    """

    code: str = ""
    name: str = ""
    chapter: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    around: str = ""
    untitled: str = ""
    dotted: bool = False
    ordinal_marks: tuple[str, ...] = ()
    cardinals: str = ""
    ordinals: str = ""
    numerals: str = ""
    ordinal_forms: tuple[tuple[str, str], ...] = ()
    opening: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    pages: dict[str, str] = field(default_factory=dict)
    chapters: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    notes_on: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    quotes: Marks = ("“", "”", "‘", "’")
    dash: str = ""
    scripts: tuple[str, ...] = ()
    rtl: bool = False
    characters: float = 0
    nouns: bool = False
    articles: tuple[str, ...] = ()
    inflections: Inflections = ()
    cases: Cases = field(default_factory=Cases)
    name_forms: Literal["one", "many", "within"] = "many"
    tenses: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    first_person: tuple[str, ...] = ()
    remains: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    section_lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    fact_keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    byline: tuple[str, ...] = ()
    remarks: Remarks = field(default_factory=Remarks)
