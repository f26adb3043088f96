"""English.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

CRAFT = "(?:chapter|scene|continu(?:e|ing)|revis|adjust|expand|rewrite|changes|feedback)"
GO_ON = "(?:continue|proceed|keep going|go on)"
OF_WORK = r"(?:\W*$|[^\n]*\b(?:chapter|scene|story|writing)\b)"
SORRY = (
    r"(?:(?:i['’]m|i am) (?:\w+ )?(?:sorry|afraid)|(?:my )?(?:sincere )?apologies|i apologi[sz]e|sorry|unfortunately)"
)
CANNOT = (
    r"(?:i can(?:no|['’])t|(?:i am|i['’]m) (?:unable to|not able to|not comfortable)|i won['’]t(?: be able to)?"
    r"|i (?:must|have to|will)(?: \w+)? decline to)"
)
DECLINES = rf"(?:{SORRY}[,.;:]? *(?:but |that )?)?{CANNOT}"
ACT = "(?:help|assist|writ|continu|creat|generat|provid|fulfil|produc|comply|engag)"
SUCH = r"(?:request|content|chapter|scene|story|prompt|material|with (?:this|that)\b)"

TABLE = Language(
    code="en",
    name="English",
    chapter=("Chapter",),
    part=("Part", "Act", "Book", "Volume"),
    short=("Ch",),
    ordinal_marks=("st", "nd", "rd", "th"),
    cardinals="""
        one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen,
        sixteen, seventeen, eighteen, nineteen, twenty, twenty-one, twenty-two, twenty-three, twenty-four, twenty-five,
        twenty-six, twenty-seven, twenty-eight, twenty-nine, thirty, thirty-one, thirty-two, thirty-three, thirty-four,
        thirty-five, thirty-six, thirty-seven, thirty-eight, thirty-nine, forty, forty-one, forty-two, forty-three,
        forty-four, forty-five, forty-six, forty-seven, forty-eight, forty-nine, fifty, fifty-one, fifty-two,
        fifty-three, fifty-four, fifty-five, fifty-six, fifty-seven, fifty-eight, fifty-nine, sixty, sixty-one,
        sixty-two, sixty-three, sixty-four, sixty-five, sixty-six, sixty-seven, sixty-eight, sixty-nine, seventy,
        seventy-one, seventy-two, seventy-three, seventy-four, seventy-five, seventy-six, seventy-seven, seventy-eight,
        seventy-nine, eighty, eighty-one, eighty-two, eighty-three, eighty-four, eighty-five, eighty-six, eighty-seven,
        eighty-eight, eighty-nine, ninety, ninety-one, ninety-two, ninety-three, ninety-four, ninety-five, ninety-six,
        ninety-seven, ninety-eight, ninety-nine
    """,
    ordinals="""
        first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, thirteenth,
        fourteenth, fifteenth, sixteenth, seventeenth, eighteenth, nineteenth, twentieth, twenty-first, twenty-second,
        twenty-third, twenty-fourth, twenty-fifth, twenty-sixth, twenty-seventh, twenty-eighth, twenty-ninth,
        thirtieth, thirty-first, thirty-second, thirty-third, thirty-fourth, thirty-fifth, thirty-sixth,
        thirty-seventh, thirty-eighth, thirty-ninth, fortieth, forty-first, forty-second, forty-third, forty-fourth,
        forty-fifth, forty-sixth, forty-seventh, forty-eighth, forty-ninth, fiftieth, fifty-first, fifty-second,
        fifty-third, fifty-fourth, fifty-fifth, fifty-sixth, fifty-seventh, fifty-eighth, fifty-ninth, sixtieth,
        sixty-first, sixty-second, sixty-third, sixty-fourth, sixty-fifth, sixty-sixth, sixty-seventh, sixty-eighth,
        sixty-ninth, seventieth, seventy-first, seventy-second, seventy-third, seventy-fourth, seventy-fifth,
        seventy-sixth, seventy-seventh, seventy-eighth, seventy-ninth, eightieth, eighty-first, eighty-second,
        eighty-third, eighty-fourth, eighty-fifth, eighty-sixth, eighty-seventh, eighty-eighth, eighty-ninth,
        ninetieth, ninety-first, ninety-second, ninety-third, ninety-fourth, ninety-fifth, ninety-sixth,
        ninety-seventh, ninety-eighth, ninety-ninth
    """,
    opening=("Prologue", "Preface", "Foreword", "Introduction"),
    between=("Interlude", "Intermezzo"),
    closing=("Epilogue", "Afterword", "Acknowledgements", "Acknowledgments", "Coda"),
    matter=(
        "Contents",
        "Table of contents",
        "TOC",
        "Dedication",
        "Copyright",
        "Title page",
        "Half title",
        "Imprint",
        "Epigraph",
        "Foreword",
        "Preface",
        "Acknowledgements",
        "Acknowledgments",
        "About the author",
        "Also by",
        "Author's note",
        "Colophon",
        "Outline",
        "Cover",
    ),
    scripts=("LATIN",),
    articles=("The", "A", "An", "Of", "And"),
    name_forms="one",
    endings="'s s '",
    titles=(
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Mister",
        "Dr",
        "Doctor",
        "Professor",
        "Sir",
        "Lady",
        "Lord",
        "Dame",
        "Madam",
        "Captain",
        "Colonel",
        "General",
        "Major",
        "Sergeant",
        "Lieutenant",
        "Commander",
        "Admiral",
        "Officer",
        "Detective",
        "Inspector",
        "Constable",
        "Sheriff",
        "Judge",
        "Father",
        "Mother",
        "Sister",
        "Brother",
        "Aunt",
        "Uncle",
        "Grandma",
        "Grandpa",
        "King",
        "Queen",
        "Prince",
        "Princess",
        "Reverend",
        "Pastor",
        "Young",
        "Old",
    ),
    people=("people", "persons", "characters", "cast", "dramatis"),
    facts=("Facts",),
    byline=("by",),
    remarks=Remarks(
        assents=(
            "sure(?: thing)?",
            "certainly",
            "of course",
            "absolutely",
            "okay",
            "great",
            "understood",
            "gladly",
            "got it",
            "no problem",
            "with pleasure",
        ),
        presents=("here['’]?s", "here (?:is|are|it is|you go)", "below is"),
        promises=(
            "i['’]ll",
            "i will",
            "i['’]d be (?:happy|glad|delighted)",
            "i['’]m happy",
            "i would be (?:happy|glad)",
            "let me",
            "let['’]s",
            "thank you",
            "thanks",
            "this is",
        ),
        work=("chapter", "continuation", "(?:story|text|prose|missing part) *:"),
        pieces=("scene(?! of the crime)", "draft", "passage", "rest of the story", "part"),
        tales=("story", "text", "prose", "missing part", "next part"),
        continued=("continued", "continuation"),
        title=("title", "chapter title"),
        counts=(
            "(?:total |final )?word ?count",
            "(?:total )?words",
            "word (?:target|goal)",
            "target(?: length)?",
            "length",
        ),
        over=(
            "the end",
            "end",
            "finis",
            r"(?:chapter|scene|part)(?: [-\w]+)? (?:complete|ends?|end)",
            "to be continued(?: in (?:the next )?chapter.{0,20})?",
        ),
        end_of=("end of (?:the |this )?",),
        notes=(
            "(?:author['’]?s? |writer['’]?s? |craft |continuity |revision |editor['’]?s? )?notes?",
            "(?:chapter |scene |brief )?(?:summary|recap)",
            "key (?:elements|points|themes|details)(?: (?:included|covered))?",
            "(?:total )?word count",
        ),
        offers=(
            rf"(?:would you like|do you want|want) me to (?:{GO_ON}{OF_WORK}|[^\n]*\b{CRAFT})",
            rf"(?:would you like|do you want)\b[^\n]*\b(?:next|another|revised) {CRAFT}",
            rf"(?:shall|should) i (?:{GO_ON}{OF_WORK}|(?:write|revise|draft|expand|adjust)\b[^\n]*\b(?:chapter|scene))",
            rf"(?:please )?let me know (?:if|whether|what|how|when)\b[^\n]*\b{CRAFT}",
            rf"if you(?:['’]d| would)? (?:like|want|prefer)\b[^\n]*\b{CRAFT}",
            (
                r"i hope (?:you (?:enjoy|like|love)(?:ed)? |that )?(?:this|the) (?:chapter|scene|draft|version"
                r"|continuation)\b"
            ),
            rf"feel free to (?:ask|request|suggest|tell|let|reach)\b[^\n]*\b{CRAFT}",
            r"\(?ooc:",
        ),
        refusals=(
            (rf"{DECLINES}\b[^.!?\n]{{0,30}}\b{ACT}[^.!?\n]{{0,60}}\b{SUCH}",),
            (rf"{DECLINES} \w+ (?:this|that)[.!]",),
            (r"as an? (?:ai\b|language model|artificial)",),
            (rf"(?:this|your|the) {SUCH}\b[^.!?\n]{{0,40}}\b(?:violat|goes against|is against)",),
            (
                (
                    r"i(?:['’]d| would) (?:rather|prefer) not(?: to)? (?:depict|write|portray|generate|include|produce"
                    r"|create)\b"
                ),
            ),
        ),
        asks=(
            r"before i (?:write|begin|start|continue|proceed|draft)\b",
            r"(?:could|can|would) you (?:please )?(?:tell|share|clarify|provide|give|describe|specify|confirm|let)\b",
            r"what (?:would you like|tone|genre|kind of)\b",
            r"(?:please )?(?:provide|share|specify|clarify)\b",
        ),
        missing=(
            r"continu(?:e|es|ed|ing)\b.{0,40}\b(?:here|chapter|scene|story|next)",
            "rest of (?:the |this )?(?:chapter|scene|story)",
            r"remain(?:der|ing)\b.{0,30}\b(?:chapter|scenes?|story)",
            "due to (?:length|space|token)",
            r"(?:next|another) (?:message|response|reply)\b",
            "(?:scene|chapter|story) (?:to be written|continues)",
            "(?:truncated|omitted|shortened) for (?:length|brevity)",
        ),
    ),
)
