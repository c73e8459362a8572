"""Recipients: "Kính gửi" first, then "Nơi nhận" without what is kept and without "Như trên"."""

from __future__ import annotations

import pytest

from tests.reading.frames import first

HEAD = (
    "SỞ NGOẠI VỤ\nSố: 15/SNgV-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Sông Ngân, ngày 5 tháng 3 năm 2031\n\n"
)
BODY = "\n\nThực hiện chỉ đạo của Ủy ban nhân dân tỉnh, Sở đề nghị các đơn vị phối hợp.\n\n"
END = "\n\nGIÁM ĐỐC\n\nLò Văn Inh\n"


def values(text: str) -> list[str]:
    """The recipients of the first document of a text."""
    return [found.value for found in first(text).header.recipients]


# (address, recipients). The comment says why it is here.
ADDRESSES: list[tuple[str, list[str]]] = [
    ("Kính gửi: Sở Tài chính.", ["Sở Tài chính"]),
    ("Kính gửi: Sở Tài chính", ["Sở Tài chính"]),  # the stop is left out
    ("Kính gửi:\n- Sở Tài chính;\n- Sở Nội vụ.", ["Sở Tài chính", "Sở Nội vụ"]),
    (
        "- Kính gửi:\n- Các chi bộ trực thuộc,\n - Trung tâm Văn hóa.",
        ["Các chi bộ trực thuộc", "Trung tâm Văn hóa"],
    ),
    ("Kính gửi: - Sở Tài chính;\n          - Sở Nội vụ.", ["Sở Tài chính", "Sở Nội vụ"]),  # first in the line
    ("Kính gửi: Sở Tài chính; Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),  # run in
    ("Kính gửi: Sở Tài chính;\n          Sở Nội vụ.", ["Sở Tài chính", "Sở Nội vụ"]),  # without dashes
    ("Kính gửi:\nSở Tài chính\nSở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),  # without marks at all
    # one name over two lines
    ("Kính gửi: Ủy ban nhân dân các xã,\nphường, đặc khu", ["Ủy ban nhân dân các xã, phường, đặc khu"]),
    # the sentence of an invitation and its items are no addressees
    (
        "Kính gửi: Ông Lò Văn Inh\nSở Ngoại vụ trân trọng kính mời ông dự họp:\n- Địa điểm: Phòng số 2;",
        ["Ông Lò Văn Inh"],
    ),
    ("Kính gửi: Sở Tài chính (qua Văn phòng Sở)", ["Sở Tài chính"]),  # remarks in brackets are dropped
    ("Kính trình: Ban Thường vụ Tỉnh ủy", ["Ban Thường vụ Tỉnh ủy"]),  # the Party since 2026
    ("Kính gửi: Sở Tài chính\nĐồng kính gửi: Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
    ("KÍNH GỬI: Sở Tài chính", ["Sở Tài chính"]),
    ("**Kính gửi:** Sở Tài chính", ["Sở Tài chính"]),  # of a converter
]


@pytest.mark.parametrize(("address", "recipients"), ADDRESSES)
def test_addressees(address: str, recipients: list[str]) -> None:
    """Lists with dashes, numbers, semicolons or line ends, up to the body."""
    assert values(HEAD + address + BODY + "Nơi nhận:\n- Như trên;\n- Lưu: VT." + END) == recipients


def test_the_body_without_an_empty_line_is_no_addressee() -> None:
    """A flattened paper has no empty line between address and body."""
    text = HEAD + "Kính gửi: Các sở, ban, ngành tỉnh\n" + BODY.strip() + "\nNơi nhận:\n- Lưu: VT." + END
    assert values(text) == ["Các sở, ban, ngành tỉnh"]


# (copies list, recipients)
COPIES: list[tuple[str, list[str]]] = [
    ("- UBND tỉnh (để b/c);\n- Các xã, phường;\n- Lưu: VT, HTQT.", ["UBND tỉnh", "Các xã, phường"]),
    (
        "- Thường trực Thị ủy, (để b/c)\n- UBND thị xã,\n- Lưu BTG.",
        ["Thường trực Thị ủy", "UBND thị xã"],
    ),  # the Party's commas
    ("- Như trên;\n- Như Kính gửi;\n- UBND tỉnh;\n- Lưu: VT.", ["UBND tỉnh"]),
    (
        "- Như Điều 3;\n- UBND tỉnh;\n- Lưu: VT.",
        ["Như Điều 3", "UBND tỉnh"],
    ),  # it names bodies, if by reference
    ("1. UBND tỉnh;\n2. Các xã;\n3. Lưu: VT.", ["UBND tỉnh", "Các xã"]),
    ("+ UBND tỉnh;\n+ Lưu VP.", ["UBND tỉnh"]),
    ("UBND tỉnh;\nCác xã;\nLưu: VT.", ["UBND tỉnh", "Các xã"]),  # without dashes
    ("- Ban Tuyên giáo các huyện ủy,\nthị ủy,\n- Lưu VP.", ["Ban Tuyên giáo các huyện ủy, thị ủy"]),  # broken
    ("- UBND tỉnh;- Các xã;\n- Lưu: VT.", ["UBND tỉnh", "Các xã"]),  # two in a line
    ("- UBND tỉnh; - Các xã; - Lưu: VT.", ["UBND tỉnh", "Các xã"]),
    ("- Sở Tài chính, Sở Nội vụ;\n- Lưu: VT.", ["Sở Tài chính, Sở Nội vụ"]),  # one line, one entry
    (
        "- Thường trực Tỉnh ủy, HĐND tỉnh;\n- Lưu: VT.",
        ["Thường trực Tỉnh ủy, HĐND tỉnh"],
    ),  # one standing body of two
    ("- UBND tỉnh;\n- UBND tỉnh;\n- Lưu: VT.", ["UBND tỉnh"]),  # each once
]


@pytest.mark.parametrize(("copies", "recipients"), COPIES)
def test_copies_list(copies: str, recipients: list[str]) -> None:
    """Every office writes its list in its own way; the kept copy ends it."""
    assert values(HEAD + BODY + "Nơi nhận:\n" + copies + END) == recipients


# (end of a paper with list and signature run together, recipients)
TOGETHER: list[tuple[str, list[str]]] = [
    (
        "Nơi nhận:        KT. GIÁM ĐỐC\n- UBND tỉnh;      PHÓ GIÁM ĐỐC\n- Lưu: VT.        Lò Văn Inh",
        ["UBND tỉnh"],
    ),
    (
        "Nơi nhận: KT. GIÁM ĐỐC\n- UBND tỉnh; PHÓ GIÁM ĐỐC\n- Các xã; Lò Văn Inh\n- Lưu: VT.",
        ["UBND tỉnh", "Các xã"],
    ),
    ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nLò Văn Inh\n\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.", ["UBND tỉnh"]),
    ("Nơi nhận:\nKT. GIÁM ĐỐC\n- UBND tỉnh;\nPHÓ GIÁM ĐỐC\n- Lưu: VT.\nLò Văn Inh", ["UBND tỉnh"]),
]


@pytest.mark.parametrize(("end", "recipients"), TOGETHER)
def test_list_and_signature_run_together(end: str, recipients: list[str]) -> None:
    """Whatever the order, list and signature come apart."""
    header = first(HEAD + BODY + end).header
    assert [found.value for found in header.recipients] == recipients
    assert header.signer is not None
    assert header.signer.value == "Lò Văn Inh"
    assert header.signer_title is not None
    assert header.signer_title.value == "Phó Giám đốc"
