"""The cascade page: what derives from a document, drawn, told and decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nhipcau.records.documents.models import Document, Relation
from nhipcau.web.pages import cascade as pages
from tests.web.office import Office, tree, words


def path(office: Office) -> str:
    return f"/van-ban/{office.directive.public_id}/trien-khai/"


def derived(office: Office) -> list[Document]:
    """What derives from the directive, by the edges that were not rejected."""
    found, round_ = [], [office.directive.pk]
    while round_:
        rows = Relation.objects.filter(source__in=round_).exclude(state=Relation.State.REJECTED)
        rows = rows.exclude(relation="succeeds").select_related("derived")
        new = [row.derived for row in rows if row.derived not in found]
        found += new
        round_ = [document.pk for document in new]
    return found


def state(relation: Relation) -> str:
    return str(Relation.objects.get(pk=relation.pk).state)


def test_every_document_of_the_cascade_is_a_link_in_the_drawing(office: Office, clerk: Client) -> None:
    page = tree(clerk.get(path(office)))
    drawn = set(page.xpath("//*[local-name()='svg'][contains(@class, 'draw')]//a/@href"))
    below = {f"/van-ban/{document.public_id}/" for document in derived(office)}

    assert len(below) >= 3
    assert below | {f"/van-ban/{office.directive.public_id}/"} <= drawn
    assert [clerk.get(link).status_code for link in drawn] == [200] * len(drawn)


def test_the_table_tells_the_same_as_the_drawing(office: Office, clerk: Client) -> None:
    """Whoever cannot see the drawing has it in rows: document, days, relation, reason, state."""
    page = tree(clerk.get(path(office)))
    table = page.xpath("//section[@aria-labelledby='table']//tbody/tr")
    linked = {str(row.xpath(".//th/a/@href")[0]) for row in table}

    assert linked == {f"/van-ban/{document.public_id}/" for document in derived(office)}
    assert all(words(cell) for row in table for cell in row.xpath("./td[4] | ./td[5]"))


def test_the_days_between_are_those_of_the_calendar(office: Office, clerk: Client) -> None:
    edge = Relation.objects.filter(source=office.directive, derived__date__isnull=False).first()
    assert edge is not None
    assert edge.derived.date
    assert office.directive.date
    page = tree(clerk.get(path(office)))
    (row, *_more) = page.xpath(
        f"//section[@aria-labelledby='table']//tr[.//th/a[@href='/van-ban/{edge.derived.public_id}/']]"
    )

    assert words(row.xpath("./td")[2]) == str((edge.derived.date - office.directive.date).days)


def test_a_printed_reason_leads_to_its_place_in_the_paper(office: Office, clerk: Client) -> None:
    page = tree(clerk.get(path(office)))
    links = page.xpath("//section[@aria-labelledby='table']//td/a[contains(@href, '#')]/@href")

    assert links
    for link in links:
        address, _mark, anchor = str(link).partition("#")
        assert tree(clerk.get(address)).xpath(f"//*[@id='{anchor}']")


@pytest.fixture
def edge(office: Office) -> Relation:
    """An edge right below the directive that waits for a person."""
    row = Relation.objects.filter(source=office.directive, state=Relation.State.PROPOSED).first()
    assert row is not None
    return row


@pytest.mark.parametrize(("decision", "expected"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_an_edge_is_decided_in_its_row(
    office: Office, clerk: Client, edge: Relation, decision: str, expected: str
) -> None:
    action = f"/van-ban/quan-he/{edge.public_id}/"
    forms = tree(clerk.get(path(office))).xpath(f"//form[@action='{action}']")
    root = forms[0].fields["root"]
    answer = clerk.post(action, {"decision": decision, "root": root}, follow=True)

    assert answer.redirect_chain[-1][0] == path(office)
    assert state(edge) == expected
    assert not tree(answer).xpath(f"//form[@action='{action}']")


@pytest.mark.parametrize("root", ["", "x", "https://khac.example/", "../../"])
def test_after_a_decision_nobody_is_led_out_of_the_house(
    office: Office, clerk: Client, edge: Relation, root: str
) -> None:
    answer: Any = clerk.post(f"/van-ban/quan-he/{edge.public_id}/", {"decision": "confirm", "root": root})

    assert answer.headers["Location"] == path(office)


def test_all_that_wait_are_confirmed_in_one_step(office: Office, clerk: Client, edge: Relation) -> None:
    action = f"/van-ban/{office.directive.public_id}/quan-he/"
    before = tree(clerk.get(path(office))).xpath(f"//form[@action='{action}']")
    clerk.post(action)

    after = tree(clerk.get(path(office)))

    assert before
    assert state(edge) == "confirmed"
    assert not after.xpath("//main//form")


def test_who_may_not_decide_sees_what_waits_and_no_button(
    office: Office, auditor: Client, edge: Relation
) -> None:
    page = tree(auditor.get(path(office)))

    assert not page.xpath("//main//button")
    assert edge.get_state_display() in words(page.xpath("//section[@aria-labelledby='table']")[0])


def test_the_list_of_cascades_leads_to_each_with_its_count(office: Office, clerk: Client) -> None:
    page = tree(clerk.get("/trien-khai/"))
    (row,) = page.xpath(f"//tr[.//a[@href='{path(office)}']]")
    own = (
        Relation.objects.filter(source=office.directive)
        .exclude(state="rejected")
        .values("derived")
        .distinct()
    )

    assert words(row.xpath("./td[3]")[0]) == str(own.count())


def test_a_list_of_cascades_that_ends_early_says_so(
    office: Office, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those with most are shown; a list that is whole says nothing of an end."""
    whole = tree(clerk.get("/trien-khai/"))
    shown = len(whole.xpath("//tbody/tr"))
    assert shown > 1
    monkeypatch.setattr(pages, "LISTED", shown - 1)
    cut = tree(clerk.get("/trien-khai/"))

    assert len(cut.xpath("//tbody/tr")) == shown - 1
    assert "Ở đây chỉ có" in words(cut.find(".//main"))
    assert "Ở đây chỉ có" not in words(whole.find(".//main"))


def test_a_document_from_which_nothing_derives_says_so(office: Office, clerk: Client) -> None:
    page = tree(clerk.get(f"/van-ban/{office.doubled.public_id}/trien-khai/"))

    assert words(page.xpath("//*[@class='empty']")[0])


def test_the_bars_of_a_telephone_count_the_documents_of_the_table(office: Office, clerk: Client) -> None:
    page = tree(clerk.get(path(office)))
    counts = [
        int(words(bar).split(", ")[1].split()[0]) for bar in page.xpath("//ul[@class='levels']/li/p[1]")
    ]

    assert sum(counts) == len(derived(office))
