"""The page of one document: its facts, corrections, merges, its end, its file, and what happened to it."""

from __future__ import annotations

import pytest
from django.test import Client

from nhipcau.records.documents.models import Document, Paper
from nhipcau.records.foundation import files
from nhipcau.records.foundation.models import Event
from nhipcau.web.history import COMMON
from tests.web.office import Office, tree, words
from tests.web.test_confirm import values


def now(document: Document) -> Document:
    """The document as it stands in the database."""
    return Document.objects.get(pk=document.pk)


def page_of(browser: Client, document: Document) -> str:
    return words(tree(browser.get(f"/van-ban/{document.public_id}/")).find(".//main"))


def test_what_it_cites_and_what_cites_it_lead_to_each_other(office: Office, clerk: Client) -> None:
    page = tree(clerk.get(f"/van-ban/{office.directive.public_id}/"))
    cited = page.xpath("//section[@aria-labelledby='cites']//th/a/@href")
    citing = page.xpath("//section[@aria-labelledby='cited']//th/a/@href")
    back = tree(clerk.get(citing[0])).xpath("//section[@aria-labelledby='cites']//th/a/@href")

    assert f"/van-ban/{office.known.public_id}/" in cited
    assert f"/van-ban/{office.directive.public_id}/" in back


def test_each_citation_leads_to_its_place_in_the_paper(office: Office, clerk: Client) -> None:
    page = tree(clerk.get(f"/van-ban/{office.directive.public_id}/"))
    places = page.xpath(
        "//section[@aria-labelledby='cites' or @aria-labelledby='cited']//td/a[contains(@href, '#')]"
    )

    assert places
    for place in places:
        path, _mark, anchor = place.get("href").partition("#")
        (mark,) = tree(clerk.get(path)).xpath(f"//*[@id='{anchor}']")
        for label in mark.xpath(".//sup"):
            label.drop_tree()
        assert words(mark)[:12] == words(place)[:12]


def test_a_correction_changes_the_card_and_keeps_number_and_old_values(office: Office, clerk: Client) -> None:
    path = f"/van-ban/{office.directive.public_id}/sua/"
    form = tree(clerk.get(path)).xpath("//section[@aria-labelledby='card']//form")[0]
    clerk.post(path, values(form) | {"place": "Bến Trúc", "why": "gõ nhầm nơi ban hành"})
    after = now(office.directive)

    assert (after.place, after.register_number) == ("Bến Trúc", office.directive.register_number)
    assert f"{office.directive.place} → Bến Trúc" in page_of(clerk, after)
    assert "gõ nhầm nơi ban hành" in page_of(clerk, after)


def test_a_correction_that_cannot_be_is_told_and_changes_nothing(office: Office, clerk: Client) -> None:
    path = f"/van-ban/{office.directive.public_id}/sua/"
    form = tree(clerk.get(path)).xpath("//section[@aria-labelledby='card']//form")[0]
    answer = clerk.post(path, values(form) | {"date": "32/01/2026"})

    assert answer.status_code == 422
    assert tree(answer).xpath("//*[@aria-invalid='true']/@name") == ["date"]
    assert now(office.directive).date == office.directive.date


def test_a_correction_into_another_document_s_identity_is_refused(office: Office, clerk: Client) -> None:
    other = Document.objects.exclude(pk=office.directive.pk).filter(state="registered", number__gt="")
    twin = other.filter(office=office.directive.office).exclude(number=office.doubled.number).first()
    assert twin is not None
    path = f"/van-ban/{office.directive.public_id}/sua/"
    form = tree(clerk.get(path)).xpath("//section[@aria-labelledby='card']//form")[0]
    given = {"type_name": twin.type_name, "number": twin.number, "date": f"{twin.date:%d/%m/%Y}"}
    answer = clerk.post(path, values(form) | given | {"issuer_name": twin.issuer_name})

    assert answer.status_code == 422
    assert str(twin) in words(tree(answer).xpath("//*[@role='alert']")[0])
    assert now(office.directive).number == office.directive.number


def test_a_void_document_keeps_its_number_and_says_why(office: Office, clerk: Client) -> None:
    clerk.post(f"/van-ban/{office.doubled.public_id}/huy/", {"why": "ghi trùng hai lần"})
    after = now(office.doubled)

    assert (after.state, after.register_number) == ("void", office.doubled.register_number)
    assert "ghi trùng hai lần" in page_of(clerk, after)
    assert not tree(clerk.get(f"/van-ban/{after.public_id}/")).xpath("//form[contains(@action, '/huy/')]")


