"""Figures: what a number beside its words states, and what it does not. Each case says why it exists."""

from __future__ import annotations

import pytest

from nhipcau.reading import text as texts
from nhipcau.reading.figures import find_figures
from nhipcau.reading.findings import Figure

Wanted = tuple[float, str | None, str]


def figures(raw: str) -> tuple[Figure, ...]:
    text = texts.normalise(raw)
    return find_figures(text, texts.matching(text), (0, len(text)))


def seen(raw: str) -> list[Wanted]:
    return [(item.value, item.unit, item.bound) for item in figures(raw)]


COUNTS: list[tuple[str, list[Wanted]]] = [
    # counts, with separators of both kinds
    (
        "Năm qua, tỉnh đón 412 đoàn với 6.318 lượt người.",
        [(412, "đoàn", "exact"), (6318, "lượt người", "exact")],
    ),
    ("thu hút 1.234.567 lượt truy cập", [(1234567, "lượt truy cập", "exact")]),
    ("có 1,200 người tham dự", [(1200, "người", "exact")]),  # people come whole: a comma of thousands
    ("diện tích 1,250 ha", [(1.25, "ha", "exact")]),  # a measure may be broken
    ("cấp 205 hộ chiếu công vụ và 48 thị thực", [(205, "hộ chiếu", "exact"), (48, "thị thực", "exact")]),
    ("(trong đó 21 nữ, 07 người dân tộc thiểu số)", [(21, "nữ", "exact"), (7, "người", "exact")]),
    # scale words
    ("đạt 1,2 triệu lượt khách", [(1200000, "lượt khách", "exact")]),
    ("tặng 25 nghìn khẩu trang", [(25000, "khẩu trang", "exact")]),
    ("gần 3 vạn người", [(30000, "người", "almost")]),
    ("tổng vốn 2,5 nghìn tỷ đồng", [(2.5e12, "VND", "exact")]),
    ("kinh phí 4 tỷ 250 triệu đồng", [(4.25e9, "VND", "exact")]),
    ("hơn 2 tỷ rưỡi đồng", [(2.5e9, "VND", "over")]),
    ("ủng hộ 1.200 tỷ đồng", [(1.2e12, "VND", "exact")]),
    ("ủng hộ 350 tr đồng", [(350e6, "VND", "exact")]),
    # money, its names and its places
    ("viện trợ gần 7 triệu đô la Mỹ", [(7e6, "USD", "almost")]),
    ("viện trợ 30.000USD", [(30000, "USD", "exact")]),
    ("tài trợ 30 triệu yên Nhật", [(30e6, "JPY", "exact")]),
    ("tài trợ 1,5 triệu Euro", [(1.5e6, "EUR", "exact")]),
    ("mức 230 triệu USD/năm", [(230e6, "USD", "exact")]),
    ("thu nhập 52 triệu đồng/người/năm", [(52e6, "VND", "exact")]),
    ("mỗi suất trị giá 500.000đ", [(500000, "VND", "exact")]),
    ("hơn 9 tỷ được trao", [(9e9, None, "over")]),  # no unit printed, none invented
    # shares
    ("đạt 97,55%, tăng 2,3 điểm phần trăm", [(97.55, "%", "exact"), (2.3, "điểm phần trăm", "exact")]),
    ("chiếm 0,5 % tổng số", [(0.5, "%", "exact")]),
    ("có 15 phần trăm hội viên", [(15, "%", "exact")]),
    # measures
    ("rà phá 230 ha, đường dài 12,5km", [(230, "ha", "exact"), (12.5, "km", "exact")]),
    ("năng suất đạt 58,4 tạ/ha", [(58.4, "tạ/ha", "exact")]),
    ("nhà rộng 120m2", [(120, "m2", "exact")]),
    # bounds
    ("có khoảng 300 tổ chức", [(300, "tổ chức", "about")]),
    ("không dưới 40 hội viên", [(40, "hội viên", "at_least")]),
    ("ít nhất 14 hội đoàn đã đăng ký", [(14, "hội đoàn", "at_least")]),
    ("đoàn từ 500 hội viên trở lên", [(500, "hội viên", "at_least")]),
    ("tỷ lệ còn dưới 5%", [(5, "%", "at_most")]),
    ("chưa đến 20 hộ", [(20, "hộ", "at_most")]),
    ("trên dưới 60 đại biểu", [(60, "đại biểu", "about")]),
    ("HƠN 50 ĐOÀN KHÁCH QUỐC TẾ", [(50, "đoàn", "over")]),
    # a comparison is exact: twelve more, not more than twelve
    ("nhiều hơn 12 đoàn so với năm trước", [(12, "đoàn", "exact")]),
    # ranges are two figures
    ("mỗi năm đón từ 5 đến 7 đoàn", [(5, "đoàn", "at_least"), (7, "đoàn", "at_most")]),
    ("tăng 12 - 15%", [(12, "%", "at_least"), (15, "%", "at_most")]),
    ("từ 5 đến 7 tỷ đồng", [(5e9, "VND", "at_least"), (7e9, "VND", "at_most")]),
    ("từ 20 triệu đồng đến 30 triệu đồng", [(20e6, "VND", "at_least"), (30e6, "VND", "at_most")]),
    # from a state to another: two facts
    ("tăng từ 4.000 lên 5.000 hội viên", [(4000, "hội viên", "exact"), (5000, "hội viên", "exact")]),
    ("giảm từ 12% xuống còn 7,5%", [(12, "%", "exact"), (7.5, "%", "exact")]),
    # "trên" with places: in them, or more than
    ("triển khai trên 63 tỉnh, thành phố", [(63, "tỉnh", "exact")]),
    ("có quan hệ với trên 60 nước", [(60, "nước", "over")]),
    ("trồng dược liệu trên 245 ha", [(245, "ha", "exact")]),
    # one figure, not two
    (
        "quan hệ với 1.300 tổ chức, trong đó trên 400 hoạt động thường xuyên",
        [(1300, "tổ chức", "exact"), (400, "hoạt động", "over")],
    ),
    # a part of a whole: what is counted
    ("đã triển khai ở 42/63 tỉnh", [(42, "tỉnh", "exact")]),
    ("38/52 đơn vị đã gửi báo cáo", [(38, "đơn vị", "exact")]),
    ("22 trên 26 đơn vị đã hoàn thành", [(22, "đơn vị", "exact")]),
    ("cho 38 đoàn/312 lượt cán bộ", [(38, "đoàn", "exact"), (312, "lượt cán bộ", "exact")]),
    # the noun before the number
    ("Số đoàn vào: 45; số lượng dự án là 12.", [(45, "đoàn", "exact"), (12, "dự án", "exact")]),
    # in words
    ("hai mươi ba tổ chức và mười lăm dự án", [(23, "tổ chức", "exact"), (15, "dự án", "exact")]),
    ("gồm năm đoàn", [(5, "đoàn", "exact")]),
    ("gần bốn nghìn lượt người", [(4000, "lượt người", "almost")]),
    ("ba cơ quan đồng chủ trì", [(3, "cơ quan", "exact")]),
    ("một trăm hai mươi suất học bổng", [(120, "suất", "exact")]),
    # Markdown marks and broken lines inside a figure
    ("gần **33 triệu** đô la Mỹ", [(33e6, "USD", "almost")]),
    ("trao 1.250\nsuất quà", [(1250, "suất", "exact")]),
    # slips of recognition from images
    ("giúp 2.3l0 ngày công", [(2310, "ngày công", "exact")]),
    ("trị giá l,25 tỷ đồng", [(1.25e9, "VND", "exact")]),
    ("hỗ trợ 12 triệu đông", [(12e6, "VND", "exact")]),
    ("đón 5. 429 lượt người", [(5429, "lượt người", "exact")]),
]

