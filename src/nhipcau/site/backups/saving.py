"""Making a backup: one snapshot of the database, and of the files exactly those that it names."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from nhipcau.records.foundation import files
from nhipcau.records.foundation.models import Attachment
from nhipcau.site.backups import archive, programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from nhipcau.site.database.logins import Login

#: Rows of attachments that are fetched at once.
_AT_ONCE = 2_000


@dataclass
class Saved:
    """What a backup holds; ``missing`` names files that the database knows and the store lost or spoilt."""

    files: int = 0
    size: int = 0
    missing: tuple[str, ...] = ()


def back_up(target: Path, *, owner: Login, outside: Path, key: Path, recipients: Sequence[str] = ()) -> Saved:
    """Write the database and the files of one moment to ``target``, while everybody goes on working.

    ``outside`` is the folder of what is kept beside the database (seals, erasures), ``key`` the file of the
    key that signs the trail, which only an encrypted archive takes along; ``recipients`` are age public keys,
    none for a plain archive. Raises ``ArchiveError`` or ``ProgramError``; then no file stays.
    """
    saved = Saved()
    with archive.writing(target, about=_about(), recipients=recipients) as writer:
        # Before the snapshot: a seal that the database has and the file lacks is added, the other way round
        # it would look as if the database had lost its end.
        _add_outside(writer, outside)
        if recipients and key.exists():
            writer.add_file(f"outside/{archive.KEY}/{key.name}", key)
        with transaction.atomic():
            with programs.dumping(owner, snapshot=_snapshot()) as dump:
                writer.add_pieces("database", dump)
            _add_files(writer, saved)
    saved.size = target.stat().st_size
    return saved


def _add_outside(writer: archive.Writer, outside: Path) -> None:
    for path in sorted(outside.rglob("*")) if outside.exists() else ():
        if path.is_file():
            writer.add_file(f"outside/{path.relative_to(outside).as_posix()}", path)


def _snapshot() -> str:
    """Begin to see the database as of this moment, and let the dump see it so as well."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _about() -> dict[str, Any]:
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "nhipcau": version("nhipcau"),
        "postgresql": connection.pg_version // 10_000,  # type: ignore[attr-defined]
    }


def _add_files(writer: archive.Writer, saved: Saved) -> None:
    missing: list[str] = []
    for office, sha256, name in _attachments():
        place = files.path_of(office, sha256)
        try:
            found = writer.add_file(f"files/{office.hex}/{sha256}", place)
        except FileNotFoundError:
            found = ""
        saved.files += found == sha256
        if found != sha256:
            missing.append(name)
    saved.missing = tuple(missing)


def _attachments() -> Iterator[tuple[Any, str, str]]:
    rows = Attachment.objects.order_by("id").values_list("office__unit__public_id", "sha256", "name")
    yield from rows.iterator(chunk_size=_AT_ONCE)
