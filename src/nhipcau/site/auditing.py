"""What `nhipcau audit` answers, in the language of the command line."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.cli.messages import in_vietnamese
from nhipcau.records.foundation.personal import replaying
from nhipcau.records.foundation.sealing.keys import NoKeyError
from nhipcau.records.foundation.sealing.sealer import BehindError
from nhipcau.site import sealing
from nhipcau.site.speaking import FAILED, answer, say

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from nhipcau.records.foundation.sealing.findings import Report

BENT = 2


def run(options: Namespace) -> int:
    """Do what was asked; the exit status."""
    with translation.override("vi" if in_vietnamese() else "en"):
        try:
            if options.act == "replay-erasures":
                return _replay(options.files)
            return _verify(options) if options.act == "verify" else _seal(options.restored)
        except (NoKeyError, BehindError) as error:
            say(f"nhipcau audit: {error}")
            return FAILED


def _seal(why: str) -> int:
    made = sealing.seal(why)
    for one in made:
        words = ngettext(
            "Seal %(number)s: %(count)s event.", "Seal %(number)s: %(count)s events.", one.seal.count
        )
        answer(words % {"number": one.seal.number, "count": one.seal.count})
    if not made:
        answer(_("There is nothing to seal."))
    return 0


def _replay(files: list[Path]) -> int:
    done = replaying.replay(files or None)
    answer(_("Erased again: %(count)s records.") % {"count": done})
    return 0


def _verify(options: Namespace) -> int:
    begun = time.perf_counter()
    report, verifier = sealing.verify(since_last=options.since_last, key=options.key)
    if options.format == "json":
        told = {**report.as_plain(), "key": verifier.fingerprint, "seconds": time.perf_counter() - begun}
        answer(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in lines(report, verifier.fingerprint):
            answer(line)
    return 0 if report.is_whole else BENT


def lines(report: Report, fingerprint: str) -> list[str]:
    """The report for people: what was looked at, what is wrong, what there is to know."""
    facts = {
        "events": localize(report.events),
        "values": localize(report.values),
        "seals": localize(report.seals),
        "key": fingerprint,
    }
    looked = _("Looked at: %(events)s events, %(values)s values, %(seals)s seals; key %(key)s.") % facts
    more = [
        _("… and %(count)s more of the same (%(code)s).") % {"count": count, "code": code}
        for code, count in report.left_out.items()
    ]
    end = _("Nothing is wrong.") if report.is_whole else _("The trail is not as it was sealed.")
    return [
        looked,
        *(f"! {one}" for one in report.faults),
        *more,
        *(f"- {one}" for one in report.notices),
        end,
    ]