NOTHING = [
    "ngày 12/5/2025, lúc 14 giờ 30 phút",
    "trong 10 năm qua; sau 06 tháng; 05 ngày làm việc",
    "giai đoạn 2021 - 2025 và tầm nhìn 2045",
    "kỷ niệm 50 năm thiết lập quan hệ",
    "lần thứ 15; thứ hai; hạng 3",
    "Cụm 4 và Tổ 7 báo cáo; Khối 3",
    "đề ra 08 nhóm nhiệm vụ, 06 nhóm lĩnh vực, 3 trụ cột, 5 quan điểm",
    "theo Điều 15, khoản 2, điểm a; Phụ lục 3; mẫu 02",
    "Chỉ thị 61 nêu rõ; Nghị quyết 18 đề ra; Đề án 06",
    "hàng nghìn chương trình, hàng trăm đoàn, vài chục dự án",
    "Bạn còn 300/300 ký tự",
    "ĐT: 0299.3855.123; Fax 029938551234",
    "đại dịch COVID-19, cách mạng công nghiệp 4.0, APEC 2027",
    "phấn đấu đón 50 đoàn và vận động 20 tỷ đồng",
    "mỗi xã cử 02 người tham gia",
    "Đoàn ra không quá 10 người, trừ trường hợp đặc biệt",
    "một đoàn, một khoản viện trợ",
    "trong năm đơn vị đã họp; hằng năm hội viên đóng quỹ",
    "giữa hai nước, hai bên và nhân dân hai tỉnh",
    "1. Công tác đoàn ra\n2. Công tác đoàn vào\n1.1. Kết quả",
    "12 Hội Hữu nghị Việt - Nhật\n",
    "quý 3; tháng 12 đoàn sẽ đi",
    "phiên chợ 0 đồng",
    "hồ sơ gồm (03 bộ)",
    "Số 15/KH-UBND; số 07-CT/HĐGL; 30/2031/NĐ-CP",
    "phương châm “4 tại chỗ”, “6 rõ”",
    "người đủ 18 tuổi trở lên",
    "đạt tỷ lệ cao, 3 tỷ lệ chính",
]


