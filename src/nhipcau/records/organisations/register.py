"""The register of units: facts only. Interchange imports and exports by it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.intake import Incoming, Intake
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import UNITS
from nhipcau.records.foundation.register import Column, Field, Register
from nhipcau.records.organisations.services.importing import UnitRoom

_LEVELS = tuple((value, label) for value, label in Unit.Level.choices)
_PILLARS = tuple((value, label) for value, label in Unit.Pillar.choices)

REGISTER = Register(
    slug="units",
    kind="unit",
    title=_("Units"),
    title_one=_("Unit"),
    model=Unit,
    policy=UNITS,
    columns=(
        Column(name="name", heading=_("Name"), shape="link", narrow=True),
        Column(name="short_name", heading=_("Short name")),
        Column(name="get_level_display", heading=_("Level")),
    ),
    fields=(
        Field(
            name="name",
            heading=_("Name"),
            required=True,
            incoming=Incoming(
                is_key=True, longest=300, also=("Tên đơn vị", "Đơn vị"), example="Ban Hợp tác quốc tế"
            ),
        ),
        Field(
            name="short_name",
            heading=_("Short name"),
            incoming=Incoming(longest=120, also=("Tên viết tắt", "Viết tắt"), example="Ban HTQT"),
        ),
        Field(name="type", heading=_("Type"), incoming=Incoming(longest=60, example="ban")),
        Field(
            name="level",
            heading=_("Level"),
            required=True,
            choices=_LEVELS,
            incoming=Incoming(value="choice", example="cấp tỉnh"),
        ),
        Field(
            name="pillar",
            heading=_("Pillar"),
            choices=_PILLARS,
            incoming=Incoming(value="choice"),
        ),
        Field(
            name="parent",
            heading=_("Parent unit"),
            incoming=Incoming(
                value="record",
                is_key=True,
                longest=300,
                also=("Đơn vị cha", "Đơn vị chủ quản", "Trực thuộc"),
            ),
        ),
        Field(
            name="since",
            heading=_("In force on"),
            shape="date",
            incoming=Incoming(
                value="date", is_act=True, also=("Từ ngày", "Ngày thành lập"), example="01/07/2025"
            ),
        ),
        Field(
            name="basis",
            heading=_("Legal basis"),
            incoming=Incoming(is_act=True, longest=500, also=("Quyết định", "Số quyết định")),
        ),
    ),
    filters=(),
    search="folded",
    key=("name", "id"),
    view=Permission.UNIT_VIEW,
    export=Permission.UNIT_VIEW,
    intake=Intake(permission=Permission.UNIT_MANAGE, open=UnitRoom),
    is_drawn=False,
)
