"""Indonesian.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="id",
    name="Indonesian",
    chapter=("Bab",),
    part=("Bagian", "Buku", "Jilid"),
    cardinals="""
        satu, dua, tiga, empat, lima, enam, tujuh, delapan, sembilan, sepuluh, sebelas, dua belas, tiga belas, empat
        belas, lima belas, enam belas, tujuh belas, delapan belas, sembilan belas, dua puluh, dua puluh satu, dua puluh
        dua, dua puluh tiga, dua puluh empat, dua puluh lima, dua puluh enam, dua puluh tujuh, dua puluh delapan, dua
        puluh sembilan, tiga puluh, tiga puluh satu, tiga puluh dua, tiga puluh tiga, tiga puluh empat, tiga puluh
        lima, tiga puluh enam, tiga puluh tujuh, tiga puluh delapan, tiga puluh sembilan, empat puluh, empat puluh
        satu, empat puluh dua, empat puluh tiga, empat puluh empat, empat puluh lima, empat puluh enam, empat puluh
        tujuh, empat puluh delapan, empat puluh sembilan, lima puluh, lima puluh satu, lima puluh dua, lima puluh tiga,
        lima puluh empat, lima puluh lima, lima puluh enam, lima puluh tujuh, lima puluh delapan, lima puluh sembilan,
        enam puluh, enam puluh satu, enam puluh dua, enam puluh tiga, enam puluh empat, enam puluh lima, enam puluh
        enam, enam puluh tujuh, enam puluh delapan, enam puluh sembilan, tujuh puluh, tujuh puluh satu, tujuh puluh
        dua, tujuh puluh tiga, tujuh puluh empat, tujuh puluh lima, tujuh puluh enam, tujuh puluh tujuh, tujuh puluh
        delapan, tujuh puluh sembilan, delapan puluh, delapan puluh satu, delapan puluh dua, delapan puluh tiga,
        delapan puluh empat, delapan puluh lima, delapan puluh enam, delapan puluh tujuh, delapan puluh delapan,
        delapan puluh sembilan, sembilan puluh, sembilan puluh satu, sembilan puluh dua, sembilan puluh tiga, sembilan
        puluh empat, sembilan puluh lima, sembilan puluh enam, sembilan puluh tujuh, sembilan puluh delapan, sembilan
        puluh sembilan
    """,
    ordinals="""
        pertama, kedua, ketiga, keempat, kelima, keenam, ketujuh, kedelapan, kesembilan, kesepuluh, kesebelas, kedua
        belas, ketiga belas, keempat belas, kelima belas, keenam belas, ketujuh belas, kedelapan belas, kesembilan
        belas, kedua puluh, kedua puluh satu, kedua puluh dua, kedua puluh tiga, kedua puluh empat, kedua puluh lima,
        kedua puluh enam, kedua puluh tujuh, kedua puluh delapan, kedua puluh sembilan, ketiga puluh, ketiga puluh
        satu, ketiga puluh dua, ketiga puluh tiga, ketiga puluh empat, ketiga puluh lima, ketiga puluh enam, ketiga
        puluh tujuh, ketiga puluh delapan, ketiga puluh sembilan, keempat puluh, keempat puluh satu, keempat puluh dua,
        keempat puluh tiga, keempat puluh empat, keempat puluh lima, keempat puluh enam, keempat puluh tujuh, keempat
        puluh delapan, keempat puluh sembilan, kelima puluh, kelima puluh satu, kelima puluh dua, kelima puluh tiga,
        kelima puluh empat, kelima puluh lima, kelima puluh enam, kelima puluh tujuh, kelima puluh delapan, kelima
        puluh sembilan, keenam puluh, keenam puluh satu, keenam puluh dua, keenam puluh tiga, keenam puluh empat,
        keenam puluh lima, keenam puluh enam, keenam puluh tujuh, keenam puluh delapan, keenam puluh sembilan, ketujuh
        puluh, ketujuh puluh satu, ketujuh puluh dua, ketujuh puluh tiga, ketujuh puluh empat, ketujuh puluh lima,
        ketujuh puluh enam, ketujuh puluh tujuh, ketujuh puluh delapan, ketujuh puluh sembilan, kedelapan puluh,
        kedelapan puluh satu, kedelapan puluh dua, kedelapan puluh tiga, kedelapan puluh empat, kedelapan puluh lima,
        kedelapan puluh enam, kedelapan puluh tujuh, kedelapan puluh delapan, kedelapan puluh sembilan, kesembilan
        puluh, kesembilan puluh satu, kesembilan puluh dua, kesembilan puluh tiga, kesembilan puluh empat, kesembilan
        puluh lima, kesembilan puluh enam, kesembilan puluh tujuh, kesembilan puluh delapan, kesembilan puluh sembilan
    """,
    opening=("Prolog", "Prakata", "Kata pengantar", "Pendahuluan"),
    between=("Interlud",),
    closing=("Epilog", "Ucapan terima kasih"),
    scripts=("LATIN",),
    section_lines={
        "pov": ("Sudut pandang",),
        "where": ("Di mana, kapan", "Di mana dan kapan", "Di mana", "Kapan", "Tempat", "Waktu"),
        "wants": ("Ingin", "Tujuan"),
        "against": ("Lawan", "Hambatan"),
        "turn": ("Titik balik",),
        "ends": ("Berakhir dengan", "Akhir"),
        "opens": ("Membuka",),
        "closes": ("Menutup",),
    },
    name_forms="one",
    people=("tokoh",),
    facts=("Fakta",),
    remarks=Remarks(
        assents=("tentu(?: saja)?", "baik(?:lah)?", "dengan senang hati", "oke", "siap"),
        presents=("berikut(?: ini)?(?: adalah)?", "inilah", "di bawah ini"),
        promises=("saya akan", "aku akan", "izinkan saya", "ini adalah"),
        work=(r"bab\b", "lanjutan", "kelanjutan"),
        pieces=("adegan", "draf", "bagian"),
        tales=("cerita", "teks"),
        continued=("lanjutan",),
        title=("judul", "judul bab"),
        counts=("kata", "jumlah kata", "panjang"),
        over=("tamat", "selesai", "bersambung"),
        end_of=("akhir (?:dari )?",),
        notes=("catatan(?: penulis)?", "ringkasan(?: bab)?", "rangkuman"),
        offers=(
            (
                r"(?:apakah (?:anda|kamu) ingin|ingin(?:kah)? (?:saya|anda)|mau saya|haruskah saya)\b"
                r"[^\n]*(?:bab\b|adegan|melanjutkan|lanjut)"
            ),
            r"beri ?tahu saya\b[^\n]*(?:bab\b|adegan|ubah|revisi|lanjut)",
            r"semoga bab\b",
        ),
        refusals=(
            (
                "maaf|mohon maaf|sayangnya|saya tidak (?:bisa|dapat)",
                "tidak (?:bisa|dapat)",
                r"adegan|bab\b|permintaan|konten",
            ),
        ),
        asks=("sebelum (?:saya )?(?:menulis|mulai)", "(?:bisakah|dapatkah|bolehkah) (?:anda|kamu)"),
        missing=(r"lanjut\w* (?:adegan|di sini)", "sisa (?:bab|adegan)", "pesan berikutnya"),
    ),
)
