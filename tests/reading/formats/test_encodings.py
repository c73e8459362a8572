"""Plain text comes out right, whichever encoding it is in; mixtures and binary data are refused."""

from __future__ import annotations

import unicodedata

import pytest

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import encodings
from tests.reading.formats.samples import to_tcvn3, to_vni, to_windows_1258

TEXT = """ỦY BAN NHÂN DÂN TỈNH NÚI MẪU
Số: 07/KH-UBND
Kế hoạch tổ chức hoạt động hữu nghị, giao lưu nhân dân hai nước năm 2026
1. Mục đích: tăng cường hiểu biết, tin cậy; góp phần giữ gìn hòa bình, ổn định ở khu vực biên giới.
2. Yêu cầu: thiết thực, tiết kiệm, đúng đối tượng, bảo đảm an toàn tuyệt đối cho các đoàn.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_mark(encoding: str) -> None:
    assert encodings.to_text(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_by_its_mark(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"

    assert encodings.to_text(mark + TEXT.encode(encoding)) == TEXT


def test_windows_1258_with_its_combining_tones() -> None:
    assert unicodedata.normalize("NFC", encodings.to_text(to_windows_1258(TEXT))) == TEXT


def test_vni_bytes() -> None:
    assert encodings.to_text(to_vni(TEXT).encode("cp1252")) == TEXT


def test_tcvn3_bytes() -> None:
    """Capitals that TCVN3 shows by another font are found again in words that are otherwise in capitals."""
    assert encodings.to_text(to_tcvn3(TEXT).encode("cp1252")) == TEXT


def test_decomposed_text_is_no_other_encoding() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)

    assert encodings.to_text(decomposed.encode()) == decomposed


@pytest.mark.parametrize(
    "text",
    ["Plain English, with “quotes” — and a dash.", "Le café de l'été, où l'élève a déjà mangé une crêpe."],
)
def test_western_text_stays_western(text: str) -> None:
    assert encodings.to_text(text.encode("cp1252")) == text


def test_a_few_broken_bytes_are_damage_and_not_another_encoding() -> None:
    data = TEXT.encode()
    text = encodings.to_text(data[:100] + b"\xff" + data[100:])

    assert text.count("\ufffd") == 1


def test_a_text_cut_inside_a_letter_is_read() -> None:
    cut = TEXT.encode()[: TEXT.encode().index("Mục".encode()) + 2]

    assert encodings.to_text(cut).startswith("ỦY BAN")


def test_a_mixture_of_encodings_is_refused() -> None:
    """Half a file in UTF-8 and half in Windows-1258 cannot be read as a whole."""
    with pytest.raises(UnreadableError) as caught:
        encodings.to_text(TEXT.encode() + to_windows_1258(TEXT))

    assert caught.value.code == "mixed_encoding"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x00\x01\x02\x03" * 500,
        b"\xff\xfe" + bytes(range(256)) * 20,
        bytes((number * 7919) % 251 for number in range(5000)),
    ],
    ids=["all bytes", "control characters", "false mark", "noise"],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        encodings.to_text(data)

    assert caught.value.code == "not_document"
