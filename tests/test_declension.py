"""A name stands for another in each form that a language gives it, and what is not certain is said."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from novelist.edits.renaming import Change, Renaming, applied, words_of
from novelist.language import inflection, lookup
from novelist.language.declension import rows

# By language: the old name, the new one, and a text with each.
TEXTS = [
    ("en", "Eskil", "Anders", "Eskil’s boat. ESKIL! ESKIL'S", "Anders’s boat. ANDERS! ANDERS'S"),
    ("en", "Eskil", "Anders", "eskil Eskils Eskil2 _Eskil_ ", "eskil Eskils Eskil2 _Anders_ "),
    ("en", "Eskil", "Anders", "[Eskil](Eskil.png) # E {#Eskil}", "[Anders](Eskil.png) # E {#Eskil}"),
    ("en", "James", "Eskil", "James' hat, James's hat.", "Eskil's hat, Eskil's hat."),
    ("en", "Mara Voss", "Ada", "Mara\nVoss came. (Mara\nVoss) MARA VOSS", "Ada\ncame. (Ada) ADA"),
    ("en", "Mara Voss", "Ada", "# Mara\nVoss\n\nMara\n\nVoss", "# Mara\nVoss\n\nMara\n\nVoss"),
    ("en", "Ada", "Mara Voss", "Ada and ADA", "Mara Voss and MARA VOSS"),
    ("en", "O'Brien", "Jean-Luc", "O’Brien, O'Brien's", "Jean-Luc, Jean-Luc's"),
    ("en", "Mara", "Mara Voss", "Mara. Mara Voss.", "Mara Voss. Mara Voss."),
    ("en", "André", "Zoë", "Andre\u0301 and André, Andre", "Zoe\u0308 and Zoë, Andre"),
    ("de", "Eskil", "Anders", "Eskils Boot. So geht’s, Eskil.", "Anders’ Boot. So geht’s, Anders."),
    ("de", "Anders", "Eskil", "Anders’ Boot, ‚Anders‘.", "Eskils Boot, ‚Eskil‘."),
    ("de", "Mara Voss", "Ada Berg", "Mara Voss’ Hut", "Ada Bergs Hut"),
    ("sv", "Eskil", "Anders", "Eskils båt", "Anders båt"),
    ("da", "Eskil", "Anders", "Eskils båd", "Anders' båd"),
    ("ru", "Эскил", "Андерс", "Эскил Эскила Эскилу Эскилом Эскиле", "Андерс Андерса Андерсу Андерсом Андерсе"),
    ("ru", "Мара", "Нина", "Мара Мары Маре Мару Марой МАРОЮ", "Нина Нины Нине Нину Ниной НИНОЮ"),
    ("ru", "Мара", "Ольга", "Мара Мары Маре Мару Марой", "Ольга Ольги Ольге Ольгу Ольгой"),
    ("ru", "Мара", "Нильс", "о Маре, к Маре, у Мары", "о Нильсе, к Нильсу, у Нильса"),
    ("ru", "Одиль", "Мара", "Одилью, про Одиль, от Одили", "Марой, про Мару, от Мары"),
    ("ru", "Анна Иванова", "Вера Достоевская", "Анны Ивановой Анну Иванову", "Веры Достоевской Веру Достоевскую"),
    ("ru", "Отто", "Грета", "к Отто, с Отто, про Отто", "к Грете, с Гретой, про Грету"),
    ("uk", "Оксана", "Ольга", "Оксани Оксані Оксану Оксаною", "Ольги Ользі Ольгу Ольгою"),
    ("pl", "Anna", "Kasia", "Anny Annie Annę Anną", "Kasi Kasi Kasię Kasią"),
    ("pl", "Jan Kowalski", "Piotr Nowak", "Jana Kowalskiego, Janowi Kowalskiemu", "Piotra Nowaka, Piotrowi Nowakowi"),
    ("cs", "Eliška", "Jana", "Elišky Elišce Elišku", "Jany Janě Janu"),
    ("tr", "Ayşe", "Mehmet", "Ayşe'nin Ayşe’ye Ayşe'den AYŞE", "Mehmet'in Mehmet’e Mehmet'ten MEHMET"),
    ("hu", "Anna", "Balázs", "Annának Annával Annát", "Balázsnak Balázzsal Balázst"),
    ("fi", "Eskil", "Pekka", "Eskilin Eskilille Eskiliä Eskiliin", "Pekan Pekalle Pekkaa Pekkaan"),
    ("fi", "Virtanen", "Korhonen", "Virtasen Virtaselle", "Korhosen Korhoselle"),
    ("ko", "마라", "에스킬", "마라는 마라를 마라에게 마라로", "에스킬은 에스킬을 에스킬에게 에스킬로"),
    ("he", "מרה", "דנה", "ומרה למרה", "ודנה לדנה"),
    ("ja", "エスキル", "アンナ", "エスキルは海へ。", "アンナは海へ。"),
]
# What another form may be meant of.
UNSURE = [
    ("ru", "Мара", "Нильс", "верил Маре", ["Нильсу"]),
    ("ru", "Эскил", "Мара", "видел Эскила", ["Мары"]),
    ("en", "Eskil", "Anders", "the Eskil-Haus", ["Anders"]),
    ("en", "James", "Eskil", "‘I saw James’ said he", ["Eskil"]),
    ("fa", "مارا", "نورا", "ماراها", ["نوراها"]),
]


@pytest.mark.parametrize(("language", "old", "new", "text", "now"), TEXTS)
def test_each_form_of_a_name_becomes_that_of_the_new_one(
    language: str, old: str, new: str, text: str, now: str
) -> None:
    renaming = Renaming(old, new, lookup.table(language), [new], words_of(text))
    assert renaming.renamed(text) == now
    assert [change for change in renaming.changes(text) if change.unsure] == []


@pytest.mark.parametrize(("language", "old", "new", "text", "unsure"), UNSURE)
def test_where_another_form_may_be_meant_it_is_said(
    language: str, old: str, new: str, text: str, unsure: list[str]
) -> None:
    changes = Renaming(old, new, lookup.table(language), (), words_of(text)).changes(text)
    assert [change.new for change in changes if change.unsure] == unsure


def test_the_name_of_another_is_not_touched() -> None:
    text = "Rose went to Rose Hill; Rose Hill's rose. At Rose's Rest."
    renaming = Renaming("Rose", "Lily", lookup.table("en"), ["Rose Hill", "Rose's Rest"], words_of(text))
    assert renaming.renamed(text) == "Lily went to Rose Hill; Rose Hill's rose. At Lily's Rest."
    assert renaming.left(text) == ["Rose Hill", "Rose Hill"]
    text = "Валентин, Валентина, Валентину"
    renaming = Renaming("Валентин", "Пётр", lookup.table("ru"), ["Валентина"], words_of(text))
    assert renaming.renamed(text) == "Пётр, Валентина, Петру"
    assert [change.new for change in renaming.changes(text) if change.unsure] == ["Петру"]


# Names of books, by language, whose cases are among the forms in which the bible looks for them.
NAMES = {
    "ru": "Мара Эскил Мария Андрей Игорь Павел Лев Саша Одиль Иванов Достоевская Юрий Пётр Ольга Франц Толстой",
    "uk": "Оксана Ольга Дмитро Андрій Марійка Тарас Василь",
    "pl": "Kowalski Marek Anna Kasia Agnieszka Piotr Paweł Ewa Kowalska Janusz",
    "cs": "Karel Marek Eliška Jiří Nováková Tomáš Marie Jana Petr",
    "de": "Odile Anna Fritz Eskil",
    "hu": "Anna Péter Balázs Gergely Emese Éva",
    "fi": "Aho Pekka Virtanen Eskil Odile Matti",
    "sv": "Eskil Anders",
    "ko": "마라 에스킬",
}


@pytest.mark.parametrize(("language", "name"), [(code, name) for code, all_ in NAMES.items() for name in all_.split()])
def test_a_declined_name_is_one_that_the_bible_finds(language: str, name: str) -> None:
    table = lookup.table(language)
    declined = {form.text for row in rows(name, table.cases) for form in row.forms if "'" not in form.text}
    assert declined - inflection.forms(name, table.inflections) == set()
    assert rows(name, table.cases)


WORDS = st.text("ЭскилМараEskilMaraVoss ’'.,-\n#>*()", max_size=60)


@example("en", "‘Eskil’ Eskil’ x")
@given(st.sampled_from(["en", "de", "ru", "tr", "he", "ja", "xx"]), WORDS)
def test_all_but_the_name_stays_to_the_letter(language: str, text: str) -> None:
    old, new = ("Мара", "Нильс") if language == "ru" else ("Eskil", "Anders")
    renaming = Renaming(old, new, lookup.table(language), ["Mara Voss"], words_of(text))
    changes = renaming.changes(text)
    assert [change.start for change in changes] == sorted({change.start for change in changes})
    assert applied(renaming.renamed(text), _reversed(text, renaming)) == text
    assert renaming.changes(renaming.renamed(text)) == []


def _reversed(text: str, renaming: Renaming) -> list[Change]:
    """Return the changes that take each change of a text back."""
    moved, back = 0, list[Change]()
    for change in renaming.changes(text):
        start = change.start + moved
        back.append(Change(start, start + len(change.new), text[change.start : change.end]))
        moved += len(change.new) - (change.end - change.start)
    return back
