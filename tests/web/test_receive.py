"""Papers come in: what a person is told of each file, and what is kept of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from lxml import html

from nhipcau.reading.formats.opened import Opened
from nhipcau.records.documents import looking
from nhipcau.records.documents.models import Paper
from nhipcau.records.foundation.models import Job, Refusal
from nhipcau.web.pages import receive
from tests import world as cast
from tests.web.office import Office, tree, words

RECEIVE = "/van-ban/nhan/"
SECRET = "Sự việc kể trong tờ này không ai khác được biết."
MARKED = f"ỦY BAN NHÂN DÂN\nTỈNH SÔNG NGÂN\n\nTỐI MẬT\n\nSố: 31/CV-UBND\n\n{SECRET}\n"


def drop(browser: Client, *files: tuple[str, bytes], **more: str) -> html.HtmlElement:
    """The page that answers to dropped files."""
    given = [SimpleUploadedFile(name, data) for name, data in files]
    answer = browser.post(RECEIVE, {"files": given, **more})
    assert answer.status_code == 200
    return tree(answer)


def notices(page: html.HtmlElement) -> list[str]:
    """What the page says of each file."""
    return [words(notice) for notice in page.xpath("//main//*[contains(@class, 'notice')]")]


def queue(page: html.HtmlElement) -> list[str]:
    """The papers that were taken in and are being read."""
    return [words(line) for line in page.xpath("//*[contains(@class, 'reading-progress')]//li")]


def stored(sentence: str) -> list[str]:
    """Where a sentence stands in the database or among the files of the house."""
    found = [str(path) for path in Path(settings.NHIPCAU_FILES).rglob("*") if _holds(path, sentence)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{sentence}%"])  # noqa: S608
            found += [table] * (cursor.fetchone() or (0,))[0]
    return found


def _holds(path: Path, sentence: str) -> bool:
    return path.is_file() and sentence.encode() in path.read_bytes()


def test_several_files_are_read_one_after_the_other_and_then_open(office: Office, clerk: Client) -> None:
    page = drop(clerk, ("mot.txt", b"To giay thu nhat."), ("hai.txt", b"To giay thu hai."))
    (progress,) = page.xpath("//*[@aria-live='polite'][@hx-get]")
    asked = progress.get("hx-get")

    assert [line[:7] for line in queue(page)] == ["mot.txt", "hai.txt"]
    assert not progress.xpath(".//li//a")

    cast.run_jobs()
    read = html.fragment_fromstring(clerk.get(asked).content.decode())
    links = read.xpath(".//li//a/@href")

    assert read.get("hx-get") is None
    assert [clerk.get(link).status_code for link in links] == [200, 200]


def test_progress_is_asked_for_in_a_short_address(office: Office, clerk: Client) -> None:
    """A server takes some four thousand letters of an address; a container may hold more papers than that."""
    page = drop(clerk, *((f"{place}.txt", f"Giay so {place}.".encode()) for place in range(30)))
    (asked,) = page.xpath("//@hx-get[contains(., 'tien-do')]")
    progress = tree(clerk.get(asked))

    assert len(asked) < 200
    assert all(f"{place}.txt" in words(progress) for place in range(30))
    assert office.confirmed.name not in words(progress)


def test_progress_of_another_office_s_papers_is_not_told(office: Office, clerk: Client) -> None:
    page = clerk.get(f"{RECEIVE}tien-do/?paper={office.foreign_paper.public_id}&paper=x")

    assert office.foreign_paper.name not in page.content.decode()


def test_a_file_that_is_here_already_is_recognised_under_any_name(office: Office, clerk: Client) -> None:
    before = Paper.objects.count()
    data = office.confirmed.attachment
    from nhipcau.records.foundation import files

    page = drop(clerk, ("ten-khac.txt", files.read(data)))
    (link,) = page.xpath("//main//*[contains(@class, 'notice')]//a/@href")

    assert str(office.confirmed.public_id) in link
    assert Paper.objects.count() == before


def test_what_cannot_be_read_is_told_and_the_others_go_on(office: Office, clerk: Client) -> None:
    before = Paper.objects.count()
    page = drop(
        clerk, ("rong.txt", b""), ("hong.docx", b"PK\x03\x04" + b"x" * 40), ("tot.txt", b"To giay tot.")
    )
    empty, broken = notices(page)
    (good,) = queue(page)

    assert "rong.txt" in empty
    assert "hong.docx" in broken
    assert "tot.txt" in good
    assert Paper.objects.count() == before + 1
    assert "Traceback" not in words(page)


def test_nothing_of_a_marked_paper_stays(office: Office, clerk: Client) -> None:
    """One line says that one was refused: the day, who brought it, the mark."""
    before = Refusal.objects.count()
    page = drop(clerk, ("bao-cao-rieng.txt", MARKED.encode()), ("tot.txt", b"To giay tot."))
    (marked,), (good,) = notices(page), queue(page)

    assert "TỐI MẬT" in marked
    assert "bao-cao-rieng" not in marked
    assert "tot.txt" in good
    assert stored(SECRET) == stored("bao-cao-rieng") == stored("31/CV-UBND") == []
    assert Refusal.objects.count() == before + 1
    assert Refusal.objects.latest("pk").account == office.world.clerk.account


def test_what_is_kept_can_be_found_where_the_marked_paper_is_sought(office: Office, clerk: Client) -> None:
    """The search of the test above would have found it: an unmarked paper's sentence is found twice."""
    sentence = "Điều này thì ai cũng được biết."
    drop(clerk, ("thuong.txt", sentence.encode()))
    cast.run_jobs()

    assert len(stored(sentence)) >= 2


