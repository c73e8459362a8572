"""Every write of the documents desk, one verb family a module; each names who acts and writes one event.

May import this area's other rooms and foundation.
Go on with ``receiving.py`` (a file comes in), then ``registering.py`` (a person confirms it).
"""

from nhipcau.records.documents.services.linking import (
    link_mention,
    make_known,
    reject_candidate,
    unlink_mention,
)
from nhipcau.records.documents.services.merging import merge, undo_merge
from nhipcau.records.documents.services.reading import read_paper
from nhipcau.records.documents.services.receiving import PicturesUnreadError, Received, receive_file
from nhipcau.records.documents.services.registering import (
    SameIdentity,
    confirm,
    correct,
    save_card,
    set_aside,
    void,
)
from nhipcau.records.documents.services.relating import (
    decide_all,
    decide_relation,
    propose_relations,
    relate,
)
from nhipcau.records.documents.services.stubs import enter_stub

__all__ = [
    "PicturesUnreadError",
    "Received",
    "SameIdentity",
    "confirm",
    "correct",
    "decide_all",
    "decide_relation",
    "enter_stub",
    "link_mention",
    "make_known",
    "merge",
    "propose_relations",
    "read_paper",
    "receive_file",
    "reject_candidate",
    "relate",
    "save_card",
    "set_aside",
    "undo_merge",
    "unlink_mention",
    "void",
]
