"""Mutated files of every format give a text or one clear sentence, never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.reading import secrecy
from nhipcau.reading.formats import programs
from nhipcau.reading.formats.limits import Limits
from nhipcau.reading.formats.opening import open_all
from tests.reading.formats import samples

DATA = Path(__file__).parent / "data"
TEXT = "ỦY BAN NHÂN DÂN TỈNH NÚI MẪU\nSố: 07/KH-UBND\n1. Kế hoạch đối ngoại nhân dân năm 2026; MẬT\n" * 3
SAMPLES = {suffix: make(TEXT) for suffix, make in samples.MAKERS.items()}
SAMPLES |= {path.name: path.read_bytes() for path in DATA.glob("office.*")}
SAMPLES["picture.docx"] = samples.to_docx(
    TEXT, header="đầu", box="khung", picture=samples.picture_bytes(samples.to_stamp("A"))
)
SAMPLES["tcvn3.txt"] = samples.to_tcvn3(TEXT).encode("cp1252", errors="replace")
SAMPLES[".png"] = samples.picture_bytes(samples.to_stamp("ABC"))
SMALL = Limits(unpacked_bytes=5_000_000, part_bytes=2_000_000)
EXTREMES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\x01")

steps = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "double", "overwrite", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 300),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(autouse=True, scope="module")
def no_programs() -> object:
    """Thousands of pictures are not worth recognising here."""
    patch = pytest.MonkeyPatch()
    patch.setattr(programs, "can_recognise", lambda: False)
    yield None
    patch.undo()


def mutated(data: bytes, plan: list[tuple[str, float, int]]) -> bytes:
    """``data`` with bits flipped, pieces cut, doubled, overwritten, or the end missing."""
    changed = bytearray(data)
    for kind, where, size in plan:
        place = int(where * len(changed))
        if kind == "flip" and changed:
            changed[place] ^= 1 << size % 8
        elif kind == "cut":
            del changed[place : place + size]
        elif kind == "double":
            changed[place:place] = changed[place // 2 : place // 2 + size]
        elif kind == "overwrite":
            extreme = EXTREMES[size % len(EXTREMES)]
            changed[place : place + len(extreme)] = extreme
        elif kind == "end":
            del changed[max(place, len(changed) // 3) :]
    return bytes(changed)


def with_mutated_part(data: bytes, which: int, plan: list[tuple[str, float, int]]) -> bytes:
    """A package whose directory is sound and one of whose parts is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for number, info in enumerate(old.infolist()):
            part = old.read(info)
            chosen = number == which % len(old.infolist())
            new.writestr(info.filename, mutated(part, plan) if chosen else part)
    return out.getvalue()


def read(data: bytes) -> None:
    """Open and look for marks; every refusal is one Vietnamese sentence."""
    for member in open_all(data, "van-ban", limits=SMALL):
        if member.error:
            sentence = str(member.error)
            assert sentence.strip().endswith((".", "-vie"))
            assert "\n" not in sentence
        elif member.opened:
            secrecy.of_file(member.opened, member.name)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("name", sorted(SAMPLES))
@given(plan=steps)
def test_mutated_bytes(name: str, plan: list[tuple[str, float, int]]) -> None:
    read(mutated(SAMPLES[name], plan))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("name", sorted(name for name, data in SAMPLES.items() if data[:2] == b"PK"))
@given(which=st.integers(0, 50), plan=steps)
def test_mutated_parts_of_packages(name: str, which: int, plan: list[tuple[str, float, int]]) -> None:
    read(with_mutated_part(SAMPLES[name], which, plan))


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=2000))
def test_any_bytes(data: bytes) -> None:
    read(data)


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=1500), name=st.sampled_from(sorted(SAMPLES)))
def test_any_bytes_behind_a_true_beginning(data: bytes, name: str) -> None:
    """The first bytes promise a format, and then comes anything."""
    read(SAMPLES[name][:600] + data)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_cut_off_file_is_answered(name: str) -> None:
    data = SAMPLES[name]
    for part in range(1, 12):
        read(data[: len(data) * part // 12])
