"""Files brought into a register: dropped, columns named, previewed, confirmed, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.interchange.incoming import bringing, headings
from nhipcau.interchange.incoming.telling import MOST_SHOWN
from nhipcau.interchange.outgoing import intake_workbook
from nhipcau.interchange.registers import incoming_named
from nhipcau.reading.findings import MarkedError, UnreadableError
from nhipcau.records.foundation import files
from nhipcau.records.foundation.models import Import
from nhipcau.records.foundation.policies import IMPORTS, NotFound
from nhipcau.records.foundation.register import Register
from nhipcau.records.foundation.services import imports
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.kit.pages import XLSX

NEWEST = 20
BUSY = (Import.State.CHECKING, Import.State.WRITING)
#: The steps in order, and the states in which a file stands at each.
STEPS = ("file", "columns", "preview", "write")
AT = {"columns": 1, "checking": 2, "ready": 2, "writing": 3, "done": 4, "failed": 2, "dropped": 2}


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of a file at the door; ``ask`` where the person must first look into it."""

    css: str
    words: str
    ask: bool = False


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: DeskRequest, slug: str) -> HttpResponse:
    """The page of one register's files: drop one here, and the newest of the office."""
    register = _register(request, slug)
    notice = None
    if request.method == "POST":
        answer = _bring(request, register)
        if isinstance(answer, Import):
            return redirect("import", answer.public_id)
        notice = answer
    rows = IMPORTS.scope(request.acting).filter(register=slug).select_related("created_by").order_by("-id")
    context = {
        "register": register,
        "notice": notice,
        "fields": headings.incoming(register),
        "rows": rows[:NEWEST],
        "steps": _steps(0),
    }
    return render(request, "imports/start.html", context)


@require_GET
@signed_in
def table(request: DeskRequest, slug: str) -> FileResponse:
    """The records as the file that would bring them in; for an empty register only its headings."""
    book = intake_workbook(_register(request, slug), by=request.acting)
    name = f"{slug}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


