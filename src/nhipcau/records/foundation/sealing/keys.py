"""The key that signs seals: kept in a file of its own outside the database, readable by its owner only.

Beside it stands its public half, which is all that looking needs. Whoever copies the fingerprint to paper can
later tell that nobody changed the pair.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

DOMAIN = b"nhipcau seal\n"
OWNER_ONLY = 0o600


class NoKeyError(Exception):
    """There is no key where one is needed, or what stands there is none; ``str()`` is a sentence."""


@dataclass(frozen=True)
class Verifier:
    """The public half."""

    public: Ed25519PublicKey

    @property
    def fingerprint(self) -> str:
        """32 hex digits by which a key is known."""
        return sha256(self.public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:32]

    def accepts(self, body: bytes, signature: str) -> bool:
        """Whether the signature (hex) is of this key over this body."""
        try:
            self.public.verify(bytes.fromhex(signature), DOMAIN + body)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """The private half."""

    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        return Verifier(self.private.public_key())

    def sign(self, body: bytes) -> str:
        """The signature in hex."""
        return self.private.sign(DOMAIN + body).hex()


def public_place(place: Path) -> Path:
    """Where the public half of the key at ``place`` stands."""
    return place.with_name(f"{place.name}.pub")


def load(place: Path) -> Signer:
    """Read the key; raises ``NoKeyError`` where there is none, or where others may read it."""
    try:
        data = place.read_bytes()
    except OSError as error:
        raise NoKeyError(f"The key that signs seals cannot be read at {place}: {error.strerror}.") from error
    if others_may_read(place):
        raise NoKeyError(f"Others may read the key at {place}: chmod 600 {place}")
    try:
        key = load_pem_private_key(data, password=None)
    except ValueError as error:
        raise NoKeyError(f"The file at {place} is no key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKeyError(f"The key at {place} is of another kind than Ed25519.")
    return Signer(key)


def load_or_make(place: Path) -> Signer:
    """Read the key, or make one at the first start. Two that make one at once end with the same key."""
    if not place.exists():
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _write_once(place, pem)
    signer = load(place)
    if not public_place(place).exists():
        pem = signer.verifier.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        _write_once(public_place(place), pem)
    return signer


def load_public(place: Path) -> Verifier:
    """The public half from its own file, or from the key's; raises ``NoKeyError``."""
    beside = public_place(place)
    return read_public(beside) if beside.exists() else load(place).verifier


def read_public(path: Path) -> Verifier:
    """The public half in this very file (a copy kept elsewhere, say); raises ``NoKeyError``."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NoKeyError(f"The public key at {path} cannot be read.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise NoKeyError(f"The public key at {path} is of another kind than Ed25519.")
    return Verifier(key)


def others_may_read(place: Path) -> bool:
    """Whether the file's mode lets anybody but its owner in (never on Windows, which has no such mode)."""
    return sys.platform != "win32" and bool(stat.S_IMODE(place.stat().st_mode) & ~OWNER_ONLY)


def _write_once(place: Path, data: bytes) -> None:
    """Write aside and link into place: half a file is never seen, and who comes second changes nothing."""
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    try:
        os.link(aside, place)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
