"""Only services write, so that every write asks the policy and leaves its event, by whichever door."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.floor_rules.tree import PACKAGE, modules, name, syntax

if TYPE_CHECKING:
    from pathlib import Path

#: Always a write, whatever they are called on.
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "asave",
    "adelete",
    "aupdate",
}
#: Also the names of harmless methods of other things: a write when called on rows.
AMBIGUOUS = {"update", "delete", "add", "set", "remove", "clear"}
ROWS = {
    "objects",
    "_default_manager",
    "_base_manager",
    "filter",
    "exclude",
    "all",
    "select_for_update",
    "using",
}
#: What the foundation writes for the services, and what is no row at all.
WRITERS = {
    "records/foundation/events.py": "the only writer of events",
    "records/foundation/references.py": "keeps the title of a record as it stood",
    "records/foundation/jobs.py": "the state of work in the background",
    "records/foundation/files.py": "the store of attachments",
}
NO_ROWS = {
    "interchange/formats": "writes files, and knows no database",
    "reading": "knows no database",
}


def may_write(path: Path) -> bool:
    """Services, migrations, and the few named above."""
    where = path.relative_to(PACKAGE)
    return (
        str(where) in WRITERS
        or "migrations" in where.parts
        or any(str(where).startswith(f"{folder}/") for folder in NO_ROWS)
        or (where.parts[0] == "records" and (where.name == "services.py" or "services" in where.parts))
    )


def writes(tree: ast.AST) -> list[tuple[int, str]]:
    """Calls that write rows: line and name."""
    return [
        (node.lineno, node.func.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in WRITES or (node.func.attr in AMBIGUOUS and on_rows(node.func.value))
        if not is_of_a_library(node.func.value)
    ]


def on_rows(receiver: ast.expr) -> bool:
    """Whether the chain before the call names a manager or a queryset's method."""
    return any(isinstance(part, ast.Attribute) and part.attr in ROWS for part in ast.walk(receiver))


def is_of_a_library(receiver: ast.expr) -> bool:
    """Builders of environments and workbooks also create and save."""
    return isinstance(receiver, ast.Name) and receiver.id in {"workbook", "book", "picture", "image"}


def others() -> list[Path]:
    """Every module that is not to write."""
    return [path for path in modules() if not may_write(path)]


def test_only_services_write() -> None:
    found = [f"{name(path)}:{line} .{call}()" for path in others() for line, call in writes(syntax(path))]

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "Unit.objects.create(name='a')",
        "unit.save(update_fields=['name'])",
        "Unit.objects.filter(pk=1).update(name='a')",
        "document.mentions.all().delete()",
        "Unit._default_manager.bulk_create(rows)",
        "Unit.objects.get_or_create(name='a')",
        "unit.parents.filter(a=1).using('x').delete()",
    ],
)
def test_the_rule_sees_a_write(code: str) -> None:
    assert writes(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "context.update(a=1)",
        "digest.update(b'')",
        "seen.add(1)",
        "Unit.objects.filter(a=1)",
        "cache.set(1, 2)",
    ],
)
def test_the_rule_lets_the_harmless_pass(code: str) -> None:
    assert not writes(ast.parse(code))


def test_the_exceptions_exist() -> None:
    assert all((PACKAGE / where).exists() for where in (*WRITERS, *NO_ROWS))


def services() -> list[Path]:
    """The modules of services of all areas."""
    return [
        path
        for path in modules(PACKAGE / "records")
        if (path.name == "services.py" or path.parent.name == "services") and path.name != "__init__.py"
    ]


def public_writers(path: Path) -> list[ast.FunctionDef]:
    """Functions of a module of services that others call and that write.

    Where services are a package, others call what its `__init__` offers; the rest are steps of those.
    """
    offered = exported(path.parent / "__init__.py") if path.parent.name == "services" else None
    return [
        node
        for node in syntax(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and writes(node)
        if offered is None or node.name in offered
    ]


def exported(path: Path) -> set[str]:
    """The names that a package imports from its modules."""
    return {
        alias.name for node in syntax(path).body if isinstance(node, ast.ImportFrom) for alias in node.names
    }


@pytest.mark.parametrize("path", services(), ids=name)
def test_a_service_that_writes_names_who_acts_first_and_takes_keywords_only(path: Path) -> None:
    wrong = [
        node.name
        for node in public_writers(path)
        if node.args.args
        or node.args.posonlyargs
        or not node.args.kwonlyargs
        or node.args.kwonlyargs[0].arg != "by"
    ]

    assert wrong == []
