"""Settings refuse what they cannot understand, and tell the browser little."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.site import environment
from nhipcau.site.database import logins, places
from nhipcau.site.database.logins import Login

if TYPE_CHECKING:
    from django.test import Client

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
names = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


@given(
    user=words,
    password=words,
    host=st.one_of(names, names.map(lambda name: f"/run/{name} x")),
    port=st.integers(1, 65535),
    database=words.filter(lambda word: not word.startswith("/")),
)
def test_a_login_survives_its_address(user: str, password: str, host: str, port: int, database: str) -> None:
    login = Login(user, password, host, port, database, (("sslmode", "verify-full"),))

    assert logins.parse(login.url) == login


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://a:b@c/d", "begins with postgresql://"),
        ("postgresql://c/d", "names no user"),
        ("postgresql://a:b@/d", "names no host"),
        ("postgresql://a:b@c", "names no database name"),
        ("postgresql://a:b@c:x/d", "port of a database address is a number"),
    ],
)
def test_a_bad_address_says_what_lacks(url: str, told: str) -> None:
    with pytest.raises(environment.BadSettingError, match=told):
        logins.parse(url)


def test_switches_and_numbers_are_read_or_refused_by_name() -> None:
    given_values = {"A": "yes", "B": "0", "C": "maybe", "D": "12", "E": "-1", "F": "a, b ,"}

    assert environment.flag("A", environ=given_values)
    assert not environment.flag("B", default=True, environ=given_values)
    assert environment.flag("Z", default=True, environ=given_values)
    assert environment.number("D", 5, environ=given_values) == 12
    assert environment.words("F", environ=given_values) == ["a", "b"]
    with pytest.raises(environment.BadSettingError, match="C must be 1 or 0"):
        environment.flag("C", environ=given_values)
    with pytest.raises(environment.BadSettingError, match="E must be a whole number from 1"):
        environment.number("E", 5, lowest=1, environ=given_values)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("kept\n")

    assert environment.secret("KEY", environ={"KEY_FILE": str(file)}) == "kept"
    with pytest.raises(environment.BadSettingError, match=r"KEY_FILE names .*, which cannot be read"):
        environment.secret("KEY", environ={"KEY_FILE": str(tmp_path / "missing")})


def test_the_state_stands_where_the_system_keeps_state(monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.home({"NHIPCAU_DATA": "/srv/nhipcau"}) == Path("/srv/nhipcau")
    monkeypatch.setattr(places, "is_root", lambda: True)
    assert places.home({}) == Path("/var/lib/nhipcau")
    if sys.platform == "linux":
        monkeypatch.setattr(places, "is_root", lambda: False)
        assert places.home({"XDG_STATE_HOME": "/srv/a/state"}) == Path("/srv/a/state/nhipcau")


def test_folders_that_were_there_keep_their_modes(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old").chmod(0o750)

    places.make_folder(tmp_path / "old" / "new" / "deep", 0o711)
    places.make_folder(tmp_path / "old", 0o700)

    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "old" / "new" / "deep").stat().st_mode & 0o777 == 0o711


def test_a_demos_password_opens_nothing_elsewhere() -> None:
    program = (
        "import django; django.setup(); "
        "from django.contrib.auth.hashers import make_password; print(make_password('mật khẩu của bản thử'))"
    )
    hashed = run_with_settings(program, NHIPCAU_DEMO="1")

    assert hashed.startswith("demo_argon2$")
    assert not check_password("mật khẩu của bản thử", hashed)
    assert check_password("mật khẩu", make_password("mật khẩu"))


def test_served_cookies_travel_by_tls_only() -> None:
    program = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, "
        "s.SECURE_HSTS_SECONDS > 0)"
    )

    assert run_with_settings(program, NHIPCAU_SERVE="1") == "True True nhipcau_session True"
    assert run_with_settings(program, NHIPCAU_DEMO="1") == "False False nhipcau_demo_session False"


def run_with_settings(program: str, **switches: str) -> str:
    """What a program prints under settings of its own."""
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "nhipcau.site.settings", **switches}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.django_db
def test_every_page_forbids_what_is_not_ours(client: Client) -> None:
    answer = client.get("/dang-nhap/")

    directives = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
    )
    assert directives["default-src"] == "'none'"
    assert set(directives.values()) == {"'none'", "'self'"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_pages_are_vietnamese_whatever_the_browser_says(client: Client) -> None:
    answer = client.get("/dang-nhap/", headers={"accept-language": "en-US,en"})

    assert answer.headers["Content-Language"] == "vi"


def test_an_upload_never_touches_the_disk_before_it_is_looked_at() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