def test_nothing_is_void_without_a_reason(office: Office, clerk: Client) -> None:
    answer = clerk.post(f"/van-ban/{office.doubled.public_id}/huy/", {"why": "  "}, follow=True)

    assert tree(answer).xpath("//*[contains(@class, 'notice bad')]")
    assert now(office.doubled).state == "registered"


def test_two_records_of_one_document_are_merged_and_taken_apart_again(office: Office, clerk: Client) -> None:
    kept = f"/van-ban/{office.doubled.public_id}/"
    (offer,) = tree(clerk.get(kept)).xpath("//section[@aria-labelledby='doubles']//form")
    clerk.post(offer.action, values(offer))
    folded = page_of(clerk, office.twin)
    undo = tree(clerk.get(kept)).xpath("//section[@aria-labelledby='merges']//form")
    states = [now(office.twin).state]
    for form in undo:
        clerk.post(form.action)
    states.append(now(office.twin).state)

    assert states == ["void", "registered"]
    assert str(office.doubled) in folded
    assert len(undo) == 2


def test_a_merge_undone_twice_says_so(office: Office, clerk: Client) -> None:
    path = f"/van-ban/nhap/{office.merge.public_id}/hoan-tac/"
    first, second = (clerk.post(path, follow=True) for _turn in range(2))

    assert tree(first).xpath("//*[contains(@class, 'notice good')]")
    assert tree(second).xpath("//*[contains(@class, 'notice bad')]")


@pytest.mark.parametrize("other", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_merge_with_nothing_finds_nothing(office: Office, clerk: Client, other: str) -> None:
    answer = clerk.post(f"/van-ban/{office.doubled.public_id}/nhap/", {"other": other})

    assert answer.status_code == 404


def test_a_merge_with_another_office_s_document_finds_nothing(office: Office, clerk: Client) -> None:
    given = {"other": str(office.foreign.public_id)}
    answer = clerk.post(f"/van-ban/{office.directive.public_id}/nhap/", given)

    assert answer.status_code == 404
    assert now(office.foreign).state == "registered"


def test_the_file_comes_back_as_it_came_in_and_only_as_a_download(office: Office, clerk: Client) -> None:
    """Nothing of it runs or is drawn in the page, whatever it is."""
    answer = clerk.get(f"/van-ban/giay/{office.confirmed.public_id}/tep/")

    assert answer.content == files.read(office.confirmed.attachment)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["Kế hoạch số 5.docx", 'a"; x=.txt', "dòng\r\nX-Ke: 1.txt"])
def test_a_file_keeps_its_own_name_and_adds_no_header(office: Office, clerk: Client, name: str) -> None:
    paper = Paper.objects.get(pk=office.confirmed.pk)
    type(paper.attachment).objects.filter(pk=paper.attachment_id).update(name=name)
    answer = clerk.get(f"/van-ban/giay/{paper.public_id}/tep/")

    assert answer.status_code == 200
    assert "X-Ke" not in answer.headers
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_history_is_told_in_words_a_clerk_understands(office: Office, clerk: Client) -> None:
    """No code of a verb, a field or a state stands where people read."""
    seen = set(Event.objects.filter(kind__in=["document", "paper"]).values_list("verb", flat=True))
    history = words(tree(clerk.get(f"/van-ban/{office.directive.public_id}/")).xpath("//ol")[-1])

    assert seen <= set(COMMON)
    assert "_" not in history
    assert str(office.world.clerk.account) in history


def test_a_known_document_says_that_its_paper_is_missing(office: Office, clerk: Client) -> None:
    page = tree(clerk.get(f"/van-ban/{office.known.public_id}/"))

    assert page.xpath("//*[contains(@class, 'notice warn')]")
    assert not page.xpath("//a[contains(@href, '/tep/')]")


def test_who_reads_only_is_offered_no_button_that_changes(office: Office, auditor: Client) -> None:
    page = tree(auditor.get(f"/van-ban/{office.doubled.public_id}/"))
    actions = page.xpath("//main//form/@action")

    assert not [action for action in actions if not action.endswith("/hoan-tac/")]
    assert not page.xpath("//main//button")
