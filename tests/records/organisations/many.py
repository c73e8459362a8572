"""Many units at once, in a tree of provinces and communes, for plans and growth."""

from __future__ import annotations

from datetime import date

from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import Change
from nhipcau.records.organisations.services import Draft, Facts
from tests.records.organisations.building import LONG_AGO, us

SYLLABLES = (
    "An",
    "Bến",
    "Cồn",
    "Đồi",
    "Gò",
    "Hòa",
    "Kênh",
    "Long",
    "Mỹ",
    "Ngân",
    "Phú",
    "Quế",
    "Sông",
    "Trúc",
)


def plant(provinces: int, each: int, *, start: int = 0, since: date = LONG_AGO) -> list[Unit]:
    """A centre, provinces and ``each`` communes below every one; returns the provinces."""
    draft = Draft()
    top = _grow(draft, Facts(f"Trung ương {start}", "centre"), None, since)
    made = []
    for number in range(start, start + provinces):
        province = _grow(draft, Facts(f"Tỉnh {_name(number)}", "province", "tỉnh"), top, since)
        made.append(province)
        for place in range(each):
            facts = Facts(f"Xã {_name(number * each + place)}", "commune", "xã")
            _grow(draft, facts, province, since)
    services.load_units(by=us(), draft=draft, title="Nhiều đơn vị")
    return made


def _grow(draft: Draft, facts: Facts, below: Unit | None, since: date) -> Unit:
    unit = draft.unit(facts)
    change = draft.act(Change.Kind.FOUND, unit, since)
    draft.version(change, unit, facts)
    if below is not None:
        draft.place(change, unit, below)
    return unit


def _name(number: int) -> str:
    words, rest = [], number + len(SYLLABLES)
    while rest:
        rest, place = divmod(rest, len(SYLLABLES))
        words.append(SYLLABLES[place])
    return " ".join(words)
