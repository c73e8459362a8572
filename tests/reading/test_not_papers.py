"""What was saved in place of a paper is told in a sentence: a site's error page, a table of data."""

from __future__ import annotations

import pytest

from nhipcau.cli.messages import SENTENCES
from nhipcau.reading.findings import MarkedError, Reading, UnreadableError
from nhipcau.reading.reader import read_bytes
from tests.reading.formats import samples

PAPER = """ỦY BAN NHÂN DÂN
TỈNH SÔNG NGÂN
Số: 404/KH-UBND
Sông Ngân, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Tổ chức đoàn giao lưu nhân dân; đón đoàn; tiễn đoàn
Thực hiện chương trình năm; các sở, ban; các huyện
"""
TABLE = "Tên;Cấp;Đơn vị cha\n" + "Tổ Lễ tân;cấp tỉnh;Sở Ngoại vụ\n" * 6


def page(title: str, body: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def refused(data: bytes, name: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as told:
        read_bytes(data, name)
    return told.value


@pytest.mark.parametrize(
    "data",
    [
        page("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"),
        page("", "<h1>404 Not Found</h1><p>The requested URL was not found on this server.</p>"),
        page("Error 502", "<p>Bad gateway</p>"),
        page("Lỗi 404", "<p>Không tìm thấy trang bạn yêu cầu.</p>"),
        page("Cổng thông tin", "<p>Trang này không tồn tại</p><a href='/'>Về trang chủ</a>"),
        page("Access Denied", "<p>You don't have permission to access this server.</p>"),
    ],
)
@pytest.mark.parametrize("name", ["ke-hoach.html", "ke-hoach.doc"])
def test_an_error_page_is_told_from_a_paper_whatever_its_name(data: bytes, name: str) -> None:
    error = refused(data, name)

    assert error.code == "error_page"
    assert "trang báo lỗi" in str(error)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Kế hoạch 404/KH-UBND", PAPER.replace("\n", "<br>")),
        ("", PAPER.replace("\n", "<br>")),
        ("403/CV-HĐGL", "<p>Số: 403/CV-HĐGL</p><p>Kính gửi: Sở Ngoại vụ tỉnh Sông Ngân</p>"),
        ("Đón 500 đại biểu", "<p>500 đại biểu dự Ngày hội giao lưu nhân dân tại Sông Ngân.</p>"),
        ("404 Not Found", "<p>" + "Bài viết dài về hợp tác giữa nhân dân hai nước. " * 40 + "</p>"),
    ],
)
def test_a_page_that_only_holds_such_a_number_is_read(title: str, body: str) -> None:
    assert isinstance(read_bytes(page(title, body), "trang.html"), Reading)


@pytest.mark.parametrize("name", ["bang.csv", "bang.txt", "BANG.CSV"])
@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_is_sent_to_the_import(name: str, mark: str) -> None:
    error = refused(TABLE.replace(";", mark).encode(), name)

    assert error.code == "table"
    assert "Nhập từ tệp" in str(error)


def test_a_table_with_commas_is_one_by_its_name_only() -> None:
    data = TABLE.replace(";", ",").encode()

    assert refused(data, "bang.csv").code == "table"
    assert isinstance(read_bytes(data, "bang.txt"), Reading)


@pytest.mark.parametrize("name", ["giay.txt", "giay.csv"])
def test_a_paper_is_no_table_for_its_marks_between_words(name: str) -> None:
    assert isinstance(read_bytes(PAPER.encode(), name), Reading)


def test_a_marked_table_is_refused_for_its_mark() -> None:
    with pytest.raises(MarkedError):
        read_bytes(("TUYỆT MẬT\n" + TABLE).encode(), "bang.csv")


def test_a_paper_beside_a_table_in_one_archive_is_read() -> None:
    both = samples.to_zip({"1.txt": PAPER.encode(), "bang.csv": TABLE.encode()})

    assert "404/KH-UBND" in read_bytes(both, "ho-so.zip").text


@pytest.mark.parametrize("code", ["error_page", "table"])
def test_the_command_line_says_it_in_english_too(code: str) -> None:
    assert SENTENCES[code][0]
