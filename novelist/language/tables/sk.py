"""Slovak.

Number words: cardinals from num2words 0.5.14; ordinals by Pravidlá slovenského pravopisu. Quotation marks and script:
Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="sk",
    name="Slovak",
    chapter=("Kapitola",),
    part=("Časť", "Diel", "Kniha"),
    dotted=True,
    cardinals="""
        jeden, dva, tri, štyri, päť, šesť, sedem, osem, deväť, desať, jedenásť, dvanásť, trinásť, štrnásť, pätnásť,
        šestnásť, sedemnásť, osemnásť, devätnásť, dvadsať, dvadsaťjeden, dvadsaťdva, dvadsaťtri, dvadsaťštyri,
        dvadsaťpäť, dvadsaťšesť, dvadsaťsedem, dvadsaťosem, dvadsaťdeväť, tridsať, tridsaťjeden, tridsaťdva,
        tridsaťtri, tridsaťštyri, tridsaťpäť, tridsaťšesť, tridsaťsedem, tridsaťosem, tridsaťdeväť, štyridsať,
        štyridsaťjeden, štyridsaťdva, štyridsaťtri, štyridsaťštyri, štyridsaťpäť, štyridsaťšesť, štyridsaťsedem,
        štyridsaťosem, štyridsaťdeväť, päťdesiat, päťdesiatjeden, päťdesiatdva, päťdesiattri, päťdesiatštyri,
        päťdesiatpäť, päťdesiatšesť, päťdesiatsedem, päťdesiatosem, päťdesiatdeväť, šesťdesiat, šesťdesiatjeden,
        šesťdesiatdva, šesťdesiattri, šesťdesiatštyri, šesťdesiatpäť, šesťdesiatšesť, šesťdesiatsedem, šesťdesiatosem,
        šesťdesiatdeväť, sedemdesiat, sedemdesiatjeden, sedemdesiatdva, sedemdesiattri, sedemdesiatštyri,
        sedemdesiatpäť, sedemdesiatšesť, sedemdesiatsedem, sedemdesiatosem, sedemdesiatdeväť, osemdesiat,
        osemdesiatjeden, osemdesiatdva, osemdesiattri, osemdesiatštyri, osemdesiatpäť, osemdesiatšesť, osemdesiatsedem,
        osemdesiatosem, osemdesiatdeväť, deväťdesiat, deväťdesiatjeden, deväťdesiatdva, deväťdesiattri,
        deväťdesiatštyri, deväťdesiatpäť, deväťdesiatšesť, deväťdesiatsedem, deväťdesiatosem, deväťdesiatdeväť
    """,
    ordinals="""
        prvý/prvá/prvé, druhý/druhá/druhé, tretí/tretia/tretie, štvrtý/štvrtá/štvrté, piaty/piata/piate,
        šiesty/šiesta/šieste, siedmy/siedma/siedme, ôsmy/ôsma/ôsme, deviaty/deviata/deviate, desiaty/desiata/desiate,
        jedenásty/jedenásta/jedenáste, dvanásty/dvanásta/dvanáste, trinásty/trinásta/trináste,
        štrnásty/štrnásta/štrnáste, pätnásty/pätnásta/pätnáste, šestnásty/šestnásta/šestnáste,
        sedemnásty/sedemnásta/sedemnáste, osemnásty/osemnásta/osemnáste, devätnásty/devätnásta/devätnáste,
        dvadsiaty/dvadsiata/dvadsiate, dvadsiaty prvý/dvadsiata prvá/dvadsiate prvé, dvadsiaty druhý/dvadsiata
        druhá/dvadsiate druhé, dvadsiaty tretí/dvadsiata tretia/dvadsiate tretie, dvadsiaty štvrtý/dvadsiata
        štvrtá/dvadsiate štvrté, dvadsiaty piaty/dvadsiata piata/dvadsiate piate, dvadsiaty šiesty/dvadsiata
        šiesta/dvadsiate šieste, dvadsiaty siedmy/dvadsiata siedma/dvadsiate siedme, dvadsiaty ôsmy/dvadsiata
        ôsma/dvadsiate ôsme, dvadsiaty deviaty/dvadsiata deviata/dvadsiate deviate, tridsiaty/tridsiata/tridsiate,
        tridsiaty prvý/tridsiata prvá/tridsiate prvé, tridsiaty druhý/tridsiata druhá/tridsiate druhé, tridsiaty
        tretí/tridsiata tretia/tridsiate tretie, tridsiaty štvrtý/tridsiata štvrtá/tridsiate štvrté, tridsiaty
        piaty/tridsiata piata/tridsiate piate, tridsiaty šiesty/tridsiata šiesta/tridsiate šieste, tridsiaty
        siedmy/tridsiata siedma/tridsiate siedme, tridsiaty ôsmy/tridsiata ôsma/tridsiate ôsme, tridsiaty
        deviaty/tridsiata deviata/tridsiate deviate, štyridsiaty/štyridsiata/štyridsiate, štyridsiaty prvý/štyridsiata
        prvá/štyridsiate prvé, štyridsiaty druhý/štyridsiata druhá/štyridsiate druhé, štyridsiaty tretí/štyridsiata
        tretia/štyridsiate tretie, štyridsiaty štvrtý/štyridsiata štvrtá/štyridsiate štvrté, štyridsiaty
        piaty/štyridsiata piata/štyridsiate piate, štyridsiaty šiesty/štyridsiata šiesta/štyridsiate šieste,
        štyridsiaty siedmy/štyridsiata siedma/štyridsiate siedme, štyridsiaty ôsmy/štyridsiata ôsma/štyridsiate ôsme,
        štyridsiaty deviaty/štyridsiata deviata/štyridsiate deviate, päťdesiaty/päťdesiata/päťdesiate, päťdesiaty
        prvý/päťdesiata prvá/päťdesiate prvé, päťdesiaty druhý/päťdesiata druhá/päťdesiate druhé, päťdesiaty
        tretí/päťdesiata tretia/päťdesiate tretie, päťdesiaty štvrtý/päťdesiata štvrtá/päťdesiate štvrté, päťdesiaty
        piaty/päťdesiata piata/päťdesiate piate, päťdesiaty šiesty/päťdesiata šiesta/päťdesiate šieste, päťdesiaty
        siedmy/päťdesiata siedma/päťdesiate siedme, päťdesiaty ôsmy/päťdesiata ôsma/päťdesiate ôsme, päťdesiaty
        deviaty/päťdesiata deviata/päťdesiate deviate, šesťdesiaty/šesťdesiata/šesťdesiate, šesťdesiaty
        prvý/šesťdesiata prvá/šesťdesiate prvé, šesťdesiaty druhý/šesťdesiata druhá/šesťdesiate druhé, šesťdesiaty
        tretí/šesťdesiata tretia/šesťdesiate tretie, šesťdesiaty štvrtý/šesťdesiata štvrtá/šesťdesiate štvrté,
        šesťdesiaty piaty/šesťdesiata piata/šesťdesiate piate, šesťdesiaty šiesty/šesťdesiata šiesta/šesťdesiate
        šieste, šesťdesiaty siedmy/šesťdesiata siedma/šesťdesiate siedme, šesťdesiaty ôsmy/šesťdesiata ôsma/šesťdesiate
        ôsme, šesťdesiaty deviaty/šesťdesiata deviata/šesťdesiate deviate, sedemdesiaty/sedemdesiata/sedemdesiate,
        sedemdesiaty prvý/sedemdesiata prvá/sedemdesiate prvé, sedemdesiaty druhý/sedemdesiata druhá/sedemdesiate
        druhé, sedemdesiaty tretí/sedemdesiata tretia/sedemdesiate tretie, sedemdesiaty štvrtý/sedemdesiata
        štvrtá/sedemdesiate štvrté, sedemdesiaty piaty/sedemdesiata piata/sedemdesiate piate, sedemdesiaty
        šiesty/sedemdesiata šiesta/sedemdesiate šieste, sedemdesiaty siedmy/sedemdesiata siedma/sedemdesiate siedme,
        sedemdesiaty ôsmy/sedemdesiata ôsma/sedemdesiate ôsme, sedemdesiaty deviaty/sedemdesiata deviata/sedemdesiate
        deviate, osemdesiaty/osemdesiata/osemdesiate, osemdesiaty prvý/osemdesiata prvá/osemdesiate prvé, osemdesiaty
        druhý/osemdesiata druhá/osemdesiate druhé, osemdesiaty tretí/osemdesiata tretia/osemdesiate tretie, osemdesiaty
        štvrtý/osemdesiata štvrtá/osemdesiate štvrté, osemdesiaty piaty/osemdesiata piata/osemdesiate piate,
        osemdesiaty šiesty/osemdesiata šiesta/osemdesiate šieste, osemdesiaty siedmy/osemdesiata siedma/osemdesiate
        siedme, osemdesiaty ôsmy/osemdesiata ôsma/osemdesiate ôsme, osemdesiaty deviaty/osemdesiata deviata/osemdesiate
        deviate, deväťdesiaty/deväťdesiata/deväťdesiate, deväťdesiaty prvý/deväťdesiata prvá/deväťdesiate prvé,
        deväťdesiaty druhý/deväťdesiata druhá/deväťdesiate druhé, deväťdesiaty tretí/deväťdesiata tretia/deväťdesiate
        tretie, deväťdesiaty štvrtý/deväťdesiata štvrtá/deväťdesiate štvrté, deväťdesiaty piaty/deväťdesiata
        piata/deväťdesiate piate, deväťdesiaty šiesty/deväťdesiata šiesta/deväťdesiate šieste, deväťdesiaty
        siedmy/deväťdesiata siedma/deväťdesiate siedme, deväťdesiaty ôsmy/deväťdesiata ôsma/deväťdesiate ôsme,
        deväťdesiaty deviaty/deväťdesiata deviata/deväťdesiate deviate
    """,
    opening=("Prológ", "Predslov", "Úvod"),
    between=("Medzihra",),
    closing=("Epilóg", "Doslov", "Poďakovanie"),
    matter=("Obsah", "Venovanie"),
    quotes=("„", "“", "‚", "‘"),
    dash="– ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Pohľad", "Hľadisko"),
        "where": ("Kde, kedy", "Kde a kedy", "Kde", "Kedy", "Miesto", "Čas"),
        "wants": ("Chce", "Cieľ"),
        "against": ("Proti", "Prekážka"),
        "turn": ("Obrat", "Zvrat"),
        "ends": ("Končí", "Koniec"),
        "opens": ("Otvára",),
        "closes": ("Uzatvára",),
    },
    people=("postavy",),
    facts=("Fakty",),
    remarks=Remarks(
        assents=("iste", "samozrejme", "rád", "rada", "dobre", "s radosťou", "rozumiem", "určite"),
        presents=("tu je", "tu máte", "nižšie", "nasleduje"),
        promises=("napíšem", "rád napíšem", "rada napíšem", "dovoľte"),
        work=("kapitol", "pokračovan"),
        pieces=("scén", "návrh", "pasáž"),
        tales=("príbeh", "text"),
        continued=("pokračovanie",),
        title=("názov", "názov kapitoly"),
        counts=("slov", "počet slov", "dĺžka"),
        over=("koniec", "pokračovanie nabudúce"),
        end_of=("koniec ",),
        notes=("poznámk[ay]", "zhrnutie", "súhrn", "poznámky autora"),
        offers=(
            r"(?:chcete|chceš|želáte si|mám)\b[^\n]*(?:kapitol|scén|pokračovať|aby som pokračoval)",
            r"dajte (?:mi )?vedieť\b[^\n]*(?:kapitol|scén|zmen|úprav|pokračov)",
        ),
        refusals=(
            (
                "ospravedlňujem sa|je mi ľúto|žiaľ|bohužiaľ|nemôžem|prepáčte",
                "nemôžem|nedokážem",
                "scén|kapitol|požiadav|žiados|obsah",
            ),
        ),
        asks=("kým (?:začnem|napíšem)", "(?:môžete|môžeš|mohli by ste) mi"),
        missing=(r"pokrač\w* (?:scén|tu)", "zvyšok (?:kapitoly|scény)", "ďalšej správe"),
    ),
)
