"""Vietnamese.

Number words: num2words 0.5.14. Quotation marks and script: Unicode CLDR.
"""

from novelist.language.table import Language, Remarks

TABLE = Language(
    code="vi",
    name="Vietnamese",
    chapter=("Chương", "Hồi"),
    part=("Phần", "Quyển", "Tập"),
    cardinals="""
        một, hai, ba, bốn, năm, sáu, bảy, tám, chín, mười, mười một, mười hai, mười ba, mười bốn, mười lăm, mười sáu,
        mười bảy, mười tám, mười chín, hai mươi, hai mươi mốt, hai mươi hai, hai mươi ba, hai mươi bốn, hai mươi lăm,
        hai mươi sáu, hai mươi bảy, hai mươi tám, hai mươi chín, ba mươi, ba mươi mốt, ba mươi hai, ba mươi ba, ba mươi
        bốn, ba mươi lăm, ba mươi sáu, ba mươi bảy, ba mươi tám, ba mươi chín, bốn mươi, bốn mươi mốt, bốn mươi hai,
        bốn mươi ba, bốn mươi bốn, bốn mươi lăm, bốn mươi sáu, bốn mươi bảy, bốn mươi tám, bốn mươi chín, năm mươi, năm
        mươi mốt, năm mươi hai, năm mươi ba, năm mươi bốn, năm mươi lăm, năm mươi sáu, năm mươi bảy, năm mươi tám, năm
        mươi chín, sáu mươi, sáu mươi mốt, sáu mươi hai, sáu mươi ba, sáu mươi bốn, sáu mươi lăm, sáu mươi sáu, sáu
        mươi bảy, sáu mươi tám, sáu mươi chín, bảy mươi, bảy mươi mốt, bảy mươi hai, bảy mươi ba, bảy mươi bốn, bảy
        mươi lăm, bảy mươi sáu, bảy mươi bảy, bảy mươi tám, bảy mươi chín, tám mươi, tám mươi mốt, tám mươi hai, tám
        mươi ba, tám mươi bốn, tám mươi lăm, tám mươi sáu, tám mươi bảy, tám mươi tám, tám mươi chín, chín mươi, chín
        mươi mốt, chín mươi hai, chín mươi ba, chín mươi bốn, chín mươi lăm, chín mươi sáu, chín mươi bảy, chín mươi
        tám, chín mươi chín
    """,
    ordinals="""
        thứ nhất, thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy, thứ tám, thứ chín, thứ mười, thứ mười một, thứ
        mười hai, thứ mười ba, thứ mười bốn, thứ mười lăm, thứ mười sáu, thứ mười bảy, thứ mười tám, thứ mười chín, thứ
        hai mươi, thứ hai mươi mốt, thứ hai mươi hai, thứ hai mươi ba, thứ hai mươi bốn, thứ hai mươi lăm, thứ hai mươi
        sáu, thứ hai mươi bảy, thứ hai mươi tám, thứ hai mươi chín, thứ ba mươi, thứ ba mươi mốt, thứ ba mươi hai, thứ
        ba mươi ba, thứ ba mươi bốn, thứ ba mươi lăm, thứ ba mươi sáu, thứ ba mươi bảy, thứ ba mươi tám, thứ ba mươi
        chín, thứ bốn mươi, thứ bốn mươi mốt, thứ bốn mươi hai, thứ bốn mươi ba, thứ bốn mươi bốn, thứ bốn mươi lăm,
        thứ bốn mươi sáu, thứ bốn mươi bảy, thứ bốn mươi tám, thứ bốn mươi chín, thứ năm mươi, thứ năm mươi mốt, thứ
        năm mươi hai, thứ năm mươi ba, thứ năm mươi bốn, thứ năm mươi lăm, thứ năm mươi sáu, thứ năm mươi bảy, thứ năm
        mươi tám, thứ năm mươi chín, thứ sáu mươi, thứ sáu mươi mốt, thứ sáu mươi hai, thứ sáu mươi ba, thứ sáu mươi
        bốn, thứ sáu mươi lăm, thứ sáu mươi sáu, thứ sáu mươi bảy, thứ sáu mươi tám, thứ sáu mươi chín, thứ bảy mươi,
        thứ bảy mươi mốt, thứ bảy mươi hai, thứ bảy mươi ba, thứ bảy mươi bốn, thứ bảy mươi lăm, thứ bảy mươi sáu, thứ
        bảy mươi bảy, thứ bảy mươi tám, thứ bảy mươi chín, thứ tám mươi, thứ tám mươi mốt, thứ tám mươi hai, thứ tám
        mươi ba, thứ tám mươi bốn, thứ tám mươi lăm, thứ tám mươi sáu, thứ tám mươi bảy, thứ tám mươi tám, thứ tám mươi
        chín, thứ chín mươi, thứ chín mươi mốt, thứ chín mươi hai, thứ chín mươi ba, thứ chín mươi bốn, thứ chín mươi
        lăm, thứ chín mươi sáu, thứ chín mươi bảy, thứ chín mươi tám, thứ chín mươi chín
    """,
    opening=("Lời nói đầu", "Lời mở đầu", "Mở đầu"),
    closing=("Lời kết", "Vĩ thanh", "Lời bạt"),
    dash="— ",
    scripts=("LATIN",),
    section_lines={
        "pov": ("Điểm nhìn", "Góc nhìn"),
        "where": ("Ở đâu, khi nào", "Ở đâu và khi nào", "Ở đâu", "Khi nào", "Nơi chốn", "Thời gian"),
        "wants": ("Muốn", "Mục tiêu"),
        "against": ("Trở ngại", "Cản trở"),
        "turn": ("Bước ngoặt",),
        "ends": ("Kết thúc bằng", "Kết thúc"),
        "opens": ("Mở ra",),
        "closes": ("Khép lại",),
    },
    people=("nhân vật",),
    facts=("Sự kiện", "Sự thật"),
    remarks=Remarks(
        assents=("chắc chắn(?: rồi)?", "tất nhiên(?: rồi)?", "vâng", "được(?: rồi)?", "dĩ nhiên", "rất sẵn lòng"),
        presents=("dưới đây là", "sau đây là"),
        promises=("tôi sẽ", "mình sẽ", "để tôi", "đây là"),
        work=("chương", "phần tiếp theo"),
        pieces=("cảnh", "bản thảo", "đoạn"),
        tales=("câu chuyện", "văn bản"),
        continued=("tiếp theo",),
        title=("tiêu đề", "tên chương"),
        counts=("từ", "số từ", "độ dài"),
        over=("hết", "còn tiếp", "hết chương", "kết thúc"),
        end_of=("(?:hết|kết thúc) ",),
        notes=("ghi chú(?: của tác giả)?", "tóm tắt(?: chương)?", "chú thích"),
        offers=(
            r"(?:bạn có muốn|bạn muốn|tôi có nên)\b[^\n]*(?:chương|cảnh|tiếp tục)",
            r"(?:hãy )?cho tôi biết\b[^\n]*(?:chương|cảnh|chỉnh sửa|tiếp tục)",
        ),
        refusals=(("xin lỗi|rất tiếc|tôi không thể|tiếc là", "không thể", "cảnh|chương|yêu cầu|nội dung"),),
        asks=("trước khi (?:tôi )?(?:viết|bắt đầu)", "bạn có thể (?:cho|nói|kể)"),
        missing=(
            "(?:cảnh|chương) (?:này )?(?:tiếp tục|còn tiếp)",
            "phần còn lại của (?:chương|cảnh)",
            "tin nhắn tiếp theo",
        ),
    ),
)
