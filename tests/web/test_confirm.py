"""Confirming a card: the number, what is asked first, and what is told when it cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nhipcau.records.documents.models import Document, Paper, Part
from tests import world as cast
from tests.records.told import cite, doc
from tests.web.office import Office, acting, tree, words

CARD = {
    "type": "Kế hoạch", "number": "81/KH-HGL", "date": "2026-05-04",
    "issuer": "Hội Giao lưu Nhân dân tỉnh Sông Ngân", "subject": "Giao lưu mùa hè",
}  # fmt: skip


def brought(office: Office, text: str, name: str = "van-ban.txt") -> Paper:
    """A paper that tells its own reading, waiting on the desk."""
    return cast.received(acting(office.world.clerk), text, name=name)


def form_of(browser: Client, path: str) -> dict[str, str]:
    """What the card's form would send, as it stands on the page."""
    return values(tree(browser.get(path)).xpath("//section[@aria-labelledby='card']//form")[0])


def values(form: Any) -> dict[str, str]:
    return {
        field.name: field.value or ""
        for field in form.inputs
        if field.name and field.name != "csrfmiddlewaretoken"
    }


def place(paper: Paper, index: int = 0) -> str:
    return f"/van-ban/giay/{paper.public_id}/{index}/"


def send(browser: Client, paper: Paper, index: int = 0, **changed: str) -> Any:
    """Press "confirm" on the page of a paper, with some fields written anew."""
    given = form_of(browser, place(paper, index)) | changed
    return browser.post(f"{place(paper, index)}xac-nhan/", given, follow=True)


def count() -> int:
    return Document.objects.filter(state=Document.State.REGISTERED).count()


pytestmark = pytest.mark.usefixtures("told")


def test_a_confirmed_card_stands_in_the_register_under_the_number_that_was_promised(
    office: Office, clerk: Client
) -> None:
    paper = brought(office, doc(**CARD))
    promised = words(
        tree(clerk.get(place(paper))).xpath("//section[@aria-labelledby='card']//*[@class='why']/b")[0]
    )
    answer = send(clerk, paper)
    document = Document.objects.get(number="81/KH-HGL")

    assert answer.redirect_chain[-1][0] == f"/van-ban/{document.public_id}/"
    assert document.register_label == promised
    assert document.register_year == timezone.localdate().year
    assert promised in words(tree(answer).find(".//main"))
    assert str(document.public_id) in clerk.get("/van-ban/").content.decode()


def test_what_a_person_wrote_is_what_is_registered(office: Office, clerk: Client) -> None:
    paper = brought(office, doc(**CARD))
    send(clerk, paper, subject="Giao lưu  mùa thu", date="05/05/2026", urgency="khẩn", place="Sông Ngân")
    document = Document.objects.get(number="81/KH-HGL")

    assert (document.subject, str(document.date)) == ("Giao lưu mùa thu", "2026-05-05")
    assert (document.urgency, document.place) == ("khẩn", "Sông Ngân")


def test_the_second_who_confirms_is_told_and_no_number_is_used(office: Office, clerk: Client) -> None:
    paper = brought(office, doc(**CARD))
    stale = form_of(clerk, place(paper))
    send(clerk, paper)
    before = count()
    answer = clerk.post(f"{place(paper)}xac-nhan/", stale)

    assert answer.status_code == 422
    assert "đã được xác nhận" in words(tree(answer).find(".//main"))
    assert count() == before


def test_a_field_at_fault_is_named_and_what_was_written_stays(office: Office, clerk: Client) -> None:
    paper = brought(office, doc(**CARD))
    answer = clerk.post(
        f"{place(paper)}xac-nhan/",
        form_of(clerk, place(paper)) | {"type_name": "", "subject": "Một tên khác"},
    )
    page = tree(answer)
    (wrong,) = page.xpath("//*[@aria-invalid='true']")
    (said,) = page.xpath(f"//*[@id='{wrong.get('aria-describedby')}']")

    assert (answer.status_code, wrong.get("name")) == (422, "type_name")
    assert words(said)
    assert page.xpath("//textarea[@name='subject']")[0].value.strip() == "Một tên khác"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "31/02/2026"),
        ("date", "hôm qua"),
        ("number", "9" * 400),
        ("kind", "không có"),
        ("subject", "a\x00b"),
    ],
)
def test_what_cannot_be_is_told_or_cleaned_and_never_breaks(
    office: Office, clerk: Client, field: str, value: str
) -> None:
    paper = brought(office, doc(**CARD))
    before = count()
    answer = clerk.post(f"{place(paper)}xac-nhan/", form_of(clerk, place(paper)) | {field: value})

    assert answer.status_code in (302, 400, 422)
    assert count() == before + (answer.status_code == 302)


