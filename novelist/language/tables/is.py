# ruff: noqa: N999 - the code of Icelandic is a word of Python, too
"""Icelandic.

Number words: cardinals from num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="is",
    name="Icelandic",
    chapter=("Kafli",),
    part=("Hluti",),
    untitled="{}. kafli",
    dotted=True,
    cardinals="""
        einn, tveir, þrír, fjórir, fimm, sex, sjö, átta, níu, tíu, ellefu, tólf, þrettán, fjórtán, fimmtán, sextán,
        sautján, átján, nítján, tuttugu, tuttugu og einn, tuttugu og tveir, tuttugu og þrír, tuttugu og fjórir, tuttugu
        og fimm, tuttugu og sex, tuttugu og sjö, tuttugu og átta, tuttugu og níu, þrjátíu, þrjátíu og einn, þrjátíu og
        tveir, þrjátíu og þrír, þrjátíu og fjórir, þrjátíu og fimm, þrjátíu og sex, þrjátíu og sjö, þrjátíu og átta,
        þrjátíu og níu, fjörutíu, fjörutíu og einn, fjörutíu og tveir, fjörutíu og þrír, fjörutíu og fjórir, fjörutíu
        og fimm, fjörutíu og sex, fjörutíu og sjö, fjörutíu og átta, fjörutíu og níu, fimmtíu, fimmtíu og einn, fimmtíu
        og tveir, fimmtíu og þrír, fimmtíu og fjórir, fimmtíu og fimm, fimmtíu og sex, fimmtíu og sjö, fimmtíu og átta,
        fimmtíu og níu, sextíu, sextíu og einn, sextíu og tveir, sextíu og þrír, sextíu og fjórir, sextíu og fimm,
        sextíu og sex, sextíu og sjö, sextíu og átta, sextíu og níu, sjötíu, sjötíu og einn, sjötíu og tveir, sjötíu og
        þrír, sjötíu og fjórir, sjötíu og fimm, sjötíu og sex, sjötíu og sjö, sjötíu og átta, sjötíu og níu, áttatíu,
        áttatíu og einn, áttatíu og tveir, áttatíu og þrír, áttatíu og fjórir, áttatíu og fimm, áttatíu og sex, áttatíu
        og sjö, áttatíu og átta, áttatíu og níu, níutíu, níutíu og einn, níutíu og tveir, níutíu og þrír, níutíu og
        fjórir, níutíu og fimm, níutíu og sex, níutíu og sjö, níutíu og átta, níutíu og níu
    """,
    opening=("Formáli", "Inngangur"),
    closing=("Eftirmáli",),
    quotes=("„", "“", "‚", "‘"),
    dash="– ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Sjónarhorn",),
        "where": ("Hvar, hvenær", "Hvar og hvenær", "Hvar", "Hvenær"),
        "wants": ("Vill",),
        "against": ("Gegn", "Hindrun"),
        "turn": ("Vendipunktur",),
        "ends": ("Endar á", "Endir"),
        "opens": ("Opnar",),
        "closes": ("Lokar",),
    },
    facts=("Staðreyndir",),
    remarks=Remarks(
        assents=("auðvitað", "að sjálfsögðu", "endilega", "með ánægju"),
        presents=("hér (?:er|kemur)", "hér fyrir neðan"),
        promises=("ég skal", "ég skrifa"),
        work=("kafl", "framhald"),
        pieces=("sen", "uppkast"),
        tales=("saga", "texti"),
        title=("titill", "heiti"),
        counts=("orð", "fjöldi orða"),
        over=("endir", "framhald síðar", "endir kafla"),
        end_of=("endir ",),
        notes=("athugasemdir?", "samantekt", "minnispunktar"),
        offers=(r"(?:viltu|á ég að)\b[^\n]*(?:kafl|sen|halda áfram)",),
        refusals=(("því miður|fyrirgefðu|ég get ekki|mér þykir leitt", "get ekki", "kafl|sen|beiðn|efni"),),
        asks=("áður en ég (?:byrja|skrifa)", "gætir þú"),
        missing=("senan heldur áfram", "afgangur(?:inn)? af kafla"),
    ),
)
