"""Signer and post are read from the end of a paper, whatever stands beside them."""

from __future__ import annotations

import pytest

from nhipcau.reading.persons import person
from tests.reading.frames import first

HEAD = (
    "SỞ NGOẠI VỤ\nSố: 15/KH-SNgV\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Sông Ngân, ngày 5 tháng 3 năm 2031\n\nKẾ HOẠCH\nĐón đoàn khách\n\nCác đơn vị thực hiện nghiêm túc.\n\n"
)

# (end, signer, post). The comment says why it is here.
ENDS: list[tuple[str, str | None, str | None]] = [
    ("GIÁM ĐỐC\n\nLò Văn Inh", "Lò Văn Inh", "Giám đốc"),
    (
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nLò Văn Inh",
        "Lò Văn Inh",
        "Phó Giám đốc",
    ),  # his own post, not the other's
    ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLò Văn Inh", "Lò Văn Inh", "Phó Chủ tịch"),
    ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nLò Văn Inh", "Lò Văn Inh", "Chánh Văn phòng"),
    (
        "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nLò Văn Inh",
        "Lò Văn Inh",
        "Phó Chánh Văn phòng",
    ),
    ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nLò Văn Inh", "Lò Văn Inh", "Phó Bí thư Thường trực"),
    ("T/M BAN THƯỜNG VỤ\n\nLò Văn Inh", "Lò Văn Inh", None),  # the body is no post
    (
        "TM. BAN THƯỜNG TRỰC ỦY BAN MTTQ VIỆT NAM\nTỈNH SÔNG NGÂN\nCHỦ TỊCH\n\nLò Văn Inh",
        "Lò Văn Inh",
        "Chủ tịch",
    ),
    # two sign: name and post of the one on the right
    (
        "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN      GIÁM ĐỐC SỞ Y TẾ\nBÍ THƯ\n\nLò Văn Inh        Hà Thị Thử",
        "Hà Thị Thử",
        "Giám đốc Sở Y tế",
    ),
    ("Q. GIÁM ĐỐC\n\nLò Văn Inh", "Lò Văn Inh", "Giám đốc"),
    ("GIÁM ĐỐC\n(Đã ký)\nLò Văn Inh", "Lò Văn Inh", "Giám đốc"),
    ("GIÁM ĐỐC\n(Đã ký) Lò Văn Inh", "Lò Văn Inh", "Giám đốc"),
    ("GIÁM ĐỐC\n\nLÒ VĂN INH", "Lò Văn Inh", "Giám đốc"),  # in capitals
    ("GIÁM ĐỐC\n\nVŨ HẠNH DUNG", "Vũ Hạnh Dung", "Giám đốc"),  # "Vũ" is no "Vụ"
    ("GIÁM ĐỐC\n\nĐoàn Minh Đăng", "Đoàn Minh Đăng", "Giám đốc"),  # "Đoàn" is a family name here
    ("TRƯỞNG PHÒNG\nThượng tá Lò Văn Inh", "Lò Văn Inh", "Trưởng phòng"),  # a rank is no name
    ("GIÁM ĐỐC\n\nTS. Lò Văn Inh", "Lò Văn Inh", "Giám đốc"),  # nor is a degree
    ("Nơi nhận:\n- Các xã;\n- Lưu: VT.\n\n\nLò Văn Inh", "Lò Văn Inh", None),  # the post was lost
    ("CHỦ TỊCH\n\nMùa A Dế", "Mùa A Dế", "Chủ tịch"),  # one-letter names of the mountains
    ("CHỦ TỊCH\n\nY Blơm Niê", "Y Blơm Niê", "Chủ tịch"),
    ("GIÁM ĐỐC\n\n", None, "Giám đốc"),  # not yet signed
]


@pytest.mark.parametrize(("end", "signer", "post"), ENDS)
def test_signer_and_post(end: str, signer: str | None, post: str | None) -> None:
    """The post is the signer's own, without the power by which he signs."""
    header = first(HEAD + end + "\n").header
    assert (header.signer and header.signer.value, header.signer_title and header.signer_title.value) == (
        signer,
        post,
    )


def test_an_appendix_after_the_signature_does_not_hide_it() -> None:
    """Tables of an appendix may follow on many pages."""
    appendix = "PHỤ LỤC\nDanh mục\n" + "1   Đón đoàn   Văn phòng\n" * 200
    header = first(HEAD + "Nơi nhận:\n- Các xã;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLò Văn Inh\n\n" + appendix).header
    assert header.signer is not None
    assert header.signer.value == "Lò Văn Inh"


def test_the_body_under_an_attached_text_is_its_author() -> None:
    """Issuer, number and day of an attached text are null; who wrote it stands under its end."""
    text = (
        HEAD
        + "GIÁM ĐỐC\n\nLò Văn Inh\n\nĐỀ CƯƠNG\nTuyên truyền hữu nghị\n\n"
        + "I. MỤC ĐÍCH\nGiáo dục.\n\nBAN TUYÊN GIÁO TỈNH ỦY\n"
    )
    from tests.reading.frames import read

    attached = read(text).documents[1].header
    assert attached.author is not None
    assert attached.author.value == "Ban Tuyên giáo Tỉnh ủy"
    assert (attached.issuer, attached.number, attached.date) == (None, None, None)


@pytest.mark.parametrize(
    "line", ["Các đơn vị liên quan", "Sông", "15/3/2031", "Lò Văn Inh đã dự họp", "lò văn inh"]
)
def test_what_is_no_name_of_a_person(line: str) -> None:
    """A name has two to six capitalised words and nothing else."""
    assert person(line) is None
