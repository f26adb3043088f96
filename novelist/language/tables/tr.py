"""Turkish.

Number words: num2words 0.5.14, in two words too, as the Türk Dil Kurumu writes them. Quotation marks and script:
Unicode CLDR.
"""

from collections.abc import Iterator

from novelist.language.table import Cases, Language, Remarks

HARMONY = (("[aı]", "ı", "a"), ("[ei]", "i", "e"), ("[ou]", "u", "a"), ("[öü]", "ü", "e"))


def _cases() -> Iterator[tuple[str, str, str]]:
    """Yield how names are declined, by their last vowel and what they end with; an apostrophe is before the ending."""
    for vowels, high, low in HARMONY:
        last = f"(?i:{vowels})"
        endings = f"'y{high}/y{high} 'n{high}n/n{high}n 'y{low}/y{low} 'd{low} 'd{low}n 'yl{low}/yl{low}"
        yield f"{last}()", "", endings
        for ends, stop in (("[fstkçşhp]", "t"), ("", "d")):
            endings = f"'{high}/{high} '{high}n/{high}n '{low}/{low} '{stop}{low} '{stop}{low}n 'l{low}/l{low}"
            behind = "[^aıeiouöüAIEİOUÖÜ\\W]*"
            yield f"{last}{behind}{ends or '[^aıeiouöü]'}()", "", endings