@pytest.mark.parametrize(("raw", "wanted"), COUNTS, ids=[raw[:40] for raw, _ in COUNTS])
def test_a_figure_has_value_unit_and_bound(raw: str, wanted: list[Wanted]) -> None:
    assert seen(raw) == wanted


@pytest.mark.parametrize("raw", NOTHING, ids=[raw[:40] for raw in NOTHING])
def test_what_only_looks_like_a_figure_is_none(raw: str) -> None:
    assert seen(raw) == []


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        # what was reached and what was planned, with one scale and unit; of things the first counts
        ("thu 45.799/36.875 tỷ đồng", [(45799e9, "VND", "exact"), (36875e9, "VND", "exact")]),
        ("có 12/10 xã, 1.200/1.500 hộ", [(12, "xã", "exact"), (1200, "hộ", "exact")]),
        ("trồng 12,5/20 ha", [(12.5, "ha", "exact"), (20, "ha", "exact")]),
        # amounts without blanks
        ("hỗ trợ 33triệu đồng và 12tỷđồng", [(33e6, "VND", "exact"), (12e9, "VND", "exact")]),
        # ranges whose ends have other scales or other measures
        (
            "đón từ 500 đến 1,2 nghìn lượt khách",
            [(500, "lượt khách", "at_least"), (1200, "lượt khách", "at_most")],
        ),
        ("kéo dây từ 800 m đến 1,5 km", [(800, "m", "at_least"), (1.5, "km", "at_most")]),
        ("đưa 5 đoàn đến 12 nước", [(5, "đoàn", "exact"), (12, "nước", "exact")]),  # two things
        # how often is no count of things; many times as much is
        ("họp 1 lần, giao ban 02 lần/năm, tăng 2,5 lần", [(2.5, "lần", "exact")]),
        ("lũy kế từ đầu năm 5,9 triệu USD", [(5.9e6, "USD", "exact")]),  # no year has a comma
        ("mỗi trạm hiện tiếp nhận 12 lượt người", [(12, "lượt người", "exact")]),  # told, not set
        ("đăng từ 02 tin, bài trở lên mỗi tháng", []),
        # what a report says of the time to come is aimed at
        ("II- NHIỆM VỤ NĂM 2036\nKết nạp từ 1-2 hội viên; 100% hội viên tham gia.", []),
        (
            "giúp 14.562 lượt đoàn viên, 300 lượt đoàn",
            [(14562, "lượt đoàn viên", "exact"), (300, "lượt đoàn", "exact")],
        ),
        ("III- KIẾN NGHỊ\n1- Đề nghị tỉnh bố trí 500 triệu đồng mỗi năm.", []),  # asked for, not there
        ("- Thời gian: 01 buổi, từ 14 giờ", []),
        # one for each is a norm
        ("Mỗi chi bộ có 01 đảng viên phụ trách; mỗi quý tổ chức 01 cuộc gặp", []),
        # points of a plan, and what became of them
        ("đề ra 5 nhiệm vụ, 12 chỉ tiêu", []),
        (
            "Đến nay, 9 nhiệm vụ đã hoàn thành; 5 chỉ tiêu đạt thấp",
            [(9, "nhiệm vụ", "exact"), (5, "chỉ tiêu", "exact")],
        ),
        # two are the partners of a relation, four were counted
        ("thiếu nhi của hai tỉnh, thiếu nhi của bốn tỉnh", [(4, "tỉnh", "exact")]),
        ("đăng 74 tin, bài", [(74, "tin, bài", "exact")]),
        ("là năm bản lề của nhiệm kỳ", []),
        ("Tỷ lệ đầu năm\n2031 còn 38,15%", [(38.15, "%", "exact")]),  # a year on the next line
        ("kinh phí bình quân mỗi năm dưới 600 triệu đồng", [(6e8, "VND", "at_most")]),  # an average is a fact
    ],
)
def test_pairs_ranges_and_results(raw: str, wanted: list[Wanted]) -> None:
    """What was reached counts, with its own scale; what is a norm or a plan does not."""
    assert seen(raw) == wanted
