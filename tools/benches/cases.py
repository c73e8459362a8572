"""What is measured: each case ours, and the same rows in Django's admin or Tryton, which do less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.db.models import Count
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from nhipcau.records.documents.models import Document
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.foundation import services
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor, act, system
from nhipcau.records.foundation.listing import page
from nhipcau.records.foundation.models import ADMINISTRATIVE, Account, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import SEES_ROLES_BELOW, OwnedPolicy
from nhipcau.records.organisations import selectors
from nhipcau.records.organisations.models import ParentLink
from tools.benches import peers, tryton

TYPED = "phu"
Work = Callable[[], "float | None"]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure."""

    name: str
    ours: Work
    theirs: dict[str, Work] = field(default_factory=dict)


@contextmanager
def prepared(tryton_python: str) -> Iterator[list[Case]]:
    """The cases, ready to be taken in turns."""
    province = _province()
    head = _head(province)
    with ExitStack() as stack:
        other = stack.enter_context(tryton.running(tryton_python, province)) if tryton_python else None
        yield _cases(province, head, other)


def _cases(province: Unit, head: Actor, other: tryton.Tryton | None) -> list[Case]:
    ours, theirs = _browser(head), _peer(head)
    today = timezone.localdate()
    below = {
        "unit__ancestor_rows__ancestor__id": province.pk,
        "unit__ancestor_rows__hierarchy": ADMINISTRATIVE,
        "unit__ancestor_rows__depth": 1,
        "unit__ancestor_rows__valid_from__lte": today,
        "unit__ancestor_rows__valid_to__isnull": "True",
        "valid_from__lte": today,
        "valid_to__isnull": "True",
    }
    picks = {"app_label": "documents", "model_name": "document", "field_name": "issuer", "term": TYPED}

    def admin(name: str, *given: object, **asked: object) -> Work:
        address = reverse(f"peer:{name}", args=given)
        return _opened(theirs, f"{address}?{urlencode(asked)}" if asked else address)

    def subtree() -> None:
        list(selectors.subtree(by=head, unit=province, on=today))

    trees: dict[str, Work] = {"Tryton": other.subtree} if other else {}
    picked: dict[str, Work] = {"Tryton": other.picker} if other else {}
    return [
        Case(
            "page of a province",
            _opened(ours, reverse("unit", args=[province.public_id])),
            {"admin": admin("foundation_unit_change", province.pk)},
        ),
        Case(
            "tree below a province on a day",
            _opened(ours, f"{reverse('units')}?tu={province.public_id}"),
            {"admin": admin("organisations_unitversion_changelist", **below)},
        ),
        Case(
            "documents, first page, a province's head",
            _opened(ours, reverse("documents:list")),
            {"admin": admin("documents_document_changelist", office__unit__id=province.pk)},
        ),
        Case(
            "rows of all offices below, first page",
            lambda: _first_page(head),
            {"admin": admin("documents_document_changelist", **_offices_below(province, today))},
        ),
        Case(
            f"picker, “{TYPED}” typed",
            _opened(ours, f"{reverse('units-choices')}?q={TYPED}"),
            {"admin": admin("autocomplete", **picks), **picked},
        ),
        Case("rows of a province's subtree on a day", subtree, trees),
    ]


def _offices_below(province: Unit, today: object) -> dict[str, object]:
    near = "office__unit__ancestor_rows__"
    return {
        f"{near}ancestor__id": province.pk,
        f"{near}hierarchy": ADMINISTRATIVE,
        f"{near}valid_from__lte": today,
        f"{near}valid_to__isnull": "True",
    }


def _first_page(head: Actor) -> None:
    """What a register of records that a higher office reads would ask for its first page: no count.

    No kind of record is read in this way yet; the rule is one that is in force.
    """
    policy = OwnedPolicy(Document, view=Permission.DOCUMENT_VIEW, below=SEES_ROLES_BELOW)
    page(policy.scope(head).select_related("attached_to"), key=REGISTER.key, size=REGISTER.page_size)


def _opened(browser: Client, address: str) -> Work:
    def opened() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:  # noqa: PLR2004 (the page itself)
            raise RuntimeError(f"{address}: {answer.status_code}")
        b"".join(answer) if answer.streaming else answer.content

    return opened


def _province() -> Unit:
    """The one with the most units directly below it today."""
    links = ParentLink.objects.filter(in_force(timezone.localdate()), parent__level=Unit.Level.PROVINCE)
    ranked = links.values_list("parent").annotate(n=Count("pk")).order_by("-n", "parent")
    return Unit.objects.get(pk=ranked[0][0])


def _head(province: Unit) -> Actor:
    """The head of the province's office, with the second factor that the role asks for."""
    today = timezone.localdate()
    by = system(door="system", on=today)
    one = services.create_account(
        by=by,
        username="lanh-dao",
        display_name="Lãnh đạo",
        password="Chỉ để đo 2026, không mở gì!",  # noqa: S106
    )
    services.give_grant(by=by, account=one, role="head", unit=province, valid_from=today)
    Authenticator.objects.create(user=one, type=Authenticator.Type.TOTP, data={"secret": "none"})
    return act(one, door="web", on=today)


def _browser(head: Actor) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(_account(head), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _peer(head: Actor) -> Client:
    """The same session, through Django's own middleware alone."""
    client = _browser(head)
    with override_settings(MIDDLEWARE=peers.MIDDLEWARE):
        client.handler.load_middleware()
    return client


def _account(head: Actor) -> Account:
    assert head.account is not None  # noqa: S101 (made by `_head`)
    return head.account
