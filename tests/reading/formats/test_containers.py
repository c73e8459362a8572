"""ZIP archives and edXML messages: each file in turn, none stops the others, nothing grows without bound."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats.limits import DEFAULT, Limits
from nhipcau.reading.formats.opening import open_all, open_file
from tests.reading.formats import samples

EXAMPLES = Path(__file__).parents[4] / "shared/handbook/data/edxml_examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the handbook is not beside the checkout")
SMALL = Limits(unpacked_bytes=3_000_000, part_bytes=2_000_000, entries=50)


def code_of(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(UnreadableError) as caught:
        open_file(data, "x.zip", limits=limits)
    return caught.value.code


def test_every_file_of_an_archive_is_opened() -> None:
    files = {f"thu muc/van ban{suffix}": make("Nội dung") for suffix, make in samples.MAKERS.items()}
    members = open_all(samples.to_zip(files), "tap.zip")

    assert [member.name.split("/")[2].rpartition(".")[2] for member in members] == [
        suffix[1:] for suffix in samples.MAKERS
    ]
    assert all(member.opened and member.opened.text.strip() == "Nội dung" for member in members)


def test_a_file_that_cannot_be_read_does_not_stop_the_others() -> None:
    members = open_all(
        samples.to_zip({"a.txt": b"A", "rong.txt": b"", "hong.pdf": b"%PDF-1.4 ...", "b.txt": b"B"}), "z.zip"
    )

    assert [(member.name, member.error.code if member.error else "") for member in members] == [
        ("z.zip/a.txt", ""),
        ("z.zip/rong.txt", "empty"),
        ("z.zip/hong.pdf", "damaged"),
        ("z.zip/b.txt", ""),
    ]


def test_names_of_an_archive_never_become_paths() -> None:
    """Nothing is unpacked to a disk, so a name that climbs out of its folder is only a name."""
    members = open_all(samples.to_zip({"../../etc/cron.d/x": b"A"}), "z.zip")

    assert [member.name for member in members] == ["z.zip/../../etc/cron.d/x"]


def test_litter_of_systems_is_passed_over() -> None:
    files = {"__MACOSX/._a": b"\0", "a.txt": b"A", "Thumbs.db": b"\0", "sub/.DS_Store": b"\0"}

    assert [member.name for member in open_all(samples.to_zip(files), "z")] == ["z/a.txt"]


def test_an_archive_in_an_archive_is_opened_and_no_deeper() -> None:
    one = samples.to_zip({"a.txt": b"A"})
    two = samples.to_zip({"mot.zip": one})

    assert open_all(two, "z")[0].opened is not None
    three = open_all(samples.to_zip({"hai.zip": two, "b.txt": b"B"}), "z")
    assert [member.error.code if member.error else "" for member in three] == ["too_deep", ""]


@pytest.mark.parametrize(
    "bomb",
    [
        {"a": bytes(2_500_000)},
        {f"{number}": bytes(1_000_000) for number in range(4)},
        {f"{number}": b"x" for number in range(60)},
        {"inner.zip": samples.to_zip({f"{number}": bytes(999_999) for number in range(4)})},
    ],
    ids=["one part", "together", "entries", "in layers"],
)
def test_bombs_are_refused_whatever_their_shape(bomb: dict[str, bytes]) -> None:
    assert code_of(samples.to_zip(bomb), SMALL) == "zip_bomb"


def test_a_part_that_unpacks_far_beyond_its_size_is_a_bomb() -> None:
    """40 MB of zeros are far within the bounds of size, but no paper is packed to a thousandth."""
    assert code_of(samples.to_zip({"a.txt": bytes(40_000_000)})) == "zip_bomb"


def test_a_word_file_can_be_a_bomb_too() -> None:
    files = samples.parts(samples.to_docx("Nội dung")) | {"word/document.xml": bytes(40_000_000)}

    assert code_of(samples.to_zip(files)) == "zip_bomb"


class TestMessages:
    def test_attachments_are_read_and_the_header_stands_beside_each(self) -> None:
        data = samples.to_edxml(
            {"a.txt": "Một".encode(), "b.docx": samples.to_docx("Hai")}, subject="Kết quả quý I"
        )
        members = open_all(data, "m.edxml")

        assert [member.opened.text.strip() for member in members if member.opened] == ["Một", "Hai"]
        assert all("Kết quả quý I" in "".join(member.opened.extras) for member in members if member.opened)

    def test_an_attachment_may_be_the_bare_file(self) -> None:
        data = samples.to_edxml({"a.txt": b"x"})
        coded = base64.b64encode(samples.to_zip({"a.txt": b"x"}))
        bare = data.replace(coded, base64.b64encode("Nội dung".encode()))

        assert open_all(bare, "m")[0].opened.text == "Nội dung"  # type: ignore[union-attr]

    def test_an_attachment_that_is_no_base64_has_its_error(self) -> None:
        data = samples.to_edxml({"a.txt": b"x"})
        coded = base64.b64encode(samples.to_zip({"a.txt": b"x"}))

        member = open_all(data.replace(coded, b"${ATTACHMENT}"), "m")[0]
        assert member.error is not None
        assert "base64" in str(member.error)

    def test_an_attachment_of_more_than_ten_megabytes_is_read(self) -> None:
        """The XML library takes so long a text only where it is asked to."""
        words = "".join(f"Dòng {number} của văn bản\n" for number in range(300_000)).encode()
        data = samples.to_edxml({"a.txt": b"x"})
        coded = base64.b64encode(samples.to_zip({"a.txt": b"x"}))
        big = data.replace(coded, base64.b64encode(words))

        assert len(big) > 10_000_000
        assert open_all(big, "m")[0].error is None

    @pytest.mark.parametrize(
        ("space", "named"),
        [
            ("http://www.e-doc.vn/Schema/", "e-doc.vn"),
            ("http://www.go.vn/eDoc", "go.vn/eDoc"),
            ("urn:other", "urn:other"),
        ],
    )
    def test_other_namespaces_are_named_and_not_read(self, space: str, named: str) -> None:
        with pytest.raises(UnreadableError, match=named.replace(".", r"\.")) as caught:
            open_file(samples.to_edxml({"a.txt": b"x"}, space=space), "m")

        assert caught.value.code == "edxml_namespace"

    @needs_examples
    def test_the_examples_of_the_handbook(self) -> None:
        """A new document, a status, an update; of the broken one the place of the first fault is told."""
        results = {path.name[:2]: open_all(path.read_bytes(), path.name) for path in EXAMPLES.glob("*.edxml")}

        assert [member.opened.text for member in results["01"] if member.opened] == [
            "Synthetic report 21/BC-LHHN"
        ]
        assert "Mã trạng thái: 03" in results["02"][0].opened.text  # type: ignore[union-attr]
        assert [member.error for member in results["03"]] == [None, None]
        assert "dòng 1" in str(results["04"][0].error)
