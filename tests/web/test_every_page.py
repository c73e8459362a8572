"""What every page promises, in each state in which a person meets it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, override_settings
from lxml import html
from tools import catalogue

import nhipcau
from nhipcau.records.foundation import services
from nhipcau.records.foundation.models import Job
from nhipcau.web.signing.idle import HELD
from tests import world as cast
from tests.web.addresses import PAGES
from tests.web.office import Office, acting, signed_in, tree

Visit = Callable[[Office], Any]
CATALOGUE = Path(nhipcau.__file__).parent / "locale/vi/LC_MESSAGES/django.po"
BLANK = re.compile(r"\s+")
#: What the policy must hold; nothing may be added that lets a page run or draw what is not our own file.
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "object-src 'none'",
}  # fmt: skip


def by_clerk(path: str) -> Visit:
    return lambda office: signed_in(office.world.clerk).get(path)


def of(kind: str, path: str) -> Visit:
    """A page of the clerk about one of the office's records."""
    return lambda office: signed_in(office.world.clerk).get(path % getattr(office, kind).public_id)


def page(name: str) -> Visit:
    """The page of that name, for the clerk."""
    address = next(one for one in PAGES if one.name == name)
    return lambda office: address.visit(signed_in(office.world.clerk), address.path(office))


def with_errors(office: Office) -> Any:
    """A card that cannot be confirmed."""
    path = f"/van-ban/giay/{office.waiting.public_id}/0/xac-nhan/"
    return signed_in(office.world.clerk).post(path, {"type_name": "", "date": "32/13/2026"})


def dropped(office: Office) -> Any:
    """Every outcome of dropping files at once."""
    files = [
        SimpleUploadedFile("moi.txt", "Một tờ giấy mới.".encode()),
        SimpleUploadedFile("rong.txt", b""),
        SimpleUploadedFile("mat.txt", "MẬT\n\nSố: 09-CV/HĐGL\n\nVề việc riêng.".encode()),
    ]
    return signed_in(office.world.clerk).post("/van-ban/nhan/", {"files": files})


def wrong_password(_office: Office) -> Any:
    return Client().post("/dang-nhap/", {"username": "clerk", "password": "sai"})


def refused(office: Office) -> Any:
    return signed_in(office.world.officer).post(f"/van-ban/{office.directive.public_id}/huy/", {"why": "x"})


def forged(office: Office) -> Any:
    """A form that another site sent."""
    browser = Client(enforce_csrf_checks=True)
    assert office.world.clerk.account is not None
    browser.force_login(office.world.clerk.account)
    return browser.post("/van-ban/phieu-mat/", {})


def fault(office: Office) -> Any:
    """What stands on the screen when our own code breaks."""
    browser = signed_in(office.world.clerk)
    browser.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nhipcau.records.documents.selectors.counts", lambda **_given: 1 // 0)
        return browser.get("/")


def away(office: Office) -> Any:
    """What stands on the screen while the database is started again."""
    browser = signed_in(office.world.clerk)
    browser.raise_request_exception = False

    def fail(**_given: Any) -> Any:
        raise OperationalError("connection failed: the database system is starting up")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nhipcau.records.documents.selectors.counts", fail)
        return browser.get("/")


def busy(office: Office) -> Any:
    """Jobs while one runs."""
    Job.objects.filter(pk=office.job.pk).update(state=Job.State.RUNNING, message="")
    return signed_in(office.world.clerk).get("/viec-nen/")


def sample(office: Office) -> Any:
    with override_settings(NHIPCAU_DEMO=True):
        return signed_in(office.world.clerk).get("/")


def by_administrator(path: str, **data: str) -> Visit:
    """A page of who administers, about the officer where the path has a place for a person."""

    def visit(office: Office) -> Any:
        browser = signed_in(office.world.administrator)
        address = path % office.person.public_id if "%s" in path else path
        return browser.post(address, data) if data else browser.get(address)

    return visit


def waiting_for_code(office: Office) -> Any:
    """Half signed in: the password was right, the code is wrong."""
    browser = Client()
    browser.post("/dang-nhap/", {"username": "head", "password": cast.PASSWORD})
    return browser.post("/dang-nhap/ma/", {"code": "000000"})


