"""Work in the background, and trying again what failed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.records.foundation import jobs as background
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import Job
from nhipcau.records.foundation.policies import JOBS
from nhipcau.records.foundation.selectors import job_counts
from nhipcau.records.foundation.selectors import jobs as newest
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.turning import turned

SHOWN = 100


@require_GET
@signed_in
def jobs(request: DeskRequest) -> HttpResponse:
    """The office's jobs, newest first, page by page; asks again by itself while something runs."""
    counts = job_counts(by=request.acting)
    busy = counts[Job.State.QUEUED] + counts[Job.State.RUNNING]
    shown = turned(request, newest(by=request.acting), size=SHOWN)
    context = {
        # A title may be the name of a paper, which who sees no documents must not see.
        "may_see_titles": Permission.DOCUMENT_VIEW in request.acting.permissions,
        "jobs": shown.rows,
        "turned": shown,
        "here": request.get_full_path(),
        "is_busy": busy,
        "sentence": _sentence(busy, counts),
    }
    return render(request, "jobs/jobs.html", context)


@require_POST
@signed_in
def retry(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """Queue a failed job again."""
    background.retry(by=request.acting, job=JOBS.fetch(request.acting, public_id))
    messages.success(request, _("It is tried again."), extra_tags="good")
    return redirect("jobs")


def _sentence(busy: int, counts: dict[str, int]) -> str:
    parts = [
        ngettext("%d job is under way.", "%d jobs are under way.", busy) % busy
        if busy
        else _("Nothing is under way.")
    ]
    failed = counts[Job.State.FAILED]
    if failed:
        parts.append(ngettext("%d failed.", "%d failed.", failed) % failed)
    return " ".join(parts)
