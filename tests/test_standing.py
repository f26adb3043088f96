"""How things stand now: what the facts of all summaries come to, and what a chapter is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from finished import finish
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here, body
from scripted import Reply, Request, Scripted, outline, prose

from novelist.book.bible_text import parse
from novelist.prose.standing import MOST_BYTES, MOST_LINE_BYTES, Standing

TOLD = "Mara finds the bottle.\n\nFacts:\n- Mara: at the shore; has the bottle\n- Eskil: dead"


def standing(story: Iterable[str], language: str = "", aliases: Mapping[str, str] | None = None) -> list[str]:
    """Return how things stand after the summaries of a story, in order: a line for each name."""
    now = Standing(language, aliases)
    for summary in story:
        now.add(summary)
    return now.lines()


def stand(*told: str, language: str = "en", **aliases: str) -> list[str]:
    """Return how things stand after chapters, each of which has these lines of facts between slashes."""
    summaries = ("\n".join(["It rains.", "", "Facts:", *(f"- {line}" for line in text.split(" / "))]) for text in told)
    return standing(summaries, language, aliases)


CUMULATIVE = {
    "a place is replaced, things and knowledge add up": (
        ["Mara: at the quay; has the key; knows Eskil lied", "Mara: at the mill; knows the ship burned"],
        ["- Mara: at the mill; has the key; knows Eskil lied; knows the ship burned"],
    ),
    "a keyed place is one": (
        ["Mara: at the quay; has the key", "Mara: wants rest; where: the mill", "Mara: bound for Oslo"],
        ["- Mara: bound for Oslo; has the key; wants rest"],
    ),
    "what is wanted, since when, an age and a date are replaced": (
        ["Mara: wants the truth; since the storm; age 34; date: 3 May", "Mara: wants rest; since noon; aged 35"],
        ["- Mara: wants rest; since noon; aged 35; date: 3 May"],
    ),
    "things add up, one by one": (
        ["Mara: has the key, a lamp and the rope", "Mara: has the letter and the key"],
        ["- Mara: has the key, a lamp, the rope, the letter"],
    ),
    "what is lost is no longer had": (
        ["Mara: at the mill; has the brass key, a lamp", "Mara: lost the key", "Mara: gave the lamp to Eskil"],
        ["- Mara: at the mill; lost the key; gave the lamp to Eskil"],
    ),
    "what comes back is had again": (
        ["Mara: at the mill; has the key", "Mara: lost the key", "Mara: has the key"],
        ["- Mara: at the mill; has the key"],
    ),
    "who has nothing has lost all": (
        ["Mara: has the key, the lamp", "Mara: on the raft; has nothing", "Mara: has an oar"],
        ["- Mara: on the raft; has an oar"],
    ),
    "to be lost in the woods is to be somewhere": (
        ["Mara: at the mill; has the key", "Mara: lost in the woods"],
        ["- Mara: lost in the woods; has the key"],
    ),
    "one thing has one holder": (
        ["Mara: at the mill; has the key, the lamp", "Eskil: has the key"],
        ["- Mara: at the mill; has the lamp", "- Eskil: has the key"],
    ),
    "but of knives there are many": (
        ["Mara: has a knife, two coins", "Eskil: has a knife, two coins"],
        ["- Mara: has a knife, two coins", "- Eskil: has a knife, two coins"],
    ),
    "and two may have a thing together": (
        ["Mara: has the boat / Eskil: has the boat"],
        ["- Mara: has the boat", "- Eskil: has the boat"],
    ),
    "the dead stay dead": (["Eskil: dead", "Eskil: in the chapel"], ["- Eskil: in the chapel; dead"]),
    "until that is taken back": (["Eskil: dead", "Eskil: alive; in Oslo"], ["- Eskil: in Oslo"]),
    "the hurt until they are healed": (
        ["Mara: hurt in the arm; bound", "Mara: hurt: a fever", "Mara: free; at the mill"],
        ["- Mara: at the mill; hurt: a fever"],
    ),
    "and healed": (["Mara: at the mill; hurt: a fever", "Mara: no longer hurt"], ["- Mara: at the mill"]),
    "who kills is not dead": (
        ["Eskil: killed Joel / Joel: killed by Eskil"],
        ["- Eskil: killed Joel", "- Joel: killed by Eskil"],
    ),
    "things have lines": (["The key: under the mill", "key: in the sea"], ["- The key: in the sea"]),
    "other notes stay, the latest": (
        ["Mara: at the mill; married to Joel; fears the sea", "Mara: at the quay; fears the sea; Joel's heir"],
        ["- Mara: at the quay; married to Joel; fears the sea; Joel's heir"],
    ),
    "a thread is open until it is paid": (
        ["?The second letter: who wrote it; planted 3, due 9 / ?The lamp: planted 2", "?The lamp: paid 5"],
        ["- ?The second letter: planted 3; due 9; who wrote it"],
    ),
    "also where that is told without its mark": (["?The lamp: planted 2, due 5", "The lamp: paid 5"], []),
    "and may be planted again": (
        ["?The lamp: planted 2, due 5", "?The lamp: paid 5", "?The lamp: due 9"],
        ["- ?The lamp: planted 2; due 9"],
    ),
    "threads stand last": (["?The lamp: planted 1", "Mara: here"], ["- Mara: here", "- ?The lamp: planted 1"]),
    "no two names are one for their endings": (
        ["Maria: here / Mario: there"],
        ["- Maria: here", "- Mario: there"],
    ),
}


@pytest.mark.parametrize(("told", "now"), CUMULATIVE.values(), ids=CUMULATIVE)
def test_what_is_told_comes_to_how_things_stand(told: list[str], now: list[str]) -> None:
    assert stand(*told) == now


LANGUAGES = {
    "ru": (
        ["Мара: на мельнице; имеет ключ, лампу; знает, что Эскиль лгал", "Мара: на пристани; потеряла ключ; мертва"],
        ["- Мара: на пристани; имеет лампу; знает, что Эскиль лгал; потеряла ключ; мертва"],
    ),
    "de": (
        [
            "Mara: in der Mühle; hat den Schlüssel und die Lampe; weiß, dass Eskil log",
            "Mara: verlor den Schlüssel; frei",
        ],
        ["- Mara: in der Mühle; hat die Lampe; weiß, dass Eskil log; verlor den Schlüssel"],
    ),
    "fr": (
        ["Mara : à la Verrerie ; a la clé ; sait qu'Eskil ment", "Mara : où : au moulin ; n’a plus la clé ; blessée"],
        ["- Mara: au moulin; sait qu'Eskil ment; n’a plus la clé; blessée"],
    ),
    "zh": (
        ["玛拉：在磨坊；持有钥匙、盐灯；知道埃斯基尔说谎", "玛拉：在码头；失去钥匙；受伤"],
        ["- 玛拉: 在码头; 持有盐灯; 知道埃斯基尔说谎; 失去钥匙; 受伤"],
    ),
    "ja": (
        ["マーラ：居場所：水車小屋；所持：鍵、ランプ；既知：エスキルの嘘", "マーラ：所持：手紙；死亡"],
        ["- マーラ: 水車小屋; 所持：鍵, ランプ, 手紙; 既知：エスキルの嘘; 死亡"],
    ),
    "eo": (["Mara: has la ŝlosilo; at the mill", "Mara: lost la ŝlosilo"], ["- Mara: at the mill; lost la ŝlosilo"]),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_those_of_the_books_language_or_english(language: str) -> None:
    told, now = LANGUAGES[language]
    assert stand(*told, language=language) == now


BIBLE = """## Mara Voss
Also: the keeper, Miss Voss
She keeps the light.

