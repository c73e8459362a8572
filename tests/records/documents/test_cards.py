"""Cards: what a reading proposes, what a person may confirm, how a card is kept meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.cards import Card, as_plain, card_of, from_plain, proposed
from nhipcau.records.documents.models import Document, Part
from nhipcau.records.documents.services import confirm
from nhipcau.records.documents.titles import LONGEST, first_sentence
from tests import world as cast
from tests.records.told import doc

RECEIVED = date(2026, 11, 24)
REPORT = (
    "Trang chủ\n\n09:20, 25/04/2026\n\n"
    "(BSN) - Sáng 24/4, tại xã Bến Trúc đã họp bàn việc giao lưu. Nhiều ý kiến được nêu ra.\n"
)


def read(kind: str = "party", text: str = "", **header: str) -> dict[str, Any]:
    """One document of a reading, as the contract has it, with these fields printed."""
    names = (
        "issuer",
        "parent_issuer",
        "author",
        "type",
        "number",
        "subject",
        "place",
        "signer_title",
        "date",
    )
    found = {name: {"value": header[name], "span": [0, 1]} if name in header else None for name in names}
    return {"kind": kind, "span": [0, len(text)], "header": found | {"urgency": header.get("urgency")}}


class TestProposed:
    """From a reading to a card."""

    def test_every_printed_field_comes_over_and_the_signer_s_name_does_not(self) -> None:
        document = read(
            issuer="Ban Thư ký",
            parent_issuer="Hội đồng Giao lưu",
            type="Hướng dẫn",
            number="02-HD/BTK",
            subject="về giao lưu",
            place="Bến Trúc",
            signer_title="Trưởng ban",
            date="2026-02-06",
            urgency="khẩn",
        )
        card = proposed(document, text="", received_on=RECEIVED)
        assert (card.issuer_name, card.parent_issuer_name) == ("Ban Thư ký", "Hội đồng Giao lưu")
        assert (card.type_name, card.number, card.date) == ("Hướng dẫn", "02-HD/BTK", date(2026, 2, 6))
        assert (card.place, card.signer_title, card.urgency) == ("Bến Trúc", "Trưởng ban", "khẩn")
        assert card.date_received == RECEIVED
        assert not [name for name in as_plain(card) if name == "signer"]

    def test_an_impossible_day_is_no_day(self) -> None:
        assert proposed(read(date="2026-02-30"), text="", received_on=RECEIVED).date is None

    def test_a_name_longer_than_the_register_holds_is_cut_and_can_be_confirmed(self) -> None:
        card = proposed(read(type="T" * 500, subject="x"), text="", received_on=RECEIVED)
        assert len(card.type_name) == 120
        card.check()

    @pytest.mark.parametrize(
        ("header", "level"),
        [
            ({"issuer": "Ủy ban nhân dân tỉnh Sông Ngân"}, "province"),
            ({"issuer": "Đảng ủy xã Bến Trúc"}, "commune"),
            ({"author": "Ban Tuyên giáo Tỉnh ủy Sông Ngân"}, "province"),
            ({"number": "15-CT/TU"}, "province"),
            ({"subject": "không nói gì về cấp"}, ""),
        ],
    )
    def test_the_level_comes_from_the_issuer_the_author_or_the_symbol(
        self, header: dict[str, str], level: str
    ) -> None:
        assert proposed(read(**header), text="", received_on=RECEIVED).level == level


class TestUntitled:
    """A press report without a title."""

    def test_its_first_sentence_is_proposed_without_dateline_menu_and_time(self) -> None:
        card = proposed(read("news", REPORT), text=REPORT, received_on=RECEIVED)
        assert card.subject == "Sáng 24/4, tại xã Bến Trúc đã họp bàn việc giao lưu"
        card.check()

    def test_a_title_that_is_printed_stays(self) -> None:
        card = proposed(read("news", REPORT, subject="Họp bàn"), text=REPORT, received_on=RECEIVED)
        assert card.subject == "Họp bàn"

    def test_only_the_report_s_own_part_of_the_text_is_looked_at(self) -> None:
        text = "Một văn bản khác đứng trước bản tin này.\n" + REPORT
        document = read("news", text) | {"span": [len(text) - len(REPORT), len(text)]}
        assert proposed(document, text=text, received_on=RECEIVED).subject.startswith("Sáng 24/4")

    def test_a_dispatch_without_a_subject_is_given_none(self) -> None:
        assert proposed(read("state", REPORT), text=REPORT, received_on=RECEIVED).subject == ""

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("Đoàn đã đến thăm TP. Cồn Sậy hôm nay. Sau đó đoàn về.", "Đoàn đã đến thăm TP. Cồn Sậy hôm nay"),
            ("Hội nghị bàn về 3.5 tỷ đồng viện trợ mới.", "Hội nghị bàn về 3.5 tỷ đồng viện trợ mới"),
            ("Ai sẽ tham gia đoàn lần này? Chưa rõ.", "Ai sẽ tham gia đoàn lần này?"),
            (
                "Ảnh: Báo Sông Ngân\nMột tin ngắn gồm đúng tám tiếng thôi",
                "Một tin ngắn gồm đúng tám tiếng thôi",
            ),
            ("Quá ngắn", ""),
            ("", ""),
        ],
    )
    def test_a_sentence_ends_where_a_reader_ends_it(self, text: str, sentence: str) -> None:
        assert first_sentence(text) == sentence

    def test_a_long_sentence_is_cut_at_a_word_and_says_so(self) -> None:
        cut = first_sentence("giao lưu nhân dân, " * 40)
        assert len(cut) <= LONGEST + 1
        assert cut.endswith(("giao…", "lưu…", "nhân…", "dân…"))

    @pytest.mark.usefixtures("told")
    def test_the_clerk_only_confirms_it(self, world: cast.World) -> None:
        paper = cast.received(world.clerk, doc(kind="news") + REPORT)
        document = confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper))
        assert document.subject == "Sáng 24/4, tại xã Bến Trúc đã họp bàn việc giao lưu"
        assert paper.reading is not None
        assert paper.reading["documents"][0]["header"]["subject"] is None


class TestKept:
    """A card is kept as plain values and comes back the same."""

    def test_a_card_survives_being_kept(self, world: cast.World) -> None:
        card = Card(
            type_name="Công văn",
            number="9-CV/VP",
            date=date(2026, 3, 2),
            date_received=RECEIVED,
            level="province",
            issuer=world.song_ngan,
        )
        assert from_plain(as_plain(card)) == card

    def test_a_unit_that_is_gone_and_fields_of_another_version_are_left_out(self, world: cast.World) -> None:
        plain = as_plain(Card(subject="x", issuer=world.song_ngan)) | {"colour": "red"}
        plain["issuer"] = "00000000-0000-0000-0000-000000000000"
        assert from_plain(plain) == Card(subject="x")

    @pytest.mark.usefixtures("told")
    def test_the_card_of_a_document_is_what_was_confirmed(self, world: cast.World) -> None:
        paper = cast.received(world.clerk, doc(type="Công văn", number="9-CV/VP", subject="mời họp"))
        card = cast.card_of(paper, place="Bến Trúc", issuer=world.doi_que)
        document = confirm(by=world.clerk, paper=paper, part=0, card=card)
        assert card_of(Document.objects.get()) == card_of(document) == card
        assert from_plain(Part.objects.get().card) == card


class TestChecked:
    """What a card must say before it can be confirmed."""

    sound = Card(type_name="Công văn", number="9-CV/VP", date=date(2026, 3, 2))

    def test_a_number_or_a_subject_is_enough_beside_the_type(self) -> None:
        self.sound.check()
        replace(self.sound, number="", subject="mời họp").check()

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"number": ""}, "subject"),
            ({"type_name": ""}, "type_name"),
            ({"level": "galaxy"}, "level"),
            ({"kind": "poem"}, "kind"),
            ({"urgency": "soon"}, "urgency"),
            ({"number": "9" * 81}, "number"),
            ({"issuer_name": "x" * 301}, "issuer_name"),
        ],
    )
    def test_a_fault_is_told_at_its_field(self, changed: dict[str, Any], field: str) -> None:
        with pytest.raises(ValidationError) as wrong:
            replace(self.sound, **changed).check()
        assert set(wrong.value.message_dict) == {field}

    @pytest.mark.parametrize("search", ["doi ngoai nhan dan", "9-cv/vp", "cong van", "ben truc"])
    def test_a_card_is_found_by_its_words_without_marks_and_case(self, search: str) -> None:
        card = replace(self.sound, subject="Đối ngoại nhân dân", place="Bến Trúc")
        assert all(word in card.words() for word in search.split())

    def test_the_day_of_order_is_the_printed_one_else_the_day_of_arrival(self) -> None:
        assert self.sound.values()["placed_on"] == date(2026, 3, 2)
        assert replace(self.sound, date=None, date_received=RECEIVED).values()["placed_on"] == RECEIVED
        assert replace(self.sound, date=None).values()["placed_on"] == date.min