def invited(office: Office) -> Any:
    assert office.world.administrator.account is not None
    token = services.make_link(by=acting(office.world.administrator), account=office.person, why="thử")
    return Client().get(f"/moi/{token}/")


def held(office: Office) -> Any:
    """What a page that was locked had in its fields."""
    browser = signed_in(office.world.clerk)
    session = browser.session
    fields = [("why", "ghi trùng"), ("place", "")]
    session[HELD] = {
        "account": browser.session["_auth_user_id"],
        "path": "/",
        "fields": fields,
        "is_draft": False,
    }
    session[HELD]["account"] = int(session[HELD]["account"])
    session.save()
    return browser.get("/dang-nhap/giu-lai/")


def recovery_codes(office: Office) -> Any:
    return signed_in(office.world.head).post("/tai-khoan/xac-thuc/ma-du-phong/", {"current": cast.PASSWORD})


INVITATION = {"display_name": "", "username": "Sai Tên", "role": "clerk", "valid_from": "hôm nay"}
VISITS: dict[str, Visit] = {
    "people": by_administrator("/can-bo/"),
    "rights": by_administrator("/can-bo/quyen/"),
    "invite": by_administrator("/can-bo/moi/"),
    "invite-wrong": by_administrator("/can-bo/moi/", **INVITATION),
    "person": by_administrator("/can-bo/%s/"),
    "person-wrong": by_administrator("/can-bo/%s/vai-tro/", valid_from="x"),
    "person-link": by_administrator("/can-bo/%s/viec/", act="link", why="quên mật khẩu"),
    "factors-of-head": lambda office: signed_in(office.world.head).get("/tai-khoan/xac-thuc/"),
    "recovery-codes": recovery_codes,
    "waiting-for-code": waiting_for_code,
    "invited": invited,
    "invited-no-more": lambda _office: Client().get("/moi/khong-co/"),
    "held": held,
    **{address.name: page(address.name) for address in PAGES},
    "sign-in": lambda _office: Client().get("/dang-nhap/"),
    "sign-in-wrong": wrong_password,
    "desk-empty": lambda office: signed_in(office.world.below).get("/"),
    "list-empty": lambda office: signed_in(office.world.below).get("/van-ban/"),
    "list-nothing": by_clerk("/van-ban/?q=khong-co-gi&type=Luật&year=1999"),
    "list-narrowed": by_clerk("/van-ban/?level=centre&state=registered&order=up"),
    "cascades-empty": lambda office: signed_in(office.world.below).get("/trien-khai/"),
    "cascade-empty": of("doubled", "/van-ban/%s/trien-khai/"),
    "jobs-empty": lambda office: signed_in(office.world.below).get("/viec-nen/"),
    "jobs-busy": busy,
    "stubs-empty": lambda office: signed_in(office.world.below).get("/van-ban/phieu-mat/"),
    "stubs-wrong": lambda office: signed_in(office.world.clerk).post("/van-ban/phieu-mat/", {"date": "x"}),
    "document-known": of("known", "/van-ban/%s/"),
    "document-with-merge": of("doubled", "/van-ban/%s/"),
    "document-for-auditor": lambda office: signed_in(office.world.auditor).get(
        f"/van-ban/{office.directive.public_id}/"
    ),
    "paper-failed": of("failed", "/van-ban/giay/%s/"),
    "mention-search": of("mention", "/van-ban/vien-dan/%s/?q=chi thi"),
    "received": dropped,
    "card-wrong": with_errors,
    "not-found": by_clerk("/khong-co/"),
    "not-found-for-nobody": lambda _office: Client().get("/khong-co/"),
    "forbidden": refused,
    "forged": forged,
    "unclear": lambda office: signed_in(office.world.clerk).get("/", headers={"host": "khac.example"}),
    "fault": fault,
    "away": away,
    "sample": sample,
}
everywhere = pytest.mark.parametrize("visit", VISITS.values(), ids=VISITS.keys())