## Joel Lund
## Ines Lund
## The Glassworks
"""


def test_the_names_of_one_entity_are_one() -> None:
    aliases = parse(BIBLE, __file__).aliases()  # type: ignore[arg-type]
    told = [
        "Mara: at the quay; has the key",
        "Mara Voss: knows Eskil lied",
        "the keeper: at the mill",
        "Miss Voss: hurt",
    ]
    assert stand(*told, **aliases) == ["- Mara: at the mill; has the key; knows Eskil lied; hurt"]


def test_names_that_two_share_or_that_only_begin_with_one_join_nobody() -> None:
    aliases = parse(BIBLE, __file__).aliases()  # type: ignore[arg-type]
    told = ["Lund: in Oslo / Joel: here / Ines: there", "Mara's brother: dead / Mara: here / Mara Lund: gone"]
    lines = [
        "- Lund: in Oslo",
        "- Joel: here",
        "- Ines: there",
        "- Mara's brother: dead",
        "- Mara: here",
        "- Mara Lund: gone",
    ]
    assert stand(*told, **aliases) == lines
    assert stand("Glassworks: cold", "The Glassworks: on fire", **aliases) == ["- Glassworks: on fire"]


def test_a_prompt_stays_of_a_size_and_who_matters_stays_in_it() -> None:
    passing = [f"Passer-by {number}: {prose(30, number)}" for number in range(400)]
    told = [f"Mara: has the thing of day {number}; knows secret {number} of the sea" for number in range(400)]
    lines = stand(
        "Eskil: dead / ?The letter: planted 1, due 90 / Joel: here",
        *map(" / ".join, zip(passing, told, strict=True)),
        Joel="Joel",
    )
    assert sum(len(line.encode()) + 1 for line in lines) <= MOST_BYTES
    names = [line.partition(":")[0] for line in lines]
    assert names[:2] == ["- Eskil", "- Joel"]
    assert names[-3:] == ["- Passer-by 399", "- Mara", "- ?The letter"]
    mara = lines[-2]
    assert len(mara.encode()) <= MOST_LINE_BYTES
    assert "knows secret 399 of the sea" in mara
    assert "knows secret 0 of the sea" not in mara


WORDS = st.lists(
    st.sampled_from(["has", "the", "key", "a lamp,", "knows", "dead", "alive", "where:", "since", "paid", "9", "x"]),
    max_size=5,
).map(" ".join)
NAMES = st.sampled_from(["Mara", "mara", "The key", "Eskil and Mara", "?Letter", "Letter", "钥匙"])
LINES = st.builds("{}: {}".format, NAMES, st.lists(WORDS, min_size=1, max_size=4).map("; ".join))


@given(
    st.lists(st.lists(LINES, max_size=4).map(" / ".join), max_size=6), st.sampled_from(["en", "ru", "zh", "ja", "tlh"])
)
def test_what_stands_can_be_told_again(told: list[str], language: str) -> None:
    lines = stand(*told, language=language)
    assert standing(["\n".join(["Facts:", *lines])], language) == lines


@given(st.lists(st.text(max_size=80) | LINES.map(lambda line: line.replace("knows", "lost")), max_size=5))
def test_no_text_is_too_strange_to_be_read(texts: list[str]) -> None:
    for line in standing([f"Facts:\n- {text}\n- Mara: {text}" for text in texts]):
        assert line.startswith("- ")


def test_a_chapter_is_told_how_things_stand_now(here: Here, server: Scripted) -> None:
    finish(here, server)
    here.edit("premise.md", "words: 40-60", "words: 40-60\nstale: keep")
    server.on("summary:1", TOLD)
    here.edit(f"chapters/{here.chapter(1).name}", "\n---\n\n", "\n---\n\nMine. ")
    here.run("rm", str(here.chapter(3)), str(here.summary(3)))

    assert here.doit("chapter:03").status == 0

    assert body(here.summary(1).read_text(encoding="utf-8")) == TOLD
    assert told_to(server, -1) == [
        "- Mara: at the shore; has the bottle",
        "- Eskil: dead",
    ]


def told_to(server: Scripted, at: int) -> list[str]:
    """Return the lines of how things stand in a request."""
    return server.requests[at].prompt.partition("# How things stand now\n\n")[2].partition("\n\n")[0].split("\n")


@pytest.mark.soak
def test_what_an_arc_tells_of_is_still_known_line_by_line(here: Here, server: Scripted) -> None:
    here.edit("premise.md", "chapters: 5", "chapters: 75")
    server.on("outline", outline(75))
    book = server.script

    def script(request: Request) -> Reply:
        kind, _, number = request.task.partition(":")
        if kind == "summary":
            return Reply(
                f"It rains.\n\nFacts:\n- Mara: at place {number}; knows secret {number}\n- Thing {number}: here"
            )
        return book(request)

    server.script = script
    assert here.doit().status == 0
    assert any(task.startswith("arc:") for task in server.tasks)

    at = next(at for at, request in enumerate(server.requests) if request.task == "chapter:75")
    secrets = "; ".join(f"knows secret {number}" for number in range(1, 74))
    lines = told_to(server, at)
    assert lines[-2:] == [f"- Mara: at place 73; {secrets}", "- Thing 73: here"]
    assert lines[:-2] == [f"- Thing {number}: here" for number in range(1, 73)]