TABLE = Language(
    code="tr",
    name="Turkish",
    chapter=("Bölüm",),
    part=("Kısım", "Kitap", "Cilt", "Perde"),
    untitled="{}. Bölüm",
    dotted=True,
    cardinals="""
        bir, iki, üç, dört, beş, altı, yedi, sekiz, dokuz, on, on bir/onbir, on iki/oniki, on üç/onüç, on dört/ondört,
        on beş/onbeş, on altı/onaltı, on yedi/onyedi, on sekiz/onsekiz, on dokuz/ondokuz, yirmi, yirmi bir/yirmibir,
        yirmi iki/yirmiiki, yirmi üç/yirmiüç, yirmi dört/yirmidört, yirmi beş/yirmibeş, yirmi altı/yirmialtı, yirmi
        yedi/yirmiyedi, yirmi sekiz/yirmisekiz, yirmi dokuz/yirmidokuz, otuz, otuz bir/otuzbir, otuz iki/otuziki, otuz
        üç/otuzüç, otuz dört/otuzdört, otuz beş/otuzbeş, otuz altı/otuzaltı, otuz yedi/otuzyedi, otuz sekiz/otuzsekiz,
        otuz dokuz/otuzdokuz, kırk, kırk bir/kırkbir, kırk iki/kırkiki, kırk üç/kırküç, kırk dört/kırkdört, kırk
        beş/kırkbeş, kırk altı/kırkaltı, kırk yedi/kırkyedi, kırk sekiz/kırksekiz, kırk dokuz/kırkdokuz, elli, elli
        bir/ellibir, elli iki/elliiki, elli üç/elliüç, elli dört/ellidört, elli beş/ellibeş, elli altı/ellialtı, elli
        yedi/elliyedi, elli sekiz/ellisekiz, elli dokuz/ellidokuz, altmış, altmış bir/altmışbir, altmış iki/altmışiki,
        altmış üç/altmışüç, altmış dört/altmışdört, altmış beş/altmışbeş, altmış altı/altmışaltı, altmış
        yedi/altmışyedi, altmış sekiz/altmışsekiz, altmış dokuz/altmışdokuz, yetmiş, yetmiş bir/yetmişbir, yetmiş
        iki/yetmişiki, yetmiş üç/yetmişüç, yetmiş dört/yetmişdört, yetmiş beş/yetmişbeş, yetmiş altı/yetmişaltı, yetmiş
        yedi/yetmişyedi, yetmiş sekiz/yetmişsekiz, yetmiş dokuz/yetmişdokuz, seksen, seksen bir/seksenbir, seksen
        iki/sekseniki, seksen üç/seksenüç, seksen dört/seksendört, seksen beş/seksenbeş, seksen altı/seksenaltı, seksen
        yedi/seksenyedi, seksen sekiz/seksensekiz, seksen dokuz/seksendokuz, doksan, doksan bir/doksanbir, doksan
        iki/doksaniki, doksan üç/doksanüç, doksan dört/doksandört, doksan beş/doksanbeş, doksan altı/doksanaltı, doksan
        yedi/doksanyedi, doksan sekiz/doksansekiz, doksan dokuz/doksandokuz
    """,
    ordinals="""
        birinci/ilk, ikinci, üçüncü, dördüncü, beşinci, altıncı, yedinci, sekizinci, dokuzuncu, onuncu, on
        birinci/onbirinci, on ikinci/onikinci, on üçüncü/onüçüncü, on dördüncü/ondördüncü, on beşinci/onbeşinci, on
        altıncı/onaltıncı, on yedinci/onyedinci, on sekizinci/onsekizinci, on dokuzuncu/ondokuzuncu, yirminci, yirmi
        birinci/yirmibirinci, yirmi ikinci/yirmiikinci, yirmi üçüncü/yirmiüçüncü, yirmi dördüncü/yirmidördüncü, yirmi
        beşinci/yirmibeşinci, yirmi altıncı/yirmialtıncı, yirmi yedinci/yirmiyedinci, yirmi sekizinci/yirmisekizinci,
        yirmi dokuzuncu/yirmidokuzuncu, otuzuncu, otuz birinci/otuzbirinci, otuz ikinci/otuzikinci, otuz
        üçüncü/otuzüçüncü, otuz dördüncü/otuzdördüncü, otuz beşinci/otuzbeşinci, otuz altıncı/otuzaltıncı, otuz
        yedinci/otuzyedinci, otuz sekizinci/otuzsekizinci, otuz dokuzuncu/otuzdokuzuncu, kırkıncı, kırk
        birinci/kırkbirinci, kırk ikinci/kırkikinci, kırk üçüncü/kırküçüncü, kırk dördüncü/kırkdördüncü, kırk
        beşinci/kırkbeşinci, kırk altıncı/kırkaltıncı, kırk yedinci/kırkyedinci, kırk sekizinci/kırksekizinci, kırk
        dokuzuncu/kırkdokuzuncu, ellinci, elli birinci/ellibirinci, elli ikinci/elliikinci, elli üçüncü/elliüçüncü,
        elli dördüncü/ellidördüncü, elli beşinci/ellibeşinci, elli altıncı/ellialtıncı, elli yedinci/elliyedinci, elli
        sekizinci/ellisekizinci, elli dokuzuncu/ellidokuzuncu, altmışıncı, altmış birinci/altmışbirinci, altmış
        ikinci/altmışikinci, altmış üçüncü/altmışüçüncü, altmış dördüncü/altmışdördüncü, altmış beşinci/altmışbeşinci,
        altmış altıncı/altmışaltıncı, altmış yedinci/altmışyedinci, altmış sekizinci/altmışsekizinci, altmış
        dokuzuncu/altmışdokuzuncu, yetmişinci, yetmiş birinci/yetmişbirinci, yetmiş ikinci/yetmişikinci, yetmiş
        üçüncü/yetmişüçüncü, yetmiş dördüncü/yetmişdördüncü, yetmiş beşinci/yetmişbeşinci, yetmiş
        altıncı/yetmişaltıncı, yetmiş yedinci/yetmişyedinci, yetmiş sekizinci/yetmişsekizinci, yetmiş
        dokuzuncu/yetmişdokuzuncu, sekseninci, seksen birinci/seksenbirinci, seksen ikinci/seksenikinci, seksen
        üçüncü/seksenüçüncü, seksen dördüncü/seksendördüncü, seksen beşinci/seksenbeşinci, seksen
        altıncı/seksenaltıncı, seksen yedinci/seksenyedinci, seksen sekizinci/seksensekizinci, seksen
        dokuzuncu/seksendokuzuncu, doksanıncı, doksan birinci/doksanbirinci, doksan ikinci/doksanikinci, doksan
        üçüncü/doksanüçüncü, doksan dördüncü/doksandördüncü, doksan beşinci/doksanbeşinci, doksan
        altıncı/doksanaltıncı, doksan yedinci/doksanyedinci, doksan sekizinci/doksansekizinci, doksan
        dokuzuncu/doksandokuzuncu
    """,
    opening=("Prolog", "Önsöz", "Giriş", "Sunuş"),
    between=("Ara bölüm", "Ara söz"),
    closing=("Epilog", "Sonsöz", "Son söz", "Teşekkür", "Teşekkürler"),
    matter=("İçindekiler", "İthaf", "Künye"),
    pages={
        "also-by": "Yazarın diğer kitapları",
        "copyright": "Künye",
        "dedication": "İthaf",
        "epigraph": "Epigraf",
        "foreword": "Sunuş",
        "preface": "Önsöz",
        "introduction": "Giriş",
        "afterword": "Sonsöz",
        "authors-note": "Yazarın notu",
        "acknowledgements": "Teşekkür",
        "appendix": "Ek",
        "glossary": "Sözlük",
        "about-the-author": "Yazar hakkında",
    },
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Bakış açısı",),
        "where": ("Nerede, ne zaman", "Nerede ve ne zaman", "Nerede", "Ne zaman", "Yer", "Zaman"),
        "wants": ("İster", "Amaç"),
        "against": ("Karşısında", "Engel"),
        "turn": ("Dönüm", "Dönüm noktası"),
        "ends": ("Biter", "Bitiş", "Son"),
        "opens": ("Açar",),
        "closes": ("Kapatır",),
    },
    articles=("Bir", "Ve"),
    inflections=(
        # Names have an apostrophe before an ending; other words have none. What makes other names (Nurdan) is left out.
        ("", "ın in un ün nın nin nun nün ya ye yı yi yu yü yla yle lar ler ları leri"),
        ("k", "ğı ği ğu ğü ğa ğe ğın ğin ğun ğün"),
        ("p", "bı bi bu bü ba be bın bin bun bün"),
        ("ç", "cı ci cu cü ca ce cın cin cun cün"),
        ("t", "dı di du dü dın din dun dün"),
    ),
    cases=Cases(names="acc gen dat loc abl ins", endings=tuple(_cases())),
    titles=("Bay", "Bayan", "Bey", "Hanım", "Doktor", "Profesör"),
    people=("karakterler", "kişiler"),
    facts=("Gerçekler", "Olgular", "Bilgiler"),
    fact_keys={
        "where": ("nerede:", "yer"),
        "has": ("elinde:", "taşıdığı"),
        "lost": ("kaybettiği:", "verdiği"),
        "nothing": ("hiçbir şey",),
        "knows": ("bildiği:",),
        "wants": ("istediği:",),
        "since": ("ne zamandan beri:",),
        "age": ("yaş:",),
        "born": ("doğum",),
        "date": ("tarih",),
        "dead": ("ölü", "öldü"),
        "alive": ("hayatta",),
        "hurt": ("yaralı",),
        "healed": ("iyileşti",),
        "bound": ("tutsak", "bağlı"),
        "freed": ("serbest", "özgür"),
        "planted": ("ekildi:",),
        "due": ("beklenen:",),
        "paid": ("çözüldü:",),
        "some": ("bir", "iki", "üç"),
        "and": ("ve",),
    },
    byline=("yazan", "yazar"),
    remarks=Remarks(
        talk=(
            r"bu bölümde\b",
            "bu (?:bölüm|metin) (?:anlatır|anlatıyor|gösterir|gösteriyor)",
            "okuyucu(?:lar)? öğren",
        ),
        assents=("tabii(?: ki)?", "elbette", "memnuniyetle", "tamam", "anladım", "peki"),
        presents=("işte", "aşağıda"),
        promises=("yazacağım", "yazıyorum", "izin ver", "bu"),
        work=("bölüm", "devamı"),
        pieces=("sahne", "taslak", "pasaj"),
        tales=("hikaye", "hikâye", "öykü", "metin"),
        continued=("devamı",),
        title=("başlık", "bölüm başlığı"),
        counts=("kelime", "kelime sayısı", "sözcük sayısı", "uzunluk"),
        over=("son", "devam edecek", "bölüm sonu"),
        notes=("notlar?", "yazarın notu", "özet", "bölüm özeti"),
        offers=(
            r"(?:devam etmemi|bir sonraki bölüm|sonraki bölüm)[^\n]*(?:ister|yazma|devam)",
            r"[^\n]{0,40}(?:bana bildir|haber ver)[^\n]*",
        ),
        refusals=(
            (
                "üzgünüm|maalesef|ne yazık ki|özür dilerim|kusura bakmayın",
                "yazamam|yapamam|edemem|veremem|mümkün değil|yardımcı olamam",
                "sahne|bölüm|istek|istedi|içerik|yardımcı|bunu",
            ),
        ),
        asks=("yazmadan önce", "başlamadan önce"),
        missing=("sahne(?:nin|yi|) (?:devam|burada)", "bölümün (?:devamı|geri kalanı|kalanı)", "sonraki mesaj"),
    ),
)
