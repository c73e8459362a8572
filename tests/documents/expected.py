"""Expected readings of the corpus: `<batch>/<slug>.toml` beside `<batch>/<slug>.txt`.

The text is what a reader sees: NFC, line ends as one newline, no byte-order mark. Every `surface` of the
TOML file is looked for in that text; `nth` says which occurrence is meant (1 when left out). Spans are
half-open code points.

How doubtful cases of the contract were decided for every batch:

* `subject` is as printed, with "V/v" or "Về việc" where the paper prints them; a line break is one blank.
* A letterhead of the Front, a mass organisation or a Union makes a paper `front`, under either number form.
* "Chương trình hành động" is a type of its own, in headers and in citations.
* `type` of a dispatch is "Công văn"; a type line that no table knows is still the header's `type`.
* Recipients end without ";", "," or "."; remarks in brackets, "Lưu ..." and "Như trên" are left out.
* In a list with one type word the second span begins at its first digit.
* The unit of a counted thing is its classifier or its dictionary word ("khoản", "dự án", "lượt người"),
  never what follows ("khoản" of "471 khoản viện trợ").
* What a plan aims at ("phấn đấu 100% ...") or grants ("mỗi xã cử 02 người") is a target or quota, hence
  no figure.
* A citation whose printed day does not exist has no date; the anomaly `impossible_date` says why.
* "trước ngày 15/6 và ngày 15/12 hằng năm" is one deadline; rules use `FREQ=YEARLY;BYMONTH=..;BYMONTHDAY=..`,
  or `FREQ=MONTHLY;BYMONTHDAY=..` for every month.

`python -m tests.documents.expected` prints every problem and the totals.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.documents.checker import Checker, normalised
from tests.documents.model import Sample

ROOT = Path(__file__).resolve().parent


class ExpectationError(ValueError):
    """Some expected reading does not fit its text; the message lists every problem."""


def read_pair(path: Path) -> tuple[Sample, list[str]]:
    """Read one `.txt` with its `.toml`; return the sample and the problems found in it.

    Raises OSError, UnicodeDecodeError or tomllib.TOMLDecodeError where a file cannot be read at all.
    """
    text = normalised(path.read_bytes().decode("utf-8"))
    data = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    checker = Checker(text)
    checker.keys("file", data)
    tables = data.get("documents", [])
    if not tables:
        checker.say("no documents")
    starts = checker.starts(tables)
    ends = [*starts[1:], len(text)]
    documents = []
    for index, table in enumerate(tables):
        checker.where = f"documents[{index}]"
        documents.append(checker.document(table, (starts[index], ends[index])))
    note = str(data.get("note", ""))
    if not note:
        checker.say("no note")
    sample = Sample(path.parent.name, path.stem, path, text, note, tuple(documents))
    return sample, [f"{path.parent.name}/{path.stem}: {problem}" for problem in checker.problems]


def texts(batch: str | None = None) -> list[Path]:
    """List the `.txt` files of one batch, or of all, in order of their names."""
    return sorted(ROOT.glob(f"{batch or '*'}/*.txt"))


def read_all(batch: str | None = None) -> tuple[list[Sample], list[str]]:
    """Read every pair of a batch, or of all; return the samples and all problems, missing halves included."""
    samples, problems = [], []
    for path in texts(batch):
        if not path.with_suffix(".toml").exists():
            problems.append(f"{path.parent.name}/{path.stem}: no expected reading beside the text")
            continue
        try:
            sample, found = read_pair(path)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problems.append(f"{path.parent.name}/{path.stem}: {error}")
            continue
        samples.append(sample)
        problems.extend(found)
    problems.extend(
        f"{path.parent.name}/{path.stem}: no text beside the expected reading"
        for path in sorted(ROOT.glob(f"{batch or '*'}/*.toml"))
        if not path.with_suffix(".txt").exists()
    )
    return samples, problems


def load(batch: str | None = None) -> list[Sample]:
    """Return the samples of one batch (a folder's name), or of all.

    Raises ExpectationError, listing every problem, where an expected reading does not fit its text.
    """
    samples, problems = read_all(batch)
    if problems:
        raise ExpectationError("\n".join(problems))
    return samples


def totals(samples: Iterable[Sample]) -> dict[str, Counter[str]]:
    """Count documents per kind and findings per kind, under the batch's name and under "all"."""
    result: dict[str, Counter[str]] = {}
    for sample in samples:
        count: Counter[str] = Counter(files=1)
        for document in sample.documents:
            count[f"kind {document.kind}"] += 1
            count["documents"] += 1
            for kind in ("citations", "figures", "deadlines", "assignments", "anomalies"):
                count[kind] += len(getattr(document, kind))
            count.update(f"anomaly {anomaly.code}" for anomaly in document.anomalies)
        for name in (sample.batch, "all"):
            result.setdefault(name, Counter()).update(count)
    return result


def main() -> int:
    """Print every problem and the totals; return 1 where there is a problem."""
    samples, problems = read_all()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    for name, count in totals(samples).items():
        sys.stdout.write(
            f"{name}: " + ", ".join(f"{key} {value}" for key, value in sorted(count.items())) + "\n"
        )
    sys.stdout.write(f"{len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
