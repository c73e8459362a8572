"""All services, found by looking into the areas, and a call of each on something of the office's own."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator

from nhipcau import records
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation import services as foundation
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor, act
from nhipcau.records.foundation.models import Account, Import
from nhipcau.records.foundation.personal import services as personal
from nhipcau.records.foundation.services import imports
from nhipcau.records.organisations import services as organisations
from nhipcau.records.organisations.shipped import Edition
from tests import world as cast
from tests.records import test_services
from tests.web.office import file_of_units, give_factor

Call = Callable[[Actor], object]
Prepare = Callable[[cast.World], Call]
DAY = date(2026, 1, 12)


def found() -> dict[str, Callable[..., Any]]:
    """Every public function of a ``services`` room that names who acts, by area and name."""
    services = {f"foundation.{one.__name__}": one for one in (jobs.retry, jobs.enqueue)}
    for module in pkgutil.walk_packages(records.__path__, f"{records.__name__}."):
        area, *rooms = module.name.removeprefix(f"{records.__name__}.").split(".")
        if "services" in rooms:
            here = importlib.import_module(module.name)
            services |= {f"{area}.{one.__name__}": one for one in _services(here)}
    return services


def calls() -> dict[str, Prepare]:
    """How each service is prepared and called: those of the contract of services, and the others."""
    contract = {
        f"{service.__module__.split('.')[2]}.{service.__name__}": case.prepare
        for service, case in test_services.CASES.items()
    }
    return {**contract, **OTHERS}


def _services(module: Any) -> list[Callable[..., Any]]:
    functions = [one for _name, one in inspect.getmembers(module, inspect.isfunction)]
    own = [one for one in functions if one.__module__ == module.__name__]
    return [
        one for one in own if not one.__name__.startswith("_") and "by" in inspect.signature(one).parameters
    ]


def _officer(world: cast.World) -> Account:
    """Who works in a department of the office, and is what the office administers."""
    assert world.officer.account is not None
    return world.officer.account


def _invite(_world: cast.World) -> Call:
    return lambda by: foundation.invite(
        by=by,
        username="nguoi-moi",
        display_name="Người Mới",
        role="clerk",
        unit=_unit(by),
        valid_from=cast.TODAY,
    )


def _unit(by: Actor) -> Any:
    assert by.unit is not None
    return by.unit


def _about_officer(service: Callable[..., Any]) -> Prepare:
    def prepare(world: cast.World) -> Call:
        account = _officer(world)
        return lambda by: service(by=by, account=account, why="thử")

    return prepare


def _own_sessions(_world: cast.World) -> Call:
    return lambda by: foundation.mark_session_seen(by=by, session_key="mot-phien")


def _add_totp(_world: cast.World) -> Call:
    return lambda by: foundation.add_totp(by=by, secret="A" * 32, code="000000")


def _add_passkey(_world: cast.World) -> Call:
    return lambda by: foundation.add_passkey(by=by, name="Khoá", credential={"id": "x"})


def _remove_factor(world: cast.World) -> Call:
    """A factor of somebody else."""
    give_factor(world.officer)
    factor = Authenticator.objects.get(user=_officer(world), type=Authenticator.Type.TOTP)
    return lambda by: foundation.remove_factor(by=by, factor=factor.pk)


def _make_codes(_world: cast.World) -> Call:
    return lambda by: foundation.make_codes(by=by)


def _refuse(_world: cast.World) -> Call:
    return lambda by: foundation.refuse(by=by, mark="mật")


def _enter_request(world: cast.World) -> Call:
    account = _officer(world)
    return lambda by: personal.enter_request(by=by, account=account, ask="see")


def _move_request(world: cast.World) -> Call:
    request = personal.enter_request(by=world.administrator, account=_officer(world), ask="see")
    return lambda by: personal.move_request(by=by, request=request, step="answered")


def _erase(world: cast.World) -> Call:
    account = _officer(world)
    foundation.set_active(by=world.administrator, account=account, is_active=False, why="nghỉ")
    return lambda by: personal.erase(by=by, account=account, article="điều 14", why="người ấy yêu cầu")


def _keep_import(_world: cast.World) -> Call:
    given = {"register": "units", "needs": Permission.UNIT_MANAGE, "name": "a.csv", "data": b"a"}
    return lambda by: imports.keep_import(by=by, **given, media_type="text/csv", layout={})  # type: ignore[arg-type]


def _taken(world: cast.World) -> Import:
    account = world.administrator.account
    assert account is not None
    return file_of_units(act(account, door="web", on=cast.TODAY))


def _with_import(service: Callable[..., Any], **given: Any) -> Prepare:
    def prepare(world: cast.World) -> Call:
        taken = _taken(world)
        return lambda by: service(by=by, taken=taken, **given)

    return prepare


def _layout(world: cast.World) -> Call:
    taken = _taken(world)
    return lambda by: imports.keep_layout(by=by, taken=taken, layout=taken.layout)


def _edition(_world: cast.World) -> Call:
    edition = Edition("thu", "thử", date(2026, 1, 1))
    return lambda by: organisations.load_edition(by=by, acts=[], edition=edition)


COUNTS = {"new": 1, "changed": 0, "same": 0, "wrong": 0}
WRITTEN: dict[str, Any] = {"counts": COUNTS, "shown": {}, "outcome": b"x", "media_type": "text/csv"}
OTHERS: dict[str, Prepare] = {
    "foundation.invite": _invite,
    "foundation.make_link": _about_officer(foundation.make_link),
    "foundation.unlock": _about_officer(foundation.unlock),
    "foundation.clear_factors": _about_officer(foundation.clear_factors),
    "foundation.lock_unused": lambda _world: lambda by: foundation.lock_unused(by=by),
    "foundation.end_sessions": _about_officer(foundation.end_sessions),
    "foundation.mark_session_seen": _own_sessions,
    "foundation.add_totp": _add_totp,
    "foundation.add_passkey": _add_passkey,
    "foundation.remove_factor": _remove_factor,
    "foundation.make_codes": _make_codes,
    "foundation.refuse": _refuse,
    "foundation.enter_request": _enter_request,
    "foundation.move_request": _move_request,
    "foundation.erase": _erase,
    "foundation.keep_import": _keep_import,
    "foundation.choose_columns": _with_import(
        imports.choose_columns, choices={"columns": {}, "sheets": []}, title="x"
    ),
    "foundation.keep_layout": _layout,
    "foundation.check_again": _with_import(imports.check_again, title="x"),
    "foundation.keep_preview": _with_import(imports.keep_preview, plan=b"", **WRITTEN),
    "foundation.confirm_import": _with_import(imports.confirm_import, title="x", only_good=True),
    "foundation.keep_progress": _with_import(imports.keep_progress, done_rows=1, counts=COUNTS),
    "foundation.keep_written": _with_import(imports.keep_written, **WRITTEN),
    "foundation.stop_import": _with_import(imports.stop_import, why="thử"),
    "foundation.drop_import": _with_import(imports.drop_import),
    "organisations.load_edition": _edition,
}
