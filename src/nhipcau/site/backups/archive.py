"""What a backup is: a tar archive that ends with the checksums of all its members, plain or encrypted.

Members: ``about.json`` first; ``database/NNNNNN``, the pieces of one dump in PostgreSQL's own format;
``files/<office>/<sha256>``; ``outside/<path>``, what is kept beside the database; ``checksums.json`` last. An
archive without its last member was broken off. Nothing is ever held in memory beyond one piece.

Encryption is age (age-encryption.org/v1) for one or several public keys: who makes backups needs no secret.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyrage

from nhipcau.site.backups.troubles import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FORMAT = "nhipcau.backup.v1"
ABOUT = "about.json"
CHECKSUMS = "checksums.json"
#: Folder within ``outside`` for the key that signs the trail: in encrypted archives only.
KEY = "key"
PIECE = 8 * 1024 * 1024
AGE = b"age-encryption.org/"
_NAME = re.compile(r"about\.json|checksums\.json|(database|files|outside)(/[0-9A-Za-z][0-9A-Za-z._-]*)+")


@dataclass
class Writer:
    """Adds members to an archive and remembers their checksums."""

    tar: tarfile.TarFile
    checksums: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        """One member, from memory."""
        member = tarfile.TarInfo(name)
        member.size = len(data)
        member.mode = 0o600
        self.tar.addfile(member, io.BytesIO(data))
        self.checksums[name] = hashlib.sha256(data).hexdigest()

    def add_pieces(self, folder: str, source: IO[bytes]) -> None:
        """A stream of unknown length as members ``folder/000000``, ``folder/000001`` ..."""
        number = 0
        while data := _read_piece(source):
            self.add(f"{folder}/{number:06}", data)
            number += 1

    def add_file(self, name: str, path: Path) -> str:
        """A file; returns the SHA-256 of what was written, in hex."""
        digest = hashlib.sha256()
        with path.open("rb") as source:
            member = tarfile.TarInfo(name)
            member.size = os.fstat(source.fileno()).st_size
            member.mode = 0o600
            self.tar.addfile(member, cast("IO[bytes]", _Hashing(source, digest)))
        self.checksums[name] = digest.hexdigest()
        return self.checksums[name]


class _Hashing:
    """Reads a file and hashes what passes."""

    def __init__(self, source: IO[bytes], digest: Any) -> None:
        self.source = source
        self.digest = digest

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(target: Path, *, about: dict[str, Any], recipients: Sequence[str] = ()) -> Iterator[Writer]:
    """Write the archive ``target``, which appears whole or not at all; ``recipients`` are age public keys.

    Raises ``ArchiveError`` where ``target`` exists or a key is none.
    """
    if target.exists():
        raise ArchiveError(f"{target} exists already; name another file.")
    keys = [_recipient(key) for key in recipients]
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            with _encrypting(out, keys) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
                writer = Writer(tar)
                writer.add(ABOUT, _json({"format": FORMAT, **about}))
                yield writer
                writer.add(CHECKSUMS, _json(writer.checksums))
            out.flush()
            os.fsync(out.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def unpack(source: Path, into: Path, *, identity: str = "") -> dict[str, Any]:
    """Check every member of an archive and lay it out under ``into``; returns what ``about.json`` says.

    The pieces of the dump become the one file ``database``. ``identity`` is the secret key of an encrypted
    archive. Raises ``ArchiveError`` where it is none, is not whole, was changed, or needs another key.
    """
    found: dict[str, str] = {}
    try:
        with _reading(source, identity) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                _lay_out(tar, member, into, found)
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveError(f"{source} is no backup of Nhịp Cầu, or was broken off.") from error
    return _checked(source, into, found)


def is_encrypted(source: Path) -> bool:
    """Whether a file begins as age files do."""
    with source.open("rb") as file:
        return file.read(len(AGE)) == AGE


def new_key() -> tuple[str, str]:
    """A new pair: the secret key that opens backups, and the public key for which they are made."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def _lay_out(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path, found: dict[str, str]) -> None:
    if not member.isfile() or not _NAME.fullmatch(member.name) or member.name in found:
        raise ArchiveError(f"The backup holds something that no backup holds: {member.name!r}.")
    is_piece = member.name.startswith("database/")
    target = into / ("database" if is_piece else member.name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    content = cast("IO[bytes]", tar.extractfile(member))
    with target.open("ab" if is_piece else "xb") as out:
        while data := content.read(PIECE):
            digest.update(data)
            out.write(data)
    found[member.name] = digest.hexdigest()


def _checked(source: Path, into: Path, found: dict[str, str]) -> dict[str, Any]:
    """What the archive says of itself, once all of it is there as it was written."""
    if CHECKSUMS not in found or ABOUT not in found:
        raise ArchiveError(f"{source} is not whole: it was broken off while it was written or copied.")
    wanted: dict[str, str] = json.loads((into / CHECKSUMS).read_bytes())
    del found[CHECKSUMS]
    if wrong := sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name)):
        raise ArchiveError(f"{source} was changed after it was written: {', '.join(wrong[:3])}.")
    about: dict[str, Any] = json.loads((into / ABOUT).read_bytes())
    if about.get("format") != FORMAT:
        raise ArchiveError(
            f"{source} is of another version ({about.get('format')}); restore it with that one."
        )
    return about


