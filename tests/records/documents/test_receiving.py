"""A file comes in: kept once, read by a job, or refused without a trace."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from nhipcau.reading.findings import MarkedError, UnreadableError
from nhipcau.reading.formats.opened import Member, Opened
from nhipcau.records.documents import looking
from nhipcau.records.documents.models import Mention, Paper, Part
from nhipcau.records.documents.services import PicturesUnreadError, read_paper, receive_file
from nhipcau.records.foundation import files, jobs
from nhipcau.records.foundation.models import Attachment, Event, Job, Refusal
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.site.database.logins import Login
from tests import world as cast
from tests.records.told import cite, doc
from tests.records.traces import stored, tables_with

PLAIN = doc(type="Công văn", number="9-CV/VP", date="2026-03-02", subject="mời họp") + cite(
    type="Quyết định", number="15/QĐ-UBND", date="2026-02-01"
)
SENTENCE = "Cây đa bến nước sân đình không ai được biết"


@pytest.mark.usefixtures("told")
class TestKept:
    """What becomes of a file without a mark."""

    def test_a_file_is_kept_queued_and_read_by_its_job(self, world: cast.World) -> None:
        got = receive_file(by=world.clerk, name="moi-hop.txt", data=PLAIN.encode())
        assert (got.paper.state, got.jobs[0].state) == (Paper.State.WAITING, Job.State.QUEUED)
        cast.run_jobs()
        paper = Paper.objects.get()
        assert paper.state == Paper.State.READ
        assert paper.reading is not None
        assert paper.reading["text"] == PLAIN
        assert files.read(paper.attachment) == PLAIN.encode()
        job = Job.objects.get()
        assert job.result is not None
        assert (job.state, job.done, job.result.record) == (Job.State.DONE, 1, paper.public_id)

    def test_the_reading_is_kept_as_parts_with_cards_and_mentions_with_places(
        self, world: cast.World
    ) -> None:
        paper = cast.received(world.clerk, PLAIN)
        card = cast.card_of(paper)
        assert (card.number, card.date, card.date_received) == ("9-CV/VP", date(2026, 3, 2), cast.TODAY)
        mention = Mention.objects.get()
        assert (mention.number, mention.date) == ("15/QĐ-UBND", date(2026, 2, 1))
        assert PLAIN[mention.span_start : mention.span_end].strip() == mention.surface

    def test_the_same_content_in_the_same_office_is_recognised_at_once(self, world: cast.World) -> None:
        first = receive_file(by=world.clerk, name="a.txt", data=PLAIN.encode())
        events = Event.objects.count()
        again = receive_file(by=world.officer, name="b.txt", data=PLAIN.encode())
        assert again.is_repeated
        assert again.paper == first.paper
        assert (Job.objects.count(), Event.objects.count()) == (1, events)

    def test_two_offices_keep_their_own_copies(self, world: cast.World) -> None:
        ours = receive_file(by=world.clerk, name="a.txt", data=PLAIN.encode())
        theirs = receive_file(by=world.neighbour, name="a.txt", data=PLAIN.encode())
        assert not theirs.is_repeated
        assert files.path_of(world.song_ngan.public_id, ours.paper.attachment.sha256).exists()
        assert files.path_of(world.doi_que.public_id, theirs.paper.attachment.sha256).exists()

    def test_receiving_writes_one_event_that_names_the_file(self, world: cast.World) -> None:
        before = Event.objects.count()
        receive_file(by=world.clerk, name="moi-hop.txt", data=PLAIN.encode())
        assert Event.objects.count() == before + 1
        event = Event.objects.latest("id")
        assert (event.verb, event.kind, event.title) == ("receive", "paper", "moi-hop.txt")

    def test_a_failed_write_leaves_neither_row_nor_file(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("nhipcau.records.foundation.events.Event.objects.create", _break)
        with pytest.raises(RuntimeError), transaction.atomic():
            receive_file(by=world.clerk, name="a.txt", data=PLAIN.encode())
        assert not Attachment.objects.exists()
        assert not Job.objects.exists()
        assert stored() == []

    def test_a_part_with_anomalies_says_how_many(self, world: cast.World) -> None:
        cast.received(world.clerk, doc(type="Công văn", subject="x", warning="Thiếu số"))
        assert Part.objects.get().warnings == 1

    def test_reading_again_changes_nothing(self, world: cast.World) -> None:
        paper = cast.received(world.clerk, PLAIN)
        read_paper(by=world.clerk, paper=paper)
        assert Part.objects.count() == 1

    def test_what_json_cannot_hold_is_replaced_and_offsets_stay(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        odd = Opened("trước\0sau \ud800", "text/plain")
        monkeypatch.setattr(looking, "open_file", lambda _data, _name: odd)
        paper = cast.received(world.clerk, "x")
        assert paper.reading is not None
        assert paper.reading["text"] == "trước\ufffdsau \ufffd"

    def test_who_may_not_receive_is_told_so(self, world: cast.World) -> None:
        for reader in (world.auditor, world.consolidator):
            with pytest.raises(Forbidden):
                receive_file(by=reader, name="a.txt", data=PLAIN.encode())
        assert stored() == []

    def test_another_office_cannot_have_the_paper_read(self, world: cast.World) -> None:
        got = receive_file(by=world.clerk, name="a.txt", data=PLAIN.encode())
        with pytest.raises(NotFound):
            read_paper(by=world.neighbour, paper=got.paper)


class TestOpened:
    """What the opening of a file says besides its text."""

    def test_a_picture_that_nobody_read_must_be_confirmed_and_who_did_is_kept(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scan = Opened("một trang", "application/pdf", pages=1, has_unread_pictures=True)
        monkeypatch.setattr(looking, "open_file", lambda _data, _name: scan)
        with pytest.raises(PicturesUnreadError):
            receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF")
        assert stored() == []
        paper = receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF", confirmed_unmarked=True).paper
        assert (paper.unmarked_by, paper.has_unread_pictures) == (world.clerk.account, True)
        assert paper.unmarked_at is not None

    def test_each_member_of_a_container_is_a_paper_of_its_own(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = UnreadableError("encrypted", "Tệp có mật khẩu.")
        members = (
            Member("1.txt", 9, Opened("văn bản một", "text/plain")),
            Member("2.doc", 9, error=broken),
        )
        box = Opened("", "application/zip", members=members)
        monkeypatch.setattr(looking, "open_file", lambda _data, _name: box)
        got = receive_file(by=world.clerk, name="goi.zip", data=b"PK", confirmed_unmarked=True)
        cast.run_jobs()
        states = {paper.member: (paper.state, paper.error) for paper in Paper.objects.all()}
        assert states == {"1.txt": ("read", ""), "2.doc": ("failed", "Tệp có mật khẩu.")}
        assert len(got.jobs) == 1

    def test_what_cannot_be_opened_is_told_and_nothing_is_kept(self, world: cast.World) -> None:
        with pytest.raises(UnreadableError):
            receive_file(by=world.clerk, name="rong.txt", data=b"")
        assert stored() == []
        assert not Paper.objects.exists()


class TestRecognised:
    """Pictures are recognised once: while the file is looked at for marks."""

    scan = Opened("CÔNG VĂN MỜI HỌP\nSố 9-CV/VP\n\0", "application/pdf", pages=2, ocr=True)

    def test_what_was_recognised_before_the_stop_is_not_recognised_again(
        self, world: cast.World, opens: list[str]
    ) -> None:
        paper = receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF").paper
        assert paper.recognised is not None
        cast.run_jobs()
        paper.refresh_from_db()
        assert opens == ["quet.pdf"]
        assert (paper.state, paper.recognised) == (Paper.State.READ, None)
        assert paper.reading is not None
        assert paper.reading["text"].startswith("CÔNG VĂN MỜI HỌP")
        source = paper.reading["source"]
        assert (source["ocr"], source["pages"], source["media_type"]) == (True, 2, "application/pdf")

    def test_a_container_with_one_scan_is_opened_once_for_all_its_papers(
        self, world: cast.World, opens: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        members = (Member("1.pdf", 9, self.scan), Member("2.txt", 9, Opened("văn bản hai", "text/plain")))
        monkeypatch.setattr(self, "scan", Opened("", "application/zip", members=members))
        receive_file(by=world.clerk, name="goi.zip", data=b"PK")
        cast.run_jobs()
        assert opens == ["goi.zip"]
        assert {paper.state for paper in Paper.objects.all()} == {Paper.State.READ}

    def test_a_file_without_pictures_keeps_its_text_only_as_its_reading(self, world: cast.World) -> None:
        paper = receive_file(by=world.clerk, name="a.txt", data=PLAIN.encode()).paper
        assert paper.recognised is None

    def test_a_marked_scan_leaves_nothing_of_what_was_recognised(
        self, world: cast.World, opens: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(self, "scan", Opened(f"TỐI MẬT\n\n{SENTENCE}", "application/pdf", ocr=True))
        with pytest.raises(MarkedError) as refused:
            receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF")
        assert tables_with(SENTENCE) == []
        assert not Paper.objects.exists()
        # Nothing that hangs on the exception leads back to the text.
        assert (refused.value.__cause__, refused.value.__context__) == (None, None)

    def test_the_recognised_text_is_in_no_version_of_the_row(
        self, world: cast.World, opens: list[str]
    ) -> None:
        receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF")
        assert tables_with("CÔNG VĂN MỜI HỌP") == ["documents_paper"]

    def test_the_same_scan_again_is_recognised_by_its_bytes_not_by_its_text(
        self, world: cast.World, opens: list[str]
    ) -> None:
        receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF")
        assert receive_file(by=world.officer, name="lai.pdf", data=b"%PDF").is_repeated
        assert opens == ["quet.pdf"]

    def test_known_content_under_a_marked_name_is_refused(self, world: cast.World, opens: list[str]) -> None:
        receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF")
        with pytest.raises(MarkedError):
            receive_file(by=world.clerk, name="quet (MẬT).pdf", data=b"%PDF")
        assert Refusal.objects.get().mark == "mật"

    def test_a_mark_found_only_when_reading_takes_the_file_out_again(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No program read pictures when the file came; the clerk said that it bears no mark."""
        pictures = Opened("trang có ảnh", "application/pdf", pages=1, has_unread_pictures=True)
        seen = Opened(f"TUYỆT MẬT\n\n{SENTENCE}", "application/pdf", pages=1, ocr=True)
        monkeypatch.setattr(looking, "open_file", lambda _data, _name: pictures)
        receive_file(by=world.clerk, name="quet.pdf", data=b"%PDF", confirmed_unmarked=True)
        monkeypatch.setattr(looking, "open_file", lambda _data, _name: seen)
        cast.run_jobs()
        paper = Paper.objects.get()
        assert (paper.state, paper.reading, stored()) == (Paper.State.FAILED, None, [])
        assert Refusal.objects.get().mark == "tuyệt mật"
        assert tables_with(SENTENCE) == []
        jobs.retry(by=world.clerk, job=Job.objects.get())
        cast.run_jobs()
        assert Job.objects.get().attempts == 1

    @pytest.fixture
    def opens(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The names of the files that were opened, all of them as ``scan``."""
        names: list[str] = []

        def opened(_data: bytes, name: str) -> Opened:
            names.append(name)
            return self.scan

        monkeypatch.setattr(looking, "open_file", opened)
        return names


class TestMarked:
    """A paper with a secrecy mark leaves one line, and nothing else anywhere."""

    marked = f"MẬT\n\nBỘ VÍ DỤ\nSố 3-CV/VD\n\n{SENTENCE}\n"

    def test_a_marked_paper_leaves_no_trace_but_day_user_and_mark(self, world: cast.World) -> None:
        with pytest.raises(MarkedError) as refused:
            receive_file(by=world.clerk, name="chuyen-bi-an.txt", data=self.marked.encode())
        line = Refusal.objects.get()
        assert (line.day, line.account, line.mark) == (cast.TODAY, world.clerk.account, "mật")
        assert refused.value.mark == "mật"
        assert refused.value.__cause__ is None
        for words in (SENTENCE, "chuyen-bi-an", "Số 3-CV/VD", files.sha256_of(self.marked.encode())):
            assert tables_with(words) == []
        assert stored() == []

    def test_a_marked_paper_within_a_zip_refuses_the_whole(self, world: cast.World) -> None:
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("thuong.txt", "Một công văn bình thường.")
            archive.writestr("kin.txt", self.marked)
        with pytest.raises(MarkedError):
            receive_file(by=world.clerk, name="goi.zip", data=box.getvalue())
        assert tables_with(SENTENCE) == []
        assert not Attachment.objects.exists()

    def test_the_gravest_mark_of_a_container_is_the_one_that_is_kept(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        members = tuple(
            Member(mark, 9, Opened(mark, "text/plain")) for mark in ("MẬT", "TUYỆT MẬT", "TỐI MẬT")
        )
        monkeypatch.setattr(
            looking, "open_file", lambda _data, _name: Opened("", "application/zip", members=members)
        )
        monkeypatch.setattr(looking, "find_mark", lambda text, *_rest: text.lower() or None)
        with pytest.raises(MarkedError):
            receive_file(by=world.clerk, name="goi.zip", data=b"PK")
        assert Refusal.objects.get().mark == "tuyệt mật"


def _break(**_values: object) -> None:
    raise RuntimeError


@pytest.mark.usefixtures("told")
class TestFailed:
    """A paper whose reading failed."""

    def test_it_says_why_and_can_be_read_once_its_cause_is_gone(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        receive_file(by=world.clerk, name="a.txt", data=PLAIN.encode())
        with monkeypatch.context() as patch:
            patch.setattr(looking, "read_text", _unreadable)
            cast.run_jobs()
        paper, job = Paper.objects.get(), Job.objects.get()
        assert (paper.state, paper.error) == (Paper.State.FAILED, "Tệp có mật khẩu.")
        assert (job.state, job.message, job.attempts) == (Job.State.FAILED, "Tệp có mật khẩu.", 1)
        jobs.retry(by=world.clerk, job=job)
        cast.run_jobs()
        paper.refresh_from_db()
        assert (paper.state, paper.error) == (Paper.State.READ, "")


@pytest.mark.django_db(transaction=True)
class TestKilled:
    """A process that is killed while it takes a file in leaves nothing, once the next one has started."""

    @pytest.mark.parametrize(
        "moment",
        [
            "nhipcau.records.foundation.files.os.fsync",  # the file is in the spool
            "nhipcau.records.documents.services.receiving._paper",  # the file stands under its hash
            "nhipcau.records.foundation.events.record",  # all rows are written, nothing is committed
        ],
    )
    def test_neither_row_nor_file_stays(self, moment: str) -> None:
        cast.build()
        killed = _receive_and_die(moment)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert len(stored()) == 1
        for path in stored():
            os.utime(path, (0, 0))
        assert files.clean_spool() + files.sweep_orphans() == 1
        assert stored() == []
        for model in (Paper, Attachment, Job):
            assert not model.objects.exists()


def _unreadable(_raw: str, _source: object) -> None:
    raise UnreadableError("encrypted", "Tệp có mật khẩu.")


def _receive_and_die(moment: str) -> subprocess.CompletedProcess[str]:
    """Receive a file in a process of its own that is killed when it reaches ``moment``."""
    known = connection.settings_dict
    login = Login(known["USER"], known["PASSWORD"], known["HOST"], int(known["PORT"]), known["NAME"])
    code = f"""
import os, signal
import django
from django.conf import settings
django.setup()
settings.NHIPCAU_FILES = {str(settings.NHIPCAU_FILES)!r}
from unittest.mock import patch
from nhipcau.records.documents.services import receive_file
from nhipcau.records.foundation.actors import act
from nhipcau.records.foundation.models import Account
from tests.world import TODAY
by = act(Account.objects.get(username="clerk"), door="web", on=TODAY)
with patch({moment!r}, lambda *_a, **_k: os.kill(os.getpid(), signal.SIGKILL)):
    receive_file(by=by, name="a.txt", data="Một công văn.".encode())
"""
    environment = {**os.environ, "DATABASE_URL": login.url, "DJANGO_SETTINGS_MODULE": "nhipcau.site.settings"}
    root = Path(__file__).resolve().parents[3]
    return subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
