"""The register of documents: facts only. ``web/kit`` draws it, interchange exports by it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.records.documents.models import Document
from nhipcau.records.documents.policies import DOCUMENTS
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.register import Column, Field, Filter, Register

_KINDS = tuple((value, label) for value, label in Document.Kind.choices)
_LEVELS = tuple((value, label) for value, label in Unit.Level.choices)
_KEEPERS = (("others", _("other offices, which let us read along")),)
_STATES = tuple((value, label) for value, label in Document.State.choices)
_URGENCIES = tuple((value, label) for value, label in Document.Urgency.choices)

REGISTER = Register(
    slug="documents",
    kind="document",
    title=_("Documents"),
    title_one=_("Document"),
    model=Document,
    policy=DOCUMENTS,
    columns=(
        Column(name="register_label", heading=_("Register no.")),
        Column(name="number", heading=_("Number and symbol"), shape="link", narrow=True),
        Column(name="date", heading=_("Date"), shape="date", narrow=True),
        Column(name="type_name", heading=_("Type")),
        Column(name="subject", heading=_("Subject"), shape="long", narrow=True),
        Column(name="issuer_name", heading=_("Issuer")),
        Column(name="get_level_display", heading=_("Level")),
        Column(name="get_state_display", heading=_("Status"), shape="state"),
    ),
    fields=(
        Field(name="issuer_name", heading=_("Issuer")),
        Field(name="parent_issuer_name", heading=_("Parent issuer")),
        Field(name="author_name", heading=_("Author")),
        Field(name="type_name", heading=_("Type"), required=True),
        Field(name="number", heading=_("Number and symbol")),
        Field(name="date", heading=_("Date"), shape="date"),
        Field(name="subject", heading=_("Subject"), shape="long"),
        Field(name="place", heading=_("Place")),
        Field(name="signer_title", heading=_("Signer's office")),
        Field(name="urgency", heading=_("Urgency"), choices=_URGENCIES),
        Field(name="level", heading=_("Level"), choices=_LEVELS),
        Field(name="kind", heading=_("Kind"), choices=_KINDS),
        Field(name="date_received", heading=_("Received on"), shape="date"),
    ),
    filters=(
        Filter(name="type", heading=_("Type"), field="type_name"),
        Filter(name="issuer", heading=_("Issuer"), field="issuer_name"),
        Filter(name="year", heading=_("Year"), field="date", shape="year"),
        Filter(name="level", heading=_("Level"), field="level", choices=_LEVELS),
        Filter(name="of", heading=_("Kept by"), field="office", shape="keeper", choices=_KEEPERS),
        Filter(name="state", heading=_("Status"), field="state", choices=_STATES),
    ),
    search="folded",
    key=("placed_on", "line", "id"),
    related=("attached_to",),
    view=Permission.DOCUMENT_VIEW,
    export=Permission.DOCUMENT_EXPORT,
)