@contextmanager
def _encrypting(out: IO[bytes], keys: list[Any]) -> Iterator[IO[bytes]]:
    if not keys:
        yield out
        return

    def work(source: IO[bytes]) -> None:
        pyrage.encrypt_io(source, out, keys)

    with _through(work, "wb") as stream:
        yield stream


@contextmanager
def _reading(source: Path, identity: str) -> Iterator[IO[bytes]]:
    with source.open("rb") as file:
        if not is_encrypted(source):
            yield file
            return
        if not identity:
            raise ArchiveError(f"{source} is encrypted: name the file of its secret key with --key.")
        key = _identity(identity)

        def work(target: IO[bytes]) -> None:
            pyrage.decrypt_io(file, target, [key])

        with _through(work, "rb") as stream:
            yield stream


@contextmanager
def _through(work: Callable[[IO[bytes]], None], mode: str) -> Iterator[IO[bytes]]:
    """A pipe whose other end ``work`` reads or writes in a thread; what fails there is what is told."""
    reading, other = os.pipe()
    ours, theirs = (other, reading) if mode == "wb" else (reading, other)
    failures: list[BaseException] = []

    def run() -> None:
        with suppress(BrokenPipeError), os.fdopen(theirs, "rb" if mode == "wb" else "wb") as end:
            try:
                work(end)
            except BaseException as error:  # noqa: BLE001 (told by the thread that waits)
                failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    failed_here: BaseException | None = None
    try:
        with suppress(BrokenPipeError), os.fdopen(ours, mode) as stream:
            yield cast("IO[bytes]", stream)
    except BaseException as error:  # noqa: BLE001 (raised again below, or what caused it)
        failed_here = error
    thread.join()
    for failure in failures:
        if not isinstance(failure, BrokenPipeError):
            raise ArchiveError("The backup cannot be opened with this key, or it was changed.") from failure
    if failed_here is not None:
        raise failed_here


def _recipient(key: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as error:
        raise ArchiveError(f"{key!r} is no public key: it begins with age1.") from error


def _identity(key: str) -> Any:
    try:
        return pyrage.x25519.Identity.from_str(key.strip())
    except pyrage.IdentityError as error:
        raise ArchiveError(
            "The key file holds no secret key: one line that begins with AGE-SECRET-KEY-."
        ) from error


def _read_piece(source: IO[bytes]) -> bytes:
    parts: list[bytes] = []
    missing = PIECE
    while missing and (data := source.read(missing)):
        parts.append(data)
        missing -= len(data)
    return b"".join(parts)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
