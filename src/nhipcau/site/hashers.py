"""Password hashing of a demo, under a name that no office's settings know."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class DemoArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2 as everywhere; its hashes begin with `demo_argon2` and are refused outside a demo."""

    algorithm = "demo_argon2"
