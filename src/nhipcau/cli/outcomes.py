"""What one file comes to on the command line: the text to print, the sentences to tell, the exit code.

The modules of the reader and of the formats are imported when needed, so that the command starts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.cli.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.reading.findings import MarkedError, Reading

READ, FAULT, UNREADABLE, REFUSED, WRONG_USE = 0, 1, 2, 3, 64
#: Exit codes from the least to the gravest.
GRAVITY = (READ, UNREADABLE, FAULT, REFUSED)
#: Text for standard output, sentences for standard error, exit code.
Outcome = tuple[str, list[str], int]


def outcome(path: str, form: str, several: bool, prefix: str, vietnamese: bool) -> Outcome:
    """Read one file and write it in ``form``; never raises for what a file holds.

    ``several``: one of many files (JSON on one line). ``prefix``: of its anchors in HTML.
    """
    from nhipcau.cli.opening import CannotOpenError, file_bytes
    from nhipcau.reading.findings import MarkedError, UnreadableError

    name = _name(path)
    try:
        from nhipcau.reading.reader import read_bytes

        reading = read_bytes(file_bytes(path), name)
        written = _written(reading, form, several=several, prefix=prefix)
        return written, list(_notes(reading, name, vietnamese)), READ
    except MarkedError as marked:
        note = sentence("refused", vietnamese, name=name, mark=marked.mark)
        return _refusal(name, marked, form, several=several), [note], REFUSED
    except (UnreadableError, CannotOpenError) as error:
        words = sentence(error.code, vietnamese, name=name, given=str(error))
        return _failure(name, words, form, several=several), [f"{name}: {words}"], UNREADABLE
    except Exception as fault:  # noqa: BLE001 -- one file's fault must not lose the others of the batch
        words = sentence("fault", vietnamese, name=name, given=type(fault).__name__)
        return _failure(name, words, form, several=several), [f"{name}: {words}"], FAULT


def _notes(reading: Reading, name: str, vietnamese: bool) -> Iterator[str]:
    """What a person has to know of a file that was read: pictures to look at, members left out."""
    if reading.source.unread_pictures:
        yield sentence("unread_pictures", vietnamese, name=name)
    for note in reading.source.left_out:
        # The reader tells "name: sentence", in Vietnamese.
        yield sentence("left_out", vietnamese, name=note.partition(": ")[0], given=note)


def died(task: tuple[str, str, bool, str, bool], words: str) -> Outcome:
    """The outcome of a file whose reading ended the process."""
    path, form, several, _, _ = task
    return _failure(_name(path), words, form, several=several), [f"{_name(path)}: {words}"], FAULT


def _name(path: str) -> str:
    """The file's own name, without its folders."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def _written(reading: Reading, form: str, *, several: bool, prefix: str) -> str:
    if form == "json":
        from nhipcau.interchange.formats import reading_json

        return reading_json.reading(reading, one_line=several)
    if form == "html":
        from nhipcau.interchange.formats import reading_html

        return reading_html.article(reading, prefix)
    from nhipcau.interchange.formats import reading_text

    return reading_text.reading(reading)


def _failure(name: str, words: str, form: str, *, several: bool) -> str:
    if form == "json":
        from nhipcau.interchange.formats import reading_json

        return reading_json.error(name, words, one_line=several)
    if form == "html":
        from nhipcau.interchange.formats import reading_html

        return reading_html.error(name, words)
    from nhipcau.interchange.formats import reading_text

    return reading_text.error(name, words)


def _refusal(name: str, marked: MarkedError, form: str, *, several: bool) -> str:
    if form == "json":
        from nhipcau.interchange.formats import reading_json

        return reading_json.refusal(name, marked.mark, one_line=several)
    if form == "html":
        from nhipcau.interchange.formats import reading_html

        return reading_html.refusal(name, marked.mark)
    from nhipcau.interchange.formats import reading_text

    return reading_text.refusal(name, marked.mark)
