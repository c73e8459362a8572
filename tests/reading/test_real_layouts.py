"""Papers as sites, converters and narrow columns lay them out: broken cells, lost lines, furniture above."""

from __future__ import annotations

from nhipcau.reading.findings import Document
from tests.reading.frames import read

DECISION = (
    "ỦY BAN NHÂN DÂN\nTỈNH SÔNG NGÂN\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\nSố: 71/2031/QĐ-UBND\n"
    "Sông Ngân, ngày 19 tháng 6 năm 2031\n\nQUYẾT ĐỊNH\n"
    "BAN HÀNH QUY CHẾ ĐÓN TIẾP ĐOÀN KHÁCH TRÊN ĐỊA BÀN TỈNH SÔNG NGÂN\n"
    "ỦY BAN NHÂN DÂN TỈNH SÔNG NGÂN\nCăn cứ Luật Hữu nghị ngày 02 tháng 3 năm 2030;\n"
    "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế đón tiếp đoàn khách.\n"
    "Điều 2. Giám đốc Sở Ngoại vụ chịu trách nhiệm thi hành Quyết định này./.\n"
)
REGULATION = (
    "QUY CHẾ\nĐÓN TIẾP ĐOÀN KHÁCH TRÊN ĐỊA BÀN TỈNH SÔNG NGÂN\n"
    "(Ban hành kèm theo Quyết định số 71/2031/QĐ-UBND ngày 19 tháng 6 năm 2031 của Ủy ban nhân dân tỉnh)\n"
    "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Quy chế này quy định việc đón tiếp.\n"
)


def values(document: Document) -> dict[str, object]:
    """The header of a document as plain values, without what is not printed."""
    header = document.header
    named = {name: getattr(header, name) for name in header.__dataclass_fields__}
    return {
        name: tuple(one.value for one in found) if isinstance(found, tuple) else getattr(found, "value", found)
        for name, found in named.items()
        if found
    }


def test_decision_that_breaks_off_has_no_end() -> None:
    """A paper whose lines end at its closing mark is read all the same: nothing stands where a signer would."""
    (document,) = read(DECISION).documents
    assert document.header.signer is None
