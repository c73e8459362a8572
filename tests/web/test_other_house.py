"""Signing in at another house: against a provider of OpenID Connect that runs beside the tests."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client, override_settings

from nhipcau.records.foundation import services
from nhipcau.records.foundation.models import Account, Event
from nhipcau.site import houses
from nhipcau.site.environment import BadSettingError
from tests.web.office import Office, acting, give_factor, tree, words

LOGIN = "/dang-nhap/nha/co-quan/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of the provider, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://localhost:{port}"
        _wait_for(f"{address}/.well-known/openid-configuration")
        yield address
        process.terminate()


@pytest.fixture
def house(provider: str) -> Iterator[str]:
    """The provider as an office's settings name it."""
    environ = {
        "NHIPCAU_OIDC_SERVER": provider,
        "NHIPCAU_OIDC_CLIENT": "nhipcau",
        "NHIPCAU_OIDC_SECRET": "mot-bi-mat",
        "NHIPCAU_OIDC_NAME": "Cổng của tỉnh",
    }
    with override_settings(SOCIALACCOUNT_PROVIDERS=houses.providers(environ)):
        yield provider


def walk(browser: Client, subject: str) -> Any:
    """Go to the other house from ours, be known there as `subject`, and come back."""
    there = browser.post(LOGIN).headers["Location"]
    back = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=20).headers["Location"]
    parts = urlsplit(back)
    return browser.get(f"{parts.path}?{parts.query}")


def link(office: Office) -> str:
    """A link for the officer."""
    return services.make_link(
        by=acting(office.world.administrator), account=office.person, why="qua cổng tỉnh"
    )


def test_the_sign_in_page_names_the_house(office: Office, house: str) -> None:
    page = tree(Client().get("/dang-nhap/"))

    assert "Đăng nhập qua Cổng của tỉnh" in words(page)
    assert page.xpath(f"//form[@action='{LOGIN}'][@method='post']")


def test_without_a_house_nothing_of_it_is_there(office: Office) -> None:
    assert "nha/co-quan" not in Client().get("/dang-nhap/").content.decode()
    assert Client().post(LOGIN).status_code == 404


def test_who_was_not_invited_gets_no_account(office: Office, house: str) -> None:
    before = Account.objects.count()
    browser = Client()
    answer = walk(browser, "nguoi-la")

    assert answer.headers["Location"] == "/dang-nhap/"
    assert "chưa ai được biết" in words(tree(browser.get("/dang-nhap/")))
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert browser.get("/").status_code == 302


def test_who_has_an_account_of_that_name_is_not_let_in_by_the_name(office: Office, house: str) -> None:
    """What another house calls somebody binds nobody: only the link does."""
    browser = Client()
    walk(browser, "officer")

    assert browser.get("/").status_code == 302


def test_an_invited_person_takes_the_account_over_and_signs_in_there_from_then_on(
    office: Office, house: str
) -> None:
    first, later = Client(), Client()
    token = link(office)
    first.get(f"/moi/{token}/")
    walk(first, "nguyen-hoa")
    walk(later, "nguyen-hoa")

    assert (first.get("/").status_code, later.get("/").status_code) == (200, 200)
    assert Client().get(f"/moi/{token}/").status_code == 404
    assert Event.objects.filter(verb="accept_invitation", record=office.person.public_id).count() == 1


def test_nothing_of_the_person_is_kept_but_the_identity(office: Office, house: str) -> None:
    browser = Client()
    browser.get(f"/moi/{link(office)}/")
    walk(browser, "nguyen-hoa")
    walk(Client(), "nguyen-hoa")

    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_the_second_factor_is_asked_for_there_too(office: Office, house: str) -> None:
    browser = Client()
    browser.get(f"/moi/{link(office)}/")
    walk(browser, "nguyen-hoa")
    give_factor(office.world.officer)
    later = Client()

    assert walk(later, "nguyen-hoa").headers["Location"] == "/dang-nhap/ma/"
    assert later.get("/").status_code == 302


def test_who_may_not_sign_in_here_does_not_come_in_from_there(office: Office, house: str) -> None:
    browser = Client()
    browser.get(f"/moi/{link(office)}/")
    walk(browser, "nguyen-hoa")
    by = acting(office.world.administrator)
    services.end_grant(by=by, grant=office.grant, valid_to=by.on, why="chuyển việc")

    assert walk(Client(), "nguyen-hoa").headers["Location"] == "/dang-nhap/"


def test_an_answer_that_we_did_not_ask_for_opens_nothing(office: Office, house: str) -> None:
    browser = Client()
    answer = browser.get(f"{LOGIN}ve/?code=abc&state=def")

    assert answer.headers["Location"] == "/dang-nhap/"
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize(
    "environ",
    [
        {"NHIPCAU_OIDC_SERVER": "https://cong.example"},
        {"NHIPCAU_OIDC_SERVER": "https://cong.example", "NHIPCAU_OIDC_CLIENT": "a"},
        {
            "NHIPCAU_OIDC_SERVER": "http://cong.example",
            "NHIPCAU_OIDC_CLIENT": "a",
            "NHIPCAU_OIDC_SECRET": "b",
        },
    ],
)
def test_a_house_that_is_named_in_part_or_without_tls_is_refused_by_name(environ: dict[str, str]) -> None:
    with pytest.raises(BadSettingError, match="NHIPCAU_OIDC"):
        houses.providers(environ)


def test_a_form_of_ours_may_lead_to_the_named_house_and_nowhere_else() -> None:
    assert houses.origins({"NHIPCAU_OIDC_SERVER": "https://cong.example/realms/a"}) == [
        "https://cong.example"
    ]
    assert houses.origins({}) == []


def _wait_for(address: str) -> None:
    for _turn in range(200):
        try:
            requests.get(address, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider did not start")
