"""What could not be looked at for a secrecy mark is not kept in silence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from nhipcau.reading.findings import UnreadableError
from nhipcau.records.documents.models import Paper
from nhipcau.records.documents.services import PicturesUnreadError, receive_file
from nhipcau.records.foundation.models import Attachment
from tests import world as cast

MARKED = "TUYỆT MẬT\n\nBỘ VÍ DỤ\nSố 3-CV/VD\n\nNội dung.\n".encode()
PLAIN = "BỘ VÍ DỤ\nSố 4-CV/VD\n\nCÔNG VĂN\nVề việc thường.\n".encode()

pytestmark = pytest.mark.django_db


def zipped(**members: bytes) -> bytes:
    """A ZIP file; "_" in a name stands for its dot."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return box.getvalue()


def stored() -> list[Path]:
    """The files in the store of the house."""
    return [path for path in Path(settings.NHIPCAU_FILES).rglob("*") if path.is_file()]


def deep() -> bytes:
    """A marked paper below more layers of ZIP than are opened."""
    data = zipped(kin_txt=MARKED)
    for _layer in range(5):
        data = zipped(goi_zip=data)
    return data


def test_a_container_of_which_nothing_opens_is_refused_and_nothing_of_it_stays(world: cast.World) -> None:
    with pytest.raises(UnreadableError) as refused:
        receive_file(by=world.clerk, name="goi.zip", data=deep(), confirmed_unmarked=True)
    assert "quá nhiều lớp" in str(refused.value)
    assert stored() == []
    assert not Attachment.objects.exists()


def test_a_table_is_refused_at_the_door_and_nothing_of_it_stays(world: cast.World) -> None:
    """Marked cells of it are none of a paper's lines: so it goes by the way that looks into cells."""
    rows = "Tên;Dấu;Nơi\n" + "Tổ Lễ tân;MẬT;Sở Ngoại vụ\n" * 6
    with pytest.raises(UnreadableError) as refused:
        receive_file(by=world.clerk, name="bang.csv", data=rows.encode(), confirmed_unmarked=True)
    assert "Nhập từ tệp" in str(refused.value)
    assert stored() == []
    assert not Attachment.objects.exists()


def test_a_member_that_nobody_could_look_into_is_asked_about_before_anything_is_kept(
    world: cast.World,
) -> None:
    data = zipped(thuong_txt=PLAIN, goi_zip=deep())
    with pytest.raises(PicturesUnreadError) as asked:
        receive_file(by=world.clerk, name="thu.zip", data=data)
    assert [name.split("/")[0] for name in asked.value.unopened] == ["goi.zip"]
    assert stored() == []


def test_who_says_that_such_a_member_bears_no_mark_is_kept(world: cast.World) -> None:
    data = zipped(thuong_txt=PLAIN, hong_docx=b"PK\x03\x04" + b"x" * 50)
    receive_file(by=world.clerk, name="thu.zip", data=data, confirmed_unmarked=True)
    told = {paper.member: paper.unmarked_by for paper in Paper.objects.all()}
    assert told == {"thuong.txt": None, "hong.docx": world.clerk.account}
