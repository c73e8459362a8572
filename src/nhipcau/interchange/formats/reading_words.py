"""The words in which a reading is shown to a clerk, for the plain text and the HTML page.

Dates dd/mm/yyyy, numbers 1.234,5 (look.md); what is quoted from the paper keeps the paper's form.
"""

from __future__ import annotations

from nhipcau.reading.findings import Citation, Deadline, Document, Figure, Found, Header

KINDS = {
    "state": "văn bản của cơ quan nhà nước",
    "party": "văn bản của Đảng",
    "front": "văn bản của Mặt trận, đoàn thể, hội",
    "news": "bài báo, tin trên trang thông tin",
    "other": "loại khác",
}
FIELDS = {
    "issuer": "Cơ quan ban hành",
    "parent_issuer": "Cơ quan cấp trên",
    "number": "Số, ký hiệu",
    "type": "Loại",
    "date": "Ngày",
    "place": "Nơi ban hành",
    "subject": "Trích yếu",
    "signer_title": "Chức vụ người ký",
    "signer": "Người ký",
    "author": "Cơ quan biên soạn",
}
RELATIONS = {
    "basis": "căn cứ",
    "implements": "thực hiện",
    "guides": "hướng dẫn",
    "replaces": "thay thế",
    "amends": "sửa đổi",
    "forwards": "sao gửi",
    "attached_to": "kèm theo",
    "mentions": "nhắc đến",
}
BOUNDS = {
    "exact": "đúng bằng",
    "about": "khoảng",
    "almost": "gần: không quá",
    "over": "trên: ít nhất",
    "at_least": "ít nhất",
    "at_most": "nhiều nhất",
}
_UNITS_OF_TIME = {"YEARLY": "hằng năm", "MONTHLY": "hằng tháng", "WEEKLY": "hằng tuần"}
_WEEKDAYS = {
    "MO": "thứ Hai",
    "TU": "thứ Ba",
    "WE": "thứ Tư",
    "TH": "thứ Năm",
    "FR": "thứ Sáu",
    "SA": "thứ Bảy",
}


def day(iso: str | None) -> str:
    """An ISO date as dd/mm/yyyy; "" where there is none."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def number(value: float) -> str:
    """A number as Vietnamese papers print it: 1.234,5."""
    whole = f"{value:,.6f}".rstrip("0").rstrip(".")
    return whole.replace(",", "\0").replace(".", ",").replace("\0", ".")


def fields(header: Header) -> list[tuple[str, str, Found | None]]:
    """The rows of the card: (label, value in words, where it stands), without fields that the paper lacks."""
    rows: list[tuple[str, str, Found | None]] = []
    for name, label in FIELDS.items():
        found: Found | None = getattr(header, name)
        if found is not None:
            rows.append((label, day(found.value) if name == "date" else found.value, found))
    if header.urgency:
        rows.append(("Độ khẩn", header.urgency, None))
    return rows


def one_line(text: str) -> str:
    """A surface with its line breaks and runs of blanks as single blanks."""
    return " ".join(text.split())


def citation(item: Citation) -> str:
    """As "Chỉ thị 07-CT/HĐGL, 12/01/2026"; of a partial citation the words of the paper."""
    if item.type and item.number:
        named = f"{item.type} {item.number}"
        return f"{named}, {day(item.date)}" if item.date else named
    return one_line(item.surface)


def figure(item: Figure) -> str:
    """As "18.500 lượt người"."""
    return f"{number(item.value)} {item.unit}" if item.unit else number(item.value)


def deadline(item: Deadline) -> str:
    """The day, or the rule in words: "ngày 15/6, 15/12 hằng năm"."""
    return day(item.date) if item.date else rule(item.recurs or "")


def rule(recurs: str) -> str:
    """An RFC 5545 rule in Vietnamese words."""
    parts = dict(part.partition("=")[::2] for part in recurs.split(";") if part)
    every = _UNITS_OF_TIME.get(parts.get("FREQ", ""), "lặp lại")
    if "BYDAY" in parts:
        return f"{_WEEKDAYS.get(parts['BYDAY'], parts['BYDAY'])} {every}"
    days = parts.get("BYMONTHDAY", "")
    if "BYMONTH" in parts:
        return "ngày " + ", ".join(f"{days}/{month}" for month in parts["BYMONTH"].split(",")) + f" {every}"
    return f"ngày {days} {every}" if days else every


def title(document: Document) -> str:
    """What the document is, in one line: "Chỉ thị 07-CT/HĐGL ngày 12/01/2026"."""
    header = document.header
    words = [header.type.value if header.type else "Bài báo" if document.kind == "news" else "Văn bản"]
    if header.number:
        words.append(header.number.value)
    if header.date:
        words.append(f"ngày {day(header.date.value)}")
    return " ".join(words)
