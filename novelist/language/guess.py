"""The language of a long text: by its script, by letters, by its commonest words. Names tell nothing.

Says nothing rather than something doubtful: of two languages that are as likely, or of a short text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SAMPLE = 40_000  # characters that are looked at
FEWEST_LETTERS = 40  # of a script that only one language has
FEWEST_WORDS = 60  # of a script that many have
LIKELY = 0.1  # of all words are a language's commonest, where it is that one
AHEAD = 1.25  # times as often as those of the next
LIKELY_LETTERS = 0.02  # of a text are those that tell its language in Cyrillic
FEWEST_WORDS_OF_ANOTHER = 100  # about a page
TIMES_OF_OWN = 3  # as often as those of the language a text is to be in: half of it may be quoted
SCRIPTS = {"HEBREW": "he", "GREEK": "el", "THAI": "th", "HANGUL": "ko", "DEVANAGARI": "hi"}
# The commonest words of a language without those that its neighbours have too.
COMMON = {
    "ca": "i amb per els les què però seva això molt quan havia va com més dels una perquè",
    "cs": "se že na je to byl jsem ale jako když si do bylo jeho už aby před který",
    "da": "og af ikke hun han det jeg sig ud på til havde var efter hvad kunne meget op",
    "de": "und der die das nicht ich sie er war ein mit auf den ist es dem sich zu von",
    "en": "the and of to was he she in that it had his her with as for you not but at",
    "es": "que de la el los las y en no se con una por su había pero más era del lo",
    "et": "ja ta on ei oli et see mis kui aga ma tema nagu oma ning kes",
    "fi": "ja hän oli ei että se mutta kun minä niin olla mitä ovat kuin vain myös hänen",
    "fr": "et le la les des une que il elle était dans pas je ne qui vous avait sur un du",
    "hr": "je se u na da i nije što sam bio kao ali su od za bila joj mu",
    "hu": "a az és nem hogy egy volt is meg csak de már mint azt ha volna el ez",
    "id": "yang dan di itu dengan tidak ke dari ini dia untuk aku pada akan sudah ada",
    "is": "og að ekki hann hún var það sem við ég til fyrir þá með þegar sér",
    "it": "che di la il non un una per era con si le del gli ma come aveva più della sono",
    "lt": "ir kad buvo į su ne kaip tai iš jis ji bet apie dar jau nuo",
    "lv": "un bija ar ka no viņš viņa tas par uz nav bet lai kā pie jau",
    "nl": "de het een en van niet dat ik hij zij was ze maar op zijn met voor aan had naar",
    "no": "og av ikke hun han det jeg seg ut på til hadde var etter hva kunne mye opp",
    "pl": "się nie na że to jest był jak ale do co jej jego tak było już za po",
    "pt": "que de não uma um os as do da em com para se era ele ela mas por como seu",
    "ro": "și să nu că în din cu pe era mai dar care fost îl ca după lui ce",
    "sk": "sa že na je to bol som ale ako keď si bolo jeho už aby pred ktorý",
    "sl": "je se v na da in ni kaj sem bil kot pa so od za bila ji mu",
    "sv": "och att inte hon han det jag sig ut på till hade var efter vad kunde mycket upp",
    "tr": "bir ve bu da de ne için o gibi ama daha çok kadar değil sonra vardı onun",
    "vi": "và là của không có một người tôi anh cô đã cho với những như này khi",
}
LIKE_ITS_NEIGHBOURS = ("ca",)  # most of its commonest words are theirs, too, and so are not above
# Letters that are in every line of one of two languages in Cyrillic, and not in the other.
CYRILLIC = {"ru": "ыэёъ", "uk": "іїєґ"}


def language(text: str) -> str:
    """Return the code of the language of a text, empty where it cannot be told."""
    sample = text[:LONGEST_SAMPLE]
    letters = Counter(unicodedata.name(char, "").partition(" ")[0] for char in sample if char.isalpha())
    kana = letters["HIRAGANA"] + letters["KATAKANA"]
    letters["CJK"] += kana
    script, count = letters.most_common(1)[0]
    if count < FEWEST_LETTERS or 2 * count < letters.total():
        return ""
    low = sample.casefold()
    by_script: dict[str, Callable[[], str]] = {
        "CJK": lambda: "ja" if 10 * kana > count else "zh",
        "CYRILLIC": lambda: _cyrillic(low),
        "ARABIC": lambda: "fa" if re.search("[پچژگ]", sample) else "ar",
        "LATIN": lambda: _latin(low),
    }
    return by_script[script]() if script in by_script else SCRIPTS.get(script, "")


def _cyrillic(sample: str) -> str:
    """Return the language of a text in Cyrillic letters by those that only one has."""
    if re.search("[јљњћђџќѓѕў]", sample):
        return ""
    if re.search("[їєґ]", sample):
        return "uk"
    return "ru" if re.search("[ыэё]", sample) else "bg" if "ъ" in sample else ""


def _latin(sample: str) -> str:
    words = re.findall(r"[^\W\d_]+", sample)
    if len(words) < FEWEST_WORDS:
        return ""
    (best, share), (_, after) = _shares(words).most_common(2)
    return best if share >= LIKELY and share >= AHEAD * after else ""


def _shares(words: list[str]) -> Counter[str]:
    """Return which share of the words are the commonest of each language, by its code."""
    counts = Counter(words)
    return Counter({code: sum(counts[word] for word in common.split()) / len(words) for code, common in COMMON.items()})


def another(text: str, code: str) -> str:
    """Return the code of the language that a text is surely in, and not in that of `code`; empty where it is not sure.

    Two languages of one script are told apart; another script is not looked for.
    """
    low = text.casefold()
    words = re.findall(r"[^\W\d_]+", low)
    if len(words) < FEWEST_WORDS_OF_ANOTHER:
        return ""
    if code in COMMON and code not in LIKE_ITS_NEIGHBOURS:
        shares = _shares(words)
        best, share = shares.most_common(1)[0]
        return best if share >= LIKELY and share >= TIMES_OF_OWN * shares[code] else ""
    if code in CYRILLIC:
        counts = Counter(low)
        (most, best), (own, _) = sorted(
            ((sum(map(counts.__getitem__, letters)), other) for other, letters in CYRILLIC.items()),
            key=lambda count: count[1] == code,
        )
        return best if most >= LIKELY_LETTERS * len(low) and most >= TIMES_OF_OWN * own else ""
    return ""
