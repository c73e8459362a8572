"""The bytes of a file that a command line names, or why there are none."""

from __future__ import annotations

from pathlib import Path

from nhipcau.reading.formats.limits import DEFAULT


class CannotOpenError(Exception):
    """A file that the system does not give; ``code`` names the sentence of ``messages``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def file_bytes(path: str) -> bytes:
    """All bytes of the file. Raises CannotOpenError; a file beyond the limit is refused before it is read."""
    file = Path(path)
    try:
        if not file.is_file():
            raise CannotOpenError("no_regular_file" if file.exists() else "no_such_file")
        if file.stat().st_size > DEFAULT.file_bytes:
            raise CannotOpenError("too_large")
        return file.read_bytes()
    except PermissionError as error:
        raise CannotOpenError("no_permission") from error
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise CannotOpenError("not_given") from error
