"""Pages of front and back matter by what they are called: `Widmung` is a dedication. Any language counts.

Knows titles only; which pages a book has, and where they stand, is for others to know.
"""

from __future__ import annotations

from functools import cache

from novelist.language.lookup import fold
from novelist.text import slug

# Names of files in English, and the titles of such a page on and in printed books, between commas.
TITLES = {
    "dedication": """
        Dedication, Widmung, Dédicace, Dedicatoria, Dedica, Dedicatória, Opdracht, Dedikation, Dedikasjon, Omistus,
        Dedykacja, Věnování, Venovanie, Посвящение, Присвята, Ajánlás, İthaf, הקדשה, إهداء, الإهداء, تقدیم‌نامه, 献词,
        獻詞, 献辞, 헌사
        """,
    "epigraph": "Epigraph, Épigraphe, Epígrafe, Epigrafe, Motto, Epigraf, Эпиграф, Епіграф, 题记, 題記, エピグラフ",
    "foreword": "Foreword, Geleitwort, Avant-propos, Kata pengantar",
    "preface": """
        Preface, Vorwort, Préface, Prefacio, Prefaci, Prefazione, Prefácio, Voorwoord, Förord, Forord, Esipuhe,
        Alkusanat, Przedmowa, Předmluva, Predslov, Предисловие, Передмова, Предговор, Predgovor, Előszó, Önsöz, Sunuş,
        Prefață, Eessõna, Pratarmė, Priekšvārds, Formáli, הקדמה, پیشگفتار, پیش‌گفتار, 前言, 自序, 序言, 序文, まえがき,
        前書き, 서문, 머리말
        """,
    "acknowledgements": """
        Acknowledgements, Acknowledgments, Acknowledgement, Danksagung, Dank, Remerciements, Agradecimientos,
        Agraïments, Ringraziamenti, Agradecimentos, Dankwoord, Tack, Tak, Takk, Kiitokset, Podziękowania, Poděkování,
        Poďakovanie, Благодарности, Подяки, Köszönetnyilvánítás, Teşekkür, Teşekkürler, Mulțumiri, Zahvale, Zahvala,
        Ucapan terima kasih, Ευχαριστίες, תודות, شكر وتقدير, سپاسگزاری, 致谢, 致謝, 謝辞, 감사의 말
        """,
    "about-the-author": """
        About the author, Über den Autor, Über die Autorin, À propos de l'auteur, À propos de l'autrice, Sobre el autor,
        Sobre la autora, Sobre o autor, Sobre a autora, L'autore, L'autrice, Over de auteur, Om författaren,
        Om forfatteren, O autorze, O autorce, O autorovi, Об авторе, Про автора, A szerzőről, Yazar hakkında,
        על המחבר, על המחברת, عن المؤلف, 作者简介, 作者簡介, 关于作者, 關於作者, 著者紹介, 著者について, 지은이 소개
        """,
    "also-by": "Also by, Also by the author, By the same author, Vom selben Autor, Du même auteur, Del mismo autor",
    "authors-note": """
        Author's note, Note from the author, Anmerkung des Autors, Anmerkung der Autorin, Note de l'auteur,
        Nota del autor, Nota dell'autore, Nota do autor, От автора, Від автора, 작가의 말
        """,
    "copyright": "Copyright, Copyright page, Imprint, Impressum, Künye, Tiráž, 版权页, 版權頁, 奥付, 판권",
    "colophon": "Colophon, Kolophon, Colofon, Colofón",
}
BEGINNINGS = ("copyright", "about-the-author", "also-by")  # of titles that go on: Also by Ines Halden


@cache
def _names() -> dict[str, str]:
    return {fold(slug(title)): name for name, titles in TITLES.items() for title in titles.split(",")}


def page(title: str) -> str:
    """Return the name of the page of front or back matter that has such a title, empty for any other title."""
    key = slug(title)
    begun = next((name for name in BEGINNINGS if key.startswith(f"{name}-")), "")
    return _names().get(fold(key), begun)
