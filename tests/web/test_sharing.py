"""A head lets another office read along in a document, in a browser, and takes it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from nhipcau.records.foundation.models import UnitRole
from tests.web.office import Office, signed_in, tree, words

pytestmark = pytest.mark.django_db


def given(office: Office, **changed: str) -> dict[str, str]:
    """What the form sends."""
    unit = {"unit": str(office.world.doi_que.public_id), "unit_words": office.world.doi_que.name}
    return {**unit, "valid_to": "", "why": "phối hợp đón đoàn", **changed}


def send(office: Office, **changed: str) -> Any:
    """The form, sent by the head."""
    address = reverse("share", args=[office.directive.public_id, "document"])
    return signed_in(office.world.head).post(address, given(office, **changed))


def page(office: Office) -> str:
    """The address of the document."""
    return reverse("documents:detail", args=[office.directive.public_id])


def test_the_other_office_finds_it_beside_its_register_and_reads_its_card_only(office: Office) -> None:
    neighbour = signed_in(office.world.neighbour)
    assert neighbour.get(page(office)).status_code == 404
    assert "of=others" not in neighbour.get(reverse("documents:list")).content.decode()

    assert send(office).status_code == 302

    listed = tree(neighbour.get(reverse("documents:list")))
    assert listed.xpath("//a[contains(@href, 'of=others')]")
    others = words(tree(neighbour.get(reverse("documents:list"), {"of": "others"})).find(".//tbody"))
    assert office.directive.number in others
    shown = tree(neighbour.get(page(office)))
    assert office.world.song_ngan.name in words(shown.find(".//main"))
    assert [one.text_content().strip() for one in shown.findall(".//main//h2")] == ["Thẻ văn bản"]
    assert not shown.findall(".//main//form")


def test_the_head_takes_it_back_on_the_same_page(office: Office) -> None:
    send(office)
    head, neighbour = signed_in(office.world.head), signed_in(office.world.neighbour)
    [form] = [
        form for form in tree(head.get(page(office))).findall(".//form") if "/thoi/" in form.get("action", "")
    ]

    assert head.post(form.get("action")).headers["Location"] == page(office)

    assert neighbour.get(page(office)).status_code == 404
    assert "/thoi/" not in head.get(page(office)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"unit": "", "unit_words": ""}, "Hãy nêu một đơn vị"),
        ({"unit": "", "unit_words": "đơn vị không có"}, "Không có đơn vị nào tên như"),
        ({"valid_to": "31/02/2027"}, "Nhập một ngày hợp lệ"),
        ({"valid_to": "01/01/2020"}, "Chọn một ngày sau hôm nay"),
        ({"why": ""}, "bắt buộc"),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(
    office: Office, wrong: dict[str, str], sentence: str
) -> None:
    before = UnitRole.objects.count()
    answer = send(office, **wrong)

    assert answer.status_code == 422
    assert sentence in words(tree(answer).find(".//main"))
    typed = tree(answer).xpath("//input[@name='why']/@value")
    assert typed == ([] if wrong.get("why") == "" else ["phối hợp đón đoàn"])
    assert UnitRole.objects.count() == before


@pytest.mark.parametrize("kind", ["unit", "job", "paper", "khong-co"])
def test_what_is_not_lent_has_no_such_address(office: Office, kind: str) -> None:
    address = reverse("share", args=[office.directive.public_id, kind])

    assert signed_in(office.world.head).post(address, given(office)).status_code == 404


def test_who_may_not_decide_sees_who_reads_along_and_no_form(office: Office) -> None:
    send(office)
    shown = tree(signed_in(office.world.officer).get(page(office)))

    assert office.world.doi_que.name in words(shown.find(".//section[@aria-labelledby='readers']"))
    assert not shown.xpath("//form[contains(@action, '/cung-xem/')]//button")
