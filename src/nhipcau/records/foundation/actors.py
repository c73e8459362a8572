"""Who acts: an account in one unit, in its roles there, through one door, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from nhipcau.records.foundation.access import SYSTEM, Permission, permissions_of, roles_of
from nhipcau.records.foundation.models import ADMINISTRATIVE, Account, Grant, Office, Unit
from nhipcau.records.foundation.models.base import holds, in_force

Door = Literal["web", "cli", "import", "job", "system"]


class NoGrantError(Exception):
    """The account holds no role on the day asked (or none in the unit asked)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The ``by`` of every service. ``on`` is the day of which rights are asked.

    ``closed`` are offices that keep no registers any more, in which the unit worked when they were closed.
    """

    account: Account | None
    office: Office | None
    unit: Unit | None
    roles: tuple[str, ...]
    door: Door
    on: date
    closed: tuple[Office, ...] = ()

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the roles allow; which rows they allow it on is the policy's question."""
        return permissions_of(self.roles)

    @property
    def role(self) -> str:
        """The role codes as the trail keeps them."""
        return "+".join(self.roles)

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the roles approves or administers."""
        return any(role.needs_second_factor for role in roles_of(self.roles))

    @property
    def administers(self) -> bool:
        """Whether one of the roles sets up units, accounts and grants."""
        return any(role.administers for role in roles_of(self.roles))

    @property
    def is_system(self) -> bool:
        """Whether the product itself acts, with no account."""
        return self.account is None and self.roles == (SYSTEM.code,)


def system(*, door: Door, on: date) -> Actor:
    """The product itself, for setting up: no account, no office, and no document within its reach."""
    return Actor(None, None, None, (SYSTEM.code,), door, on)


def arriving(account: Account, *, door: Door, on: date) -> Actor:
    """Somebody at the door, who may hold no role (yet): does what is done with the own account only."""
    try:
        return act(account, door=door, on=on)
    except NoGrantError:
        return Actor(account, None, None, (), door, on)


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody works on a day, and in which roles: these are held together, those elsewhere apart."""

    unit: Unit
    roles: tuple[str, ...]


def posts(account: Account, *, on: date) -> list[Post]:
    """The units in which the account holds a role on the day, oldest grant first; none if it is off."""
    found: dict[int, tuple[Unit, set[str]]] = {}
    for grant in _grants(account, on) if account.is_active else []:
        found.setdefault(grant.unit_id, (grant.unit, set()))[1].add(grant.role)
    return [Post(unit, tuple(sorted(roles))) for unit, roles in found.values()]


def act(account: Account, *, door: Door, on: date, unit: Unit | None = None) -> Actor:
    """The actor for an account in ``unit``, or in the unit of its oldest grant.

    Raises ``NoGrantError`` where the account may not sign in or holds no role there on that day.
    """
    held = posts(account, on=on)
    for post in held:
        if unit is None or post.unit.pk == unit.pk:
            return act_in(account, post, door=door, on=on)
    raise NoGrantError(account.username)


def act_in(account: Account, post: Post, *, door: Door, on: date) -> Actor:
    """The actor in one of the posts that ``posts`` told for this day."""
    office, closed = offices_of(post.unit, on=on)
    return Actor(account, office, post.unit, post.roles, door, on, closed)


def office_of(unit: Unit, *, on: date) -> Office | None:
    """The nearest office at or above the unit on the day; departments share the office above them."""
    return offices_of(unit, on=on)[0]


def offices_of(unit: Unit, *, on: date) -> tuple[Office | None, tuple[Office, ...]]:
    """The unit's office on a day, and those closed by then that were its office on their last day."""
    above = unit.ancestor_rows.filter(hierarchy=ADMINISTRATIVE, ancestor__office__isnull=False)
    rows = list(above.select_related("ancestor__office").order_by("depth"))

    def nearest(day: date) -> Office | None:
        held = (row.ancestor.office for row in rows if holds(day, row.valid_from, row.valid_to))
        return next((one for one in held if holds(day, one.opened_on, one.closed_on)), None)

    closed = {
        office.pk: office
        for office in (row.ancestor.office for row in rows)
        if office.closed_on is not None
        and office.closed_on <= on
        and nearest(office.closed_on - timedelta(days=1)) == office
    }
    return nearest(on), tuple(closed.values())


def _grants(account: Account, on: date) -> list[Grant]:
    rows = account.grants.filter(in_force(on)).select_related("unit")
    return list(rows.order_by("valid_from", "id"))