@require_GET
@signed_in
def taken(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """One file: where it stands, and what can be done with it."""
    row = _taken(request, public_id)
    register = incoming_named(row.register)
    asks_columns = row.state == Import.State.COLUMNS or (
        "columns" in request.GET and row.state in (Import.State.READY, Import.State.FAILED)
    )
    if asks_columns:
        return _columns_page(request, register, row, bringing.proposal(request.acting, register, row), [])
    return render(request, "imports/taken.html", _context(register, row))


@require_POST
@signed_in
def columns(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Say which column holds what; or that the headings stand in another row."""
    row = _taken(request, public_id)
    register = incoming_named(row.register)
    chosen = _choices(request, row)
    try:
        if "rows" in request.POST:
            layout = bringing.look_again(request.acting, register, row, _heading_rows(request, row))
            imports.keep_layout(by=request.acting, taken=row, layout=layout)
        else:
            bringing.choose(by=request.acting, register=register, taken=row, choices=chosen)
    except (ValidationError, UnreadableError) as error:
        sentences = error.messages if isinstance(error, ValidationError) else [str(error)]
        return _columns_page(request, register, row, chosen, sentences)
    return redirect("import", public_id)


@require_POST
@signed_in
def confirm(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Write what the preview shows."""
    row = _taken(request, public_id)
    title = bringing.title(incoming_named(row.register))
    only_good = request.POST.get("only_good") == "yes"
    return _acted(
        request,
        public_id,
        lambda: imports.confirm_import(by=request.acting, taken=row, title=title, only_good=only_good),
    )


@require_POST
@signed_in
def again(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Make the preview once more."""
    row = _taken(request, public_id)
    title = bringing.title(incoming_named(row.register))
    return _acted(request, public_id, lambda: imports.check_again(by=request.acting, taken=row, title=title))


@require_POST
@signed_in
def leave(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Write nothing of the file."""
    row = _taken(request, public_id)
    return _acted(request, public_id, lambda: imports.drop_import(by=request.acting, taken=row))


@require_GET
@signed_in
def progress(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """How far the work is; when it is done, the page is asked to load anew."""
    row = _taken(request, public_id)
    answer = render(request, "imports/progress.html", {"taken": row, "is_busy": row.state in BUSY})
    if row.state not in BUSY:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_GET
@signed_in
def outcome(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """All rows of the file with their results and reasons, as XLSX."""
    row = _taken(request, public_id)
    if row.outcome is None:
        raise NotFound
    answer = HttpResponse(files.read(row.outcome), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="ket-qua-{row.created_at:%Y-%m-%d}.xlsx"'
    return answer


def _register(request: DeskRequest, slug: str) -> Register:
    """The register, where files may come into it and the actor may bring them."""
    try:
        register = incoming_named(slug)
    except LookupError:
        raise NotFound from None
    IMPORTS.require(request.acting, bringing.intake_of(register).permission)
    return register


def _taken(request: DeskRequest, public_id: UUID) -> Import:
    rows = Import.objects.select_related("attachment", "outcome", "job", "office__unit", "created_by")
    return IMPORTS.fetch(request.acting, public_id, rows=rows)


def _bring(request: DeskRequest, register: Register) -> Import | Notice:
    file = request.FILES.get("file")
    if file is None:
        return Notice("warn", _("No file was chosen. Drop one on the frame or choose it there."))
    unmarked = request.POST.get("unmarked") == "yes"
    try:
        return bringing.bring(
            by=request.acting,
            register=register,
            name=file.name or _("without a name"),
            data=file.read(),
            confirmed_unmarked=unmarked,
        )
    except MarkedError as marked:
        words = _(
            "Refused: it bears the mark “%s”. Nothing of it was kept. "
            "Hand it over by the way for such papers."
        )
        return Notice("bad", words % marked.mark.upper())
    except UnreadableError as error:
        return Notice("bad", str(error))
    except bringing.UnseenError as unseen:
        words = _("It holds pictures or files into which nobody here can look for a mark: %s.")
        return Notice("warn", words % ", ".join(unseen.names[:5]), ask=True)


def _acted(request: DeskRequest, public_id: UUID, act: Any) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence, extra_tags="bad")
    return redirect("import", public_id)


def _columns_page(
    request: DeskRequest, register: Register, row: Import, chosen: dict[str, Any], sentences: list[str]
) -> HttpResponse:
    options = [(headings.ID, headings.id_heading())]
    options += [(field.name, str(field.heading)) for field in headings.incoming(register)]
    sheets = [{**sheet, "is_chosen": sheet["place"] in chosen["sheets"]} for sheet in row.layout["sheets"]]
    context = {
        "register": register,
        "taken": row,
        "sheets": sheets,
        "columns": [
            {**one, "field": chosen["columns"].get(one["folded"], ""), "name": f"column-{place}"}
            for place, one in enumerate(_columns(row))
        ],
        "options": options,
        "required": [str(field.heading) for field in headings.incoming(register) if field.required],
        "sentences": sentences,
        "steps": _steps(1),
    }
    return render(request, "imports/columns.html", context)


def _columns(row: Import) -> list[dict[str, Any]]:
    """Every heading of the file once, in order, with the sheets in which it stands."""
    found: dict[str, dict[str, Any]] = {}
    for sheet in row.layout["sheets"]:
        for one in sheet["headings"]:
            entry = found.setdefault(one["folded"], {**one, "sheets": []})
            entry["sheets"].append(sheet["name"])
            entry["example"] = entry["example"] or one["example"]
    return list(found.values())


def _choices(request: DeskRequest, row: Import) -> dict[str, Any]:
    given = request.POST
    sheets = [sheet["place"] for sheet in row.layout["sheets"] if given.get(f"sheet-{sheet['place']}")]
    named = {one["folded"]: given.get(f"column-{place}", "")[:60] for place, one in enumerate(_columns(row))}
    return {"columns": named, "sheets": sheets}


def _heading_rows(request: DeskRequest, row: Import) -> dict[int, int]:
    given = {sheet["place"]: request.POST.get(f"row-{sheet['place']}", "") for sheet in row.layout["sheets"]}
    return {place: int(words) for place, words in given.items() if words.isdigit() and len(words) < 7}  # noqa: PLR2004


def _context(register: Register, row: Import) -> dict[str, Any]:
    """What the page of a previewed, written or failed file shows."""
    sheets = [one for one in row.layout["sheets"] if one["place"] in row.choices.get("sheets", [])]
    named = row.choices.get("columns", {})
    return {
        "register": register,
        "taken": row,
        "is_busy": row.state in BUSY,
        "told": [(sheet["name"], sentence) for sheet in sheets for sentence in sheet["told"]],
        "left_out": [one["words"] for one in _columns(row) if not named.get(one["folded"])],
        "left_sheets": [one["name"] for one in row.layout["sheets"] if one not in sheets],
        "good": row.new + row.changed,
        "most": MOST_SHOWN,
        "steps": _steps(AT[row.state]),
    }


def _steps(at: int) -> list[dict[str, str]]:
    names = {
        "file": _("Choose the file"),
        "columns": _("Name the columns"),
        "preview": _("Preview"),
        "write": _("Write"),
    }
    return [
        {"words": names[step], "css": "" if place < at else "here" if place == at else "ahead"}
        for place, step in enumerate(STEPS)
    ]
