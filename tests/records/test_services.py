"""What every service promises, held against all of them: who acts, who may, whose record, one event.

The table is checked for holes: a service that is not in it fails here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from nhipcau.records.documents import services as documents
from nhipcau.records.documents.cards import Card, card_of
from nhipcau.records.documents.models import Candidate, Document, Mention, Paper, Relation
from nhipcau.records.foundation import jobs
from nhipcau.records.foundation import services as foundation
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Event, Grant, Job
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.records.organisations import services as organisations
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")

DAY = date(2026, 1, 12)
DIRECTIVE = doc(type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12", issuer="Hội đồng", subject="giao lưu")
PLAN = doc(type="Kế hoạch", number="38/KH-HGL", date="2026-03-27", subject="x") + cite(
    relation="implements", type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12"
)
VAGUE = doc(type="Báo cáo", number="8-BC/HGL", subject="x") + cite(type="Chỉ thị", number="7-CT/HĐGL")

Call = Callable[[Actor], object]


@dataclass(frozen=True)
class Case:
    """One service: how to call it, who may, who of the same office may not; what it answers a stranger."""

    prepare: Callable[[cast.World], Call]
    may: str = "clerk"
    may_not: str = "auditor"
    stranger: type[Exception] | None = NotFound


def _confirm(world: cast.World) -> Call:
    paper = cast.received(world.clerk, DIRECTIVE)
    card = cast.card_of(paper)
    return lambda by: documents.confirm(by=by, paper=paper, part=0, card=card)


def _save_card(world: cast.World) -> Call:
    paper = cast.received(world.clerk, DIRECTIVE)
    return lambda by: documents.save_card(by=by, paper=paper, part=0, card=Card(subject="khác"))


def _set_aside(world: cast.World) -> Call:
    paper = cast.received(world.clerk, DIRECTIVE)
    return lambda by: documents.set_aside(by=by, paper=paper, part=0, why="bìa")


def _read_paper(world: cast.World) -> Call:
    paper = documents.receive_file(by=world.clerk, name="a.txt", data=PLAN.encode()).paper
    return lambda by: documents.read_paper(by=by, paper=paper)


def _correct(world: cast.World) -> Call:
    document = cast.confirmed(world.clerk, DIRECTIVE)
    card = replace(card_of(document), place="Hà Nội")
    return lambda by: documents.correct(by=by, document=document, card=card)


def _void(world: cast.World) -> Call:
    document = cast.confirmed(world.clerk, DIRECTIVE)
    return lambda by: documents.void(by=by, document=document, why="nhầm")


def _waiting_mention(world: cast.World) -> tuple[Mention, Document]:
    document = cast.confirmed(world.clerk, DIRECTIVE)
    cast.confirmed(world.clerk, VAGUE)
    return Mention.objects.get(), document


def _link(world: cast.World) -> Call:
    mention, document = _waiting_mention(world)
    return lambda by: documents.link_mention(by=by, mention=mention, document=document)


def _unlink(world: cast.World) -> Call:
    mention, document = _waiting_mention(world)
    documents.link_mention(by=world.clerk, mention=mention, document=document)
    return lambda by: documents.unlink_mention(by=by, mention=mention, why="nhầm")


def _reject(world: cast.World) -> Call:
    _waiting_mention(world)
    candidate = Candidate.objects.get()
    return lambda by: documents.reject_candidate(by=by, candidate=candidate)


def _make_known(world: cast.World) -> Call:
    cast.confirmed(world.clerk, VAGUE)
    mention = Mention.objects.get()
    return lambda by: documents.make_known(by=by, mention=mention, day=DAY)


def _edge(world: cast.World) -> Relation:
    cast.confirmed(world.clerk, PLAN)
    return Relation.objects.get()


def _decide(world: cast.World) -> Call:
    edge = _edge(world)
    return lambda by: documents.decide_relation(by=by, relation=edge, accept=True)


def _decide_all(world: cast.World) -> Call:
    document = _edge(world).source
    return lambda by: documents.decide_all(by=by, document=document, accept=True)


def _propose(world: cast.World) -> Call:
    document = _edge(world).derived
    return lambda by: documents.propose_relations(by=by, document=document)


def _relate(world: cast.World) -> Call:
    edge = _edge(world)
    return lambda by: documents.relate(
        by=by, derived=edge.derived, source=edge.source, relation="guides", reason="x"
    )


def _pair(world: cast.World) -> tuple[Document, Document]:
    return cast.confirmed(world.clerk, DIRECTIVE), cast.confirmed(
        world.clerk, DIRECTIVE.replace("7-CT", "8-CT")
    )


def _merge(world: cast.World) -> Call:
    kept, folded = _pair(world)
    return lambda by: documents.merge(by=by, kept=kept, folded=folded)


def _undo(world: cast.World) -> Call:
    kept, folded = _pair(world)
    done = documents.merge(by=world.clerk, kept=kept, folded=folded)
    return lambda by: documents.undo_merge(by=by, done=done)


def _stub(_world: cast.World) -> Call:
    return lambda by: documents.enter_stub(by=by, number="3-CV", date=DAY, issuer_name="Bộ", mark="mật")


def _receive(_world: cast.World) -> Call:
    return lambda by: documents.receive_file(by=by, name="a.txt", data=PLAN.encode())


def _account(_world: cast.World) -> Call:
    return lambda by: foundation.create_account(
        by=by, username="moi", display_name="Mới", password=cast.PASSWORD
    )


def _password(world: cast.World) -> Call:
    account = world.officer.account
    assert account is not None
    return lambda by: foundation.change_password(by=by, account=account, password="Song-dai-bien-rong-9")


def _active(world: cast.World) -> Call:
    account = world.officer.account
    assert account is not None
    return lambda by: foundation.set_active(by=by, account=account, is_active=False, why="nghỉ")


def _give(world: cast.World) -> Call:
    return lambda by: foundation.give_grant(
        by=by, account=world.nobody, role="clerk", unit=world.commune, valid_from=cast.TODAY
    )


def _end(world: cast.World) -> Call:
    grant = Grant.objects.get(account=world.officer.account)
    return lambda by: foundation.end_grant(by=by, grant=grant, valid_to=cast.TODAY)


def _cancel(world: cast.World) -> Call:
    account = world.officer.account
    assert account is not None
    grant = foundation.give_grant(
        by=world.administrator,
        account=account,
        role="head",
        unit=world.department,
        valid_from=cast.TODAY + timedelta(days=9),
    )
    return lambda by: foundation.cancel_grant(by=by, grant=grant, why="đổi kế hoạch")


def _found(_world: cast.World) -> Call:
    return lambda by: organisations.found_unit(by=by, name="Xã Mới", level="commune", founded_on=DAY)


def _close(world: cast.World) -> Call:
    return lambda by: organisations.close_unit(by=by, unit=world.commune, closed_on=DAY)


def _open(world: cast.World) -> Call:
    return lambda by: organisations.open_office(by=by, unit=world.department, opened_on=DAY)


def _close_office(world: cast.World) -> Call:
    office = world.commune.office
    return lambda by: organisations.close_office(by=by, office=office, on=DAY)


def _rename_unit(world: cast.World) -> Call:
    return lambda by: organisations.rename_unit(by=by, unit=world.commune, on=DAY, name="Xã Mới")


def _move(world: cast.World) -> Call:
    return lambda by: organisations.move_unit(by=by, unit=world.commune, parent=world.department, on=DAY)


def _merge_units(world: cast.World) -> Call:
    return lambda by: organisations.merge_units(by=by, units=[world.commune], into=world.department, on=DAY)


def _split(world: cast.World) -> Call:
    portions = [organisations.Portion(organisations.Facts(name, "commune")) for name in ("Xã Đông", "Xã Tây")]
    return lambda by: organisations.split_unit(by=by, unit=world.commune, into=portions, on=DAY)


def _transfer(world: cast.World) -> Call:
    return lambda by: organisations.transfer(by=by, source=world.commune, target=world.department, on=DAY)


def _undo_last(world: cast.World) -> Call:
    administrator = world.administrator
    organisations.rename_unit(by=administrator, unit=world.commune, on=DAY, name="Xã Mới")
    return lambda by: organisations.undo_last(by=by, unit=world.commune, why="nhầm")


def _add_code(world: cast.World) -> Call:
    return lambda by: organisations.add_code(
        by=by, unit=world.commune, code_list="own", list_version="2026", code="7", on=DAY
    )


def _end_code(world: cast.World) -> Call:
    code = organisations.add_code(
        by=world.administrator, unit=world.commune, code_list="own", list_version="1", code="7", on=DAY
    )
    return lambda by: organisations.end_code(by=by, code=code, on=cast.TODAY)


def _set_focal_point(world: cast.World) -> Call:
    return lambda by: organisations.set_focal_point(
        by=by, subject="aid", unit=world.commune, holder=world.department, on=DAY
    )


def _end_focal_point(world: cast.World) -> Call:
    point = organisations.set_focal_point(
        by=world.administrator, subject="aid", unit=world.commune, holder=world.department, on=DAY
    )
    return lambda by: organisations.end_focal_point(by=by, focal_point=point, on=cast.TODAY)


def _load(world: cast.World) -> Call:
    facts = organisations.Facts("Xã Mới", "commune")
    draft = organisations.Draft()
    unit = draft.unit(facts)
    change = draft.act("found", unit, DAY)
    draft.version(change, unit, facts)
    draft.place(change, unit, world.song_ngan)
    return lambda by: organisations.load_units(by=by, draft=draft, title="Danh mục xã")


def _retry(world: cast.World) -> Call:
    job = documents.receive_file(by=world.clerk, name="a.txt", data=PLAN.encode()).jobs[0]
    Job.objects.update(state=Job.State.FAILED)
    return lambda by: jobs.retry(by=by, job=job)


def _share(world: cast.World) -> Call:
    document = cast.confirmed(world.clerk, DIRECTIVE)
    return lambda by: foundation.share_record(by=by, record=document, unit=world.doi_que)


def _end_sharing(world: cast.World) -> Call:
    document = cast.confirmed(world.clerk, DIRECTIVE)
    shared = foundation.share_record(by=world.head, record=document, unit=world.doi_que)
    return lambda by: foundation.end_sharing(by=by, shared=shared)


def _as_administrator(prepare: Callable[[cast.World], Call], stranger: type[Exception] | None) -> Case:
    return Case(prepare, may="administrator", may_not="clerk", stranger=stranger)


CASES: dict[Callable[..., Any], Case] = {
    documents.confirm: Case(_confirm, may_not="officer"),
    documents.save_card: Case(_save_card, may_not="officer"),
    documents.set_aside: Case(_set_aside, may_not="officer"),
    documents.read_paper: Case(_read_paper),
    documents.receive_file: Case(_receive, stranger=None),
    documents.correct: Case(_correct, may_not="officer"),
    documents.void: Case(_void, may_not="head"),
    documents.link_mention: Case(_link, may="officer"),
    documents.unlink_mention: Case(_unlink, may="officer"),
    documents.reject_candidate: Case(_reject, may="head"),
    documents.make_known: Case(_make_known, may="officer"),
    documents.decide_relation: Case(_decide, may="head"),
    documents.decide_all: Case(_decide_all, may="officer"),
    documents.propose_relations: Case(_propose),
    documents.relate: Case(_relate, may_not="consolidator"),
    documents.merge: Case(_merge, may_not="head"),
    documents.undo_merge: Case(_undo, may_not="officer"),
    documents.enter_stub: Case(_stub, may_not="head", stranger=None),
    foundation.create_account: _as_administrator(_account, Forbidden),
    foundation.change_password: Case(_password, may="administrator", may_not="auditor"),
    foundation.set_active: Case(_active, may="administrator", may_not="auditor"),
    foundation.give_grant: _as_administrator(_give, Forbidden),
    foundation.end_grant: Case(_end, may="administrator", may_not="auditor"),
    foundation.cancel_grant: Case(_cancel, may="administrator", may_not="auditor"),
    foundation.share_record: Case(_share, may="head", may_not="clerk"),
    foundation.end_sharing: Case(_end_sharing, may="head", may_not="clerk"),
    organisations.found_unit: _as_administrator(_found, Forbidden),
    organisations.close_unit: _as_administrator(_close, Forbidden),
    organisations.open_office: _as_administrator(_open, Forbidden),
    organisations.close_office: _as_administrator(_close_office, Forbidden),
    organisations.load_units: _as_administrator(_load, Forbidden),
    organisations.rename_unit: _as_administrator(_rename_unit, Forbidden),
    organisations.move_unit: _as_administrator(_move, Forbidden),
    organisations.merge_units: _as_administrator(_merge_units, Forbidden),
    organisations.split_unit: _as_administrator(_split, Forbidden),
    organisations.transfer: _as_administrator(_transfer, Forbidden),
    organisations.undo_last: _as_administrator(_undo_last, Forbidden),
    organisations.add_code: _as_administrator(_add_code, Forbidden),
    organisations.end_code: _as_administrator(_end_code, Forbidden),
    organisations.set_focal_point: _as_administrator(_set_focal_point, Forbidden),
    organisations.end_focal_point: _as_administrator(_end_focal_point, Forbidden),
    jobs.retry: Case(_retry),
}
# The refusal of a marked paper has no record, so it has no event and no policy but "a person".
WITHOUT_EVENT = {foundation.refuse}
# Signing in, one's own account, links by which one comes in: under test in records/foundation and web.
# Who may call them, and bring in the shipped edition, is told by the table of tests/access, which holds all.
OF_SIGNING_IN = {
    foundation.accept_invitation,
    foundation.add_passkey,
    foundation.add_totp,
    foundation.bind_house,
    foundation.clear_factors,
    foundation.end_sessions,
    foundation.invite,
    foundation.keep_failure,
    foundation.keep_success,
    foundation.lock_unused,
    foundation.make_codes,
    foundation.make_link,
    foundation.mark_session_seen,
    foundation.remove_factor,
    foundation.unlock,
    organisations.load_edition,
}
# The steps of a file that is brought in: under test in interchange/incoming.
OF_IMPORTS = {
    foundation.check_again,
    foundation.choose_columns,
    foundation.confirm_import,
    foundation.drop_import,
    foundation.keep_import,
    foundation.keep_layout,
    foundation.keep_preview,
    foundation.keep_progress,
    foundation.keep_written,
    foundation.stop_import,
}


def all_services() -> list[Callable[..., Any]]:
    """Every public function of the services, and the one of jobs that people call."""
    areas = (documents, foundation, organisations)
    named = [getattr(area, name) for area in areas for name in area.__all__]
    functions = [value for value in named if inspect.isfunction(value) and not value.__name__.startswith("_")]
    return [*functions, jobs.retry]


SERVICES = [service for service in all_services() if "by" in inspect.signature(service).parameters]
BY_NAME = {"ids": lambda value: getattr(value, "__name__", "")}


def test_no_service_is_missing_in_the_table() -> None:
    assert {service.__name__ for service in SERVICES} == {
        service.__name__ for service in [*CASES, *WITHOUT_EVENT, *OF_SIGNING_IN, *OF_IMPORTS]
    }


@pytest.mark.parametrize("service", SERVICES, **BY_NAME)  # type: ignore[arg-type]
def test_a_service_names_who_acts_first_and_everything_by_keyword(service: Callable[..., Any]) -> None:
    parameters = list(inspect.signature(service).parameters.values())
    assert parameters[0].name == "by"
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    assert service.__doc__


@pytest.mark.parametrize("service", CASES, **BY_NAME)  # type: ignore[arg-type]
def test_who_may_does_it_with_one_event_in_its_name(world: cast.World, service: Callable[..., Any]) -> None:
    case = CASES[service]
    call = case.prepare(world)
    actor: Actor = getattr(world, case.may)
    before = Event.objects.count()
    call(actor)
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("id")
    assert actor.account is not None
    assert (event.account_id, event.role, event.door) == (actor.account.public_id, case.may, "web")


@pytest.mark.parametrize("service", CASES, **BY_NAME)  # type: ignore[arg-type]
def test_who_may_not_is_told_and_nothing_is_written(world: cast.World, service: Callable[..., Any]) -> None:
    case = CASES[service]
    call = case.prepare(world)
    before = _rows()
    with pytest.raises(Forbidden):
        call(getattr(world, case.may_not))
    assert _rows() == before


@pytest.mark.parametrize("service", CASES, **BY_NAME)  # type: ignore[arg-type]
def test_a_stranger_finds_nothing_and_writes_nothing(world: cast.World, service: Callable[..., Any]) -> None:
    case = CASES[service]
    if case.stranger is None:
        # It names no record: the stranger acts in an office of their own.
        return
    call = case.prepare(world)
    before = _rows()
    with pytest.raises(case.stranger):
        call(world.neighbour)
    assert _rows() == before


def _rows() -> dict[str, int]:
    """The number of rows in every table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        counts = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 (names of tables)
            counts[table] = cursor.fetchone()[0]
    return counts


def test_papers_of_the_table_are_of_the_first_province(world: cast.World) -> None:
    _confirm(world)
    assert Paper.objects.get().office == world.clerk.office
