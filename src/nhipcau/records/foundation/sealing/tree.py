"""A hash tree over events: one root stands for all of them, in their order.

Leaves and nodes are hashed with different first bytes, so that none can be passed off as the other; a tree of
``n`` leaves splits at the largest power of two below ``n``, as in RFC 6962, section 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

LEAF = b"\x00"
NODE = b"\x01"


def leaf(data: bytes) -> bytes:
    """The digest of one leaf: 32 bytes."""
    return sha256(LEAF + data).digest()


@dataclass(slots=True)
class Tree:
    """Takes leaves one after another and keeps only the roots of whole subtrees: memory grows with log n."""

    count: int = 0
    _roots: list[bytes] = field(default_factory=list)

    def add(self, digest: bytes) -> None:
        """Add the digest of the next leaf."""
        number = self.count
        # Every set bit at the end of the number is a subtree on the left that is now whole.
        while number & 1:
            digest = sha256(NODE + self._roots.pop() + digest).digest()
            number >>= 1
        self._roots.append(digest)
        self.count += 1

    def root(self) -> bytes:
        """The root of what was added; of nothing, the digest of nothing."""
        if not self._roots:
            return sha256(b"").digest()
        found = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            found = sha256(NODE + left + found).digest()
        return found