@everywhere
def test_nothing_runs_or_is_drawn_but_our_own_files(office: Office, visit: Visit) -> None:
    """No inline script, no handler, no style in the page, and a policy that would stop one."""
    answer = visit(office)
    root = tree(answer)

    assert {words.strip() for words in answer.headers["Content-Security-Policy"].split(";")} >= POLICY
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not root.xpath("//*[@style] | //style | //script[not(@src)] | //script[normalize-space()]")
    assert not root.xpath("//@*[starts-with(name(), 'on') or starts-with(., 'javascript:')]")
    assert not [address for address in outside(root) if not address.startswith(("/", "#", "?"))]


@everywhere
def test_nothing_is_loaded_into_a_frame_guessed_or_kept_by_others(office: Office, visit: Visit) -> None:
    headers = visit(office).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@everywhere
def test_it_speaks_vietnamese_whatever_the_browser_asks_for(office: Office, visit: Visit) -> None:
    """The browser of these tests asks for English, as office browsers do; no source string is left."""
    answer = visit(office)
    root = tree(answer)
    shown = {BLANK.sub(" ", text).strip() for text in texts(root)}

    assert (root.get("lang"), answer.headers["Content-Language"]) == ("vi", "vi")
    assert not shown & english()
    assert not [words for words in sentences() if any(words in text for text in shown)]


@everywhere
def test_it_can_be_walked_by_ear_and_keyboard(office: Office, visit: Visit) -> None:
    """One heading of the page, a title, a way past the frame, no two of one id, a name for every field."""
    root = tree(visit(office))
    ids = root.xpath("//@id")
    named = set(root.xpath("//label/@for"))
    fields = root.xpath("//input[not(@type='hidden')] | //select | //textarea")
    nameless = [
        field
        for field in fields
        if field.get("id") not in named and not field.get("aria-label") and not field.xpath("ancestor::label")
    ]

    assert len(root.xpath("//h1")) == 1
    assert root.findtext(".//title", "").strip().removesuffix("· Nhịp Cầu").strip()
    assert root.xpath("//a[@class='skip'][@href='#main']")
    assert root.xpath("//main[@id='main']")
    assert len(ids) == len(set(ids))
    assert not nameless


def test_a_sample_says_on_each_page_that_it_is_one(office: Office) -> None:
    """And the pages of an office never do."""
    own = signed_in(office.world.clerk).get("/")

    assert "DỮ LIỆU MẪU" in sample(office).content.decode()
    assert "DỮ LIỆU MẪU" not in own.content.decode()


def test_the_fault_page_tells_nothing_of_the_fault(office: Office) -> None:
    answer = fault(office)

    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.content.decode()


def test_while_the_database_is_started_again_people_are_asked_to_wait(office: Office) -> None:
    """And a program that asks is told when to come back."""
    answer = away(office)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Cơ sở dữ liệu" in answer.content.decode()
    assert "starting up" not in answer.content.decode()


def outside(root: html.HtmlElement) -> list[str]:
    """Every address that the page loads, or goes to."""
    return [str(address) for address in root.xpath("//@src | //@href | //@action | //@hx-get | //@hx-post")]


def texts(root: html.HtmlElement) -> list[str]:
    """Everything that is shown or read out."""
    spoken = root.xpath("//@aria-label | //@placeholder | //@title | //@alt")
    return [str(text) for text in [*root.xpath("//text()[not(ancestor::script)]"), *spoken]]


def english() -> set[str]:
    """The source strings whose translation is another."""
    return {
        message.msgid
        for message in messages()
        if message.msgid and message.msgid not in message.texts.values()
    }


def sentences() -> list[str]:
    """Stretches of source strings between their values, where long enough to be none of Vietnamese."""
    stretches = (
        part.strip()
        for message in messages()
        if message.msgid not in message.texts.values()
        for part in re.split(r"%\(\w+\)s|%[sd]|<[^>]+>|[“”]", message.msgid)
    )
    return [part for part in stretches if len(part.split()) >= 3]


def messages() -> list[catalogue.Message]:
    return catalogue.read(CATALOGUE)
