"""What is not in the book's language is asked for again: told by its script, or by the commonest words of a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import Here
from scripted import Scripted
from shelf import NOVELS, with_novels

from novelist.prose.gates import in_another_language

ENGLISH = (
    "Mara waited at the window until the lamp went out. It was the third night of the storm, and she had not slept "
    "since the ferry was lost. She thought of her brother, who had gone with it, and of the letter that he had left on "
    "the table for her. It said that he would be back before the winter, and that she was not to look for him. But the "
    "keeper had seen a light on the island, and he was not a man to tell her what was not so. She took her coat and "
    "went down to the quay. The boat that lay there was old, and it had no oars, but there was nobody to ask for one."
)
GERMAN = (
    "Mara wartete am Fenster, bis die Lampe erlosch. Es war die dritte Nacht des Sturms, und sie hatte nicht "
    "geschlafen, seit die Fähre verloren war. Sie dachte an ihren Bruder, der mit ihr gefahren war, und an den Brief, "
    "den er auf dem Tisch für sie gelassen hatte. Darin stand, dass er vor dem Winter zurück sein werde und dass sie "
    "ihn nicht suchen solle. Aber der Wärter hatte ein Licht auf der Insel gesehen, und er war nicht der Mann, der ihr "
    "etwas sagte, was nicht so war. Sie nahm ihren Mantel und ging zum Kai hinunter. Das Boot, das dort lag, war alt, "
    "und es hatte keine Ruder, aber es war niemand da, den sie um ein anderes hätte bitten können."
)
FRENCH = (
    "Mara attendit à la fenêtre que la lampe s’éteigne. C’était la troisième nuit de la tempête, et elle n’avait pas "
    "dormi depuis que le bac était perdu. Elle pensait à son frère, qui était parti avec lui, et à la lettre qu’il "
    "avait laissée sur la table. Il y disait qu’il serait de retour avant l’hiver et qu’il ne fallait pas le chercher. "
    "Mais le gardien avait vu une lumière sur l’île, et il n’était pas homme à dire ce qui n’était pas. Elle prit son "
    "manteau et descendit vers le quai. La barque qui était là était vieille, et elle n’avait pas de rames, mais il "
    "n’y avait personne à qui en demander une autre dans le port."
)
SPANISH = (
    "Mara esperó en la ventana hasta que se apagó la lámpara. Era la tercera noche de la tormenta, y no había dormido "
    "desde que se perdió el barco. Pensaba en su hermano, que se había ido con él, y en la carta que le había dejado "
    "sobre la mesa. Decía que volvería antes del invierno y que no lo buscara. Pero el farero había visto una luz en "
    "la isla, y no era hombre de decir lo que no era. Tomó su abrigo y bajó al muelle. La barca que estaba allí era "
    "vieja y no tenía remos, pero no había nadie a quien pedirle otra en todo el puerto, ni una voz, ni una sola luz."
)
RUSSIAN = (
    "Мара ждала у окна, пока не погасла лампа. Шла третья ночь бури, и она не спала с тех пор, как пропал паром. Она "
    "думала о брате, который ушёл с ним, и о письме, которое он оставил для неё на столе. Там было сказано, что он "
    "вернётся до зимы и чтобы она его не искала. Но смотритель видел свет на острове, а он был не из тех, кто говорит "
    "то, чего не было. Она взяла пальто и спустилась к причалу. Лодка, которая там лежала, была старой, и вёсел в ней "
    "не было, но просить другую было не у кого. Она села на мокрые доски и стала слушать, как волны бьют о камни, и "
    "ей казалось, что это стучат в дверь, как стучал он, когда был мальчиком и приходил домой поздно."
)
UKRAINIAN = (
    "Мара чекала біля вікна, доки не згасла лампа. Була третя ніч бурі, і вона не спала відтоді, як зник пором. Вона "
    "думала про брата, який пішов із ним, і про листа, якого він лишив для неї на столі. Там було сказано, що він "
    "повернеться до зими і щоб вона його не шукала. Але доглядач бачив світло на острові, а він був не з тих, хто каже "
    "те, чого не було. Вона взяла пальто й спустилася до причалу. Човен, що там лежав, був старий, і весел у ньому не "
    "було, але просити інший не було в кого. Вона сіла на мокрі дошки й стала слухати, як хвилі б’ють об каміння, і їй "
    "здавалося, що це стукають у двері, як стукав він, коли був хлопчиком і приходив додому пізно."
)
POLISH = (
    "Mara czekała przy oknie, aż zgasła lampa. Była to trzecia noc burzy, a ona nie spała, odkąd zaginął prom. Myślała "
    "o bracie, który z nim odpłynął, i o liście, który zostawił dla niej na stole. Było w nim, że wróci przed zimą i "
    "że ma go nie szukać. Ale latarnik widział światło na wyspie, a nie był człowiekiem, który mówi to, czego nie ma. "
    "Wzięła płaszcz i zeszła na nabrzeże. Łódź, która tam leżała, była stara i nie miała wioseł, ale nie było już "
    "nikogo, kogo by mogła prosić o inną. Usiadła na mokrych deskach i słuchała, jak fale biją o kamienie, i zdawało "
    "jej się, że to ktoś puka do drzwi, jak pukał on, kiedy był mały i wracał do domu za późno."
)
FINNISH = (
    "Mara odotti ikkunan ääressä, kunnes lamppu sammui. Oli myrskyn kolmas yö, eikä hän ollut nukkunut sen jälkeen kun "
    "lautta katosi. Hän ajatteli veljeään, joka oli lähtenyt sen mukana, ja kirjettä, jonka tämä oli jättänyt. "
    "Siinä sanottiin, että hän palaisi ennen talvea ja että häntä ei pitäisi etsiä. Mutta majakanvartija oli nähnyt "
    "valon saarella, eikä hän ollut mies, joka sanoo mitä ei ole. Hän otti takin ja meni laiturille. Vene oli vanha, "
    "ja airoja ei ollut, mutta ketään ei ollut myöskään siellä, jolta hän olisi voinut pyytää toista. Hän istui "
    "märille laudoille ja kuunteli, kuinka aallot löivät kiviin, ja se oli kuin joku olisi koputtanut oveen, niin kuin "
    "veli oli koputtanut, kun hän oli pieni ja tuli kotiin myöhään illalla, eikä äiti ollut vielä nukkumassa."
)
TEXTS = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "pl": POLISH,
    "fi": FINNISH,
}
CYRILLIC = {"ru": RUSSIAN, "uk": UKRAINIAN}
FOREIGN = "an answer is not taken: it is not in the book's language."


@pytest.mark.parametrize("texts", [TEXTS, CYRILLIC])
def test_a_page_is_in_its_own_language_and_in_no_other(texts: dict[str, str]) -> None:
    for language in texts:
        assert [code for code, text in texts.items() if in_another_language(text, language)] == [
            code for code in texts if code != language
        ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en-GB"),
        (ENGLISH[:400], "de"),  # less than a page
        (f"{GERMAN} „{ENGLISH}“", "de"),  # half of it is quoted
        (f"{ENGLISH} {RUSSIAN}", "ru"),
        (ENGLISH, "tlh"),
        (ENGLISH, ""),
        (SPANISH, "ca"),  # most of the commonest words of which are Spanish, too
        (" ".join(["Mara Eskil Odile Halden"] * 50), "de"),  # names
        (RUSSIAN, "be"),
    ],
)
def test_nothing_is_said_where_it_is_not_sure(text: str, language: str) -> None:
    assert not in_another_language(text, language)


@with_novels
def test_two_english_novels_are_english() -> None:
    for path in sorted(Path(NOVELS).glob("*.novel_state.json")):
        novel = json.loads(path.read_bytes())
        texts = [novel["outline_text"], *(chapter["content"] for chapter in novel["chapters"])]
        assert [in_another_language(text, "en") for text in texts] == [False] * len(texts)
        assert [in_another_language(text, "de") for text in texts[1:]] == [True] * (len(texts) - 1)


@pytest.fixture
def german(here: Here) -> Here:
    """A German book of one chapter of about a page."""
    here.edit("premise.md", "language: en", "language: de")
    here.edit("premise.md", "words: 40-60", "words: 90-140")
    here.edit("premise.md", "chapters: 5", "chapters: 1")
    return here


def bible(text: str) -> str:
    about = [{"name": "Mara", "also": "", "about": text[: len(text) // 2]}]
    texts = {"rules": text[len(text) // 2 :], "style": "Knapp."}
    return json.dumps({"people": about, "places": [], "things": [], **texts})


def outline(text: str) -> str:
    chapters = [{"part": 0, "title": "Die Flasche", "happens": text}]
    return json.dumps({"title": "Das Licht", "about": "Mara wartet.", "parts": [], "chapters": chapters})


def test_all_that_is_drafted_in_another_language_of_the_same_script_is_asked_for_again(
    german: Here, server: Scripted
) -> None:
    server.on("bible", bible(ENGLISH), bible(GERMAN))
    server.on("outline", outline(ENGLISH), outline(f"{GERMAN.partition('.')[0]}."))
    server.on("chapter:1", ENGLISH, FRENCH, GERMAN)
    server.on("summary:1", ENGLISH, "Mara wartet.")
    ran = german.doit()
    assert ran.status == 0, ran.out
    asked = [task for task in server.tasks if not task.startswith("summary:") or task == "summary:1"]
    assert asked == [*["bible"] * 2, *["outline"] * 2, *["chapter:1"] * 3, *["summary:1"] * 2]
    assert "it is not in German, the language of the book" in server.requests[1].prompt
    assert ran.out.count(FOREIGN) == 3
    assert "The answer for the bible is not right: it is not in German, the language of the book." in ran.out
    assert "The answer for the outline is not right: it is not in German, the language of the book." in ran.out


def test_a_plan_in_another_script_is_asked_for_again(german: Here, server: Scripted) -> None:
    german.edit("premise.md", "language: de", "language: ru")
    server.on("bible", bible(ENGLISH), bible(RUSSIAN))
    ran = german.doit("bible")
    assert (ran.status, server.tasks) == (0, ["bible", "bible"])
    assert "The answer for the bible is not right: it is not in Russian, the language of the book." in ran.out
