"""Stubs of marked papers: four facts entered by hand, and the list of them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nhipcau.records.documents import selectors, services
from nhipcau.records.documents.models import MarkedStub
from nhipcau.records.foundation.access import Permission
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.turning import turned


class StubForm(forms.Form):
    """Number, date, issuer and mark; there is no field for anything else."""

    number = forms.CharField(label=gettext_lazy("Number and symbol"), max_length=80)
    date = forms.DateField(label=gettext_lazy("Date"), input_formats=["%d/%m/%Y"])
    issuer_name = forms.CharField(label=gettext_lazy("Issuer"), max_length=300)
    mark = forms.ChoiceField(label=gettext_lazy("Secrecy mark"), choices=MarkedStub.Mark.choices)


@require_http_methods(["GET", "POST"])
@signed_in
def stubs(request: DeskRequest) -> HttpResponse:
    """The stubs of the office, and the form for a new one."""
    form = StubForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_stub(by=request.acting, **form.cleaned_data)
            messages.success(request, _("The stub is kept; nothing else of the paper is."), extra_tags="good")
            return redirect("documents:stubs")
        except ValidationError as error:
            form.add_error(None, error)
    kept = selectors.stubs(by=request.acting)
    context = {
        "form": form,
        "turned": turned(request, kept),
        "count": kept.count(),
        "may": Permission.STUB_ENTER in request.acting.permissions,
        "way": "documents",
    }
    return render(request, "documents/stubs.html", context)