def test_a_card_kept_for_later_waits_with_what_was_written(office: Office, clerk: Client) -> None:
    paper = brought(office, doc(**CARD))
    before = count()
    send(clerk, paper, later="yes", subject="Còn xem lại")

    assert form_of(clerk, place(paper))["subject"].strip() == "Còn xem lại"
    assert count() == before


def test_what_is_no_document_is_set_aside_and_leaves_the_desk(office: Office, clerk: Client) -> None:
    paper = brought(office, doc(**CARD))
    answer = clerk.post(f"{place(paper)}de-rieng/", {"why": "trang bìa"}, follow=True)
    again = clerk.post(f"{place(paper)}de-rieng/", {"why": "trang bìa"}, follow=True)

    assert "81/KH-HGL" not in words(tree(answer).xpath("//section[@aria-labelledby='waiting']")[0])
    assert Part.objects.get(paper=paper).state == Part.State.SET_ASIDE
    assert "đã" in words(tree(again).xpath("//*[contains(@class, 'notice bad')]")[0])


def test_after_one_document_of_a_file_comes_the_next(office: Office, clerk: Client) -> None:
    paper = brought(office, doc(**CARD) + doc(**(CARD | {"number": "82/KH-HGL"})))
    answer = send(clerk, paper, 0)

    assert answer.redirect_chain[-1][0] == place(paper, 1)


def test_a_document_that_was_known_but_missing_takes_its_place(office: Office, clerk: Client) -> None:
    """It stays the same record, at the same address, and what cited it still does."""
    cited = {"type": "Luật", "number": "7/2025/QH15", "date": "2025-06-01", "issuer": "Quốc hội"}
    send(clerk, brought(office, doc(**CARD) + cite(relation="basis", **cited)))
    known = Document.objects.get(number="7/2025/QH15")
    send(clerk, brought(office, doc(**cited, subject="Luật mẫu")))
    page = tree(clerk.get(f"/van-ban/{known.public_id}/"))

    assert known.state == Document.State.KNOWN
    assert Document.objects.get(number="7/2025/QH15").state == Document.State.REGISTERED
    assert "81/KH-HGL" in words(page.xpath("//section[@aria-labelledby='cited']")[0])


@pytest.fixture
def asked(office: Office, clerk: Client) -> tuple[Document, Paper, Any]:
    """A registered document, another paper of the same identity, and the page that asks about the two."""
    send(clerk, brought(office, doc(**CARD)))
    paper = brought(office, doc(**CARD) + "Bản thứ hai.\n", "ban-hai.txt")
    return Document.objects.get(number="81/KH-HGL"), paper, tree(send(clerk, paper))


def test_the_same_identity_is_asked_about_with_a_way_to_look(asked: tuple[Document, Paper, Any]) -> None:
    document, _paper, page = asked
    (question,) = page.xpath("//section[@aria-labelledby='same']")

    assert question.xpath(f".//a[@href='/van-ban/{document.public_id}/']")
    assert question.xpath(".//button/@value") == [str(document.public_id), "different"]
    assert Document.objects.filter(number="81/KH-HGL").count() == 1


def test_yes_adds_the_file_to_it_and_uses_no_number(
    clerk: Client, asked: tuple[Document, Paper, Any]
) -> None:
    document, paper, page = asked
    before = count()
    form = page.xpath("//section[@aria-labelledby='same']//form")[0]
    clerk.post(form.action, values(form) | {"same": str(document.public_id)})
    shown = tree(clerk.get(f"/van-ban/{document.public_id}/"))

    assert count() == before
    assert paper.parts.get().document == document
    assert "ban-hai.txt" in words(shown.xpath("//section[@aria-labelledby='files']")[0])


def test_no_makes_another_document_with_the_next_number(
    clerk: Client, asked: tuple[Document, Paper, Any]
) -> None:
    document, paper, page = asked
    form = page.xpath("//section[@aria-labelledby='same']//form")[0]
    clerk.post(form.action, values(form) | {"same": "different"})
    other = paper.parts.get().document

    assert other is not None
    assert other != document
    assert other.register_number == (document.register_number or 0) + 1


def test_an_answer_that_names_another_office_s_document_finds_nothing(
    office: Office, clerk: Client, asked: tuple[Document, Paper, Any]
) -> None:
    _document, _paper, page = asked
    form = page.xpath("//section[@aria-labelledby='same']//form")[0]
    foreign = clerk.post(form.action, values(form) | {"same": str(office.foreign.public_id)})
    nonsense = clerk.post(form.action, values(form) | {"same": "x"})

    assert (foreign.status_code, nonsense.status_code) == (404, 404)