def test_sending_nothing_is_told(office: Office, clerk: Client) -> None:
    (said,) = notices(tree(clerk.post(RECEIVE, {})))

    assert "tệp" in said


def test_more_than_fit_at_once_are_told_and_none_is_lost_in_silence(
    office: Office, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "MOST_AT_ONCE", 2)
    page = drop(clerk, *((f"to-{place}.txt", f"To giay so {place}.".encode()) for place in range(5)))

    assert "3" in notices(page)[-1]
    assert len(queue(page)) == 2


def test_a_file_that_the_page_sends_itself_is_answered_without_the_frame(
    office: Office, clerk: Client
) -> None:
    """Files go one by one: each answer is put below the others."""
    given = {"files": SimpleUploadedFile("mot.txt", b"To giay thu nhat.")}
    answer = clerk.post(RECEIVE, given, headers={"hx-request": "true"})
    page = html.fragment_fromstring(answer.content.decode(), create_parent=True)

    assert not page.xpath(".//header | .//main | .//footer")
    assert len(queue(page)) == 1


def test_a_hundred_and_fifty_files_come_in_at_once(office: Office, clerk: Client) -> None:
    before = Job.objects.count()
    drop(clerk, *((f"{place}.txt", f"To giay so {place}.".encode()) for place in range(150)))

    assert Job.objects.count() == before + 150


@pytest.fixture
def _picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files whose first page is a picture that nothing here can read."""

    def unread(_data: bytes, _name: str) -> Opened:
        return Opened(text="", media_type="image/png", has_unread_pictures=True)

    monkeypatch.setattr(looking, "open_file", unread)


@pytest.mark.usefixtures("_picture")
def test_a_picture_that_nobody_could_read_is_kept_only_after_somebody_looked(
    office: Office, clerk: Client
) -> None:
    before = Paper.objects.count()
    page = drop(clerk, ("quet.png", b"\x89PNG"))
    (form,) = page.xpath("//form[.//input[@name='unmarked']]")

    assert form.xpath(".//input[@name='unmarked']/@required")
    assert Paper.objects.count() == before

    drop(clerk, ("quet.png", b"\x89PNG"), unmarked="yes")
    kept = Paper.objects.latest("pk")

    assert Paper.objects.count() == before + 1
    assert (kept.has_unread_pictures, kept.unmarked_by) == (True, office.world.clerk.account)


def test_a_file_s_name_is_shown_as_it_is_and_never_as_part_of_the_page(office: Office, clerk: Client) -> None:
    page = drop(clerk, ("<img src=x onerror=alert(1)>.txt", b"To giay."))

    assert not page.xpath("//main//img")
    assert "<img src=x" in page.text_content()


def test_who_may_not_receive_is_offered_no_frame_to_drop_on(office: Office, auditor: Client) -> None:
    page = tree(auditor.get(RECEIVE))

    assert not page.xpath("//input[@type='file']")


def test_a_paper_stays_with_the_office_that_received_it(office: Office, neighbour: Client) -> None:
    """The same file in another office is another paper, not a repeated one."""
    from nhipcau.records.foundation import files

    before: Any = Paper.objects.count()
    drop(neighbour, ("x.txt", files.read(office.waiting.attachment)))

    assert Paper.objects.count() == before + 1


def test_the_register_leads_to_where_papers_come_in(office: Office, clerk: Client, auditor: Client) -> None:
    """For whom may bring one in, and for nobody else."""
    link = f"//main//a[@href='{RECEIVE}']"

    assert tree(clerk.get("/van-ban/")).xpath(link)
    assert not tree(auditor.get("/van-ban/")).xpath(link)
