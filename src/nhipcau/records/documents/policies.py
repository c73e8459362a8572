"""Who may: everything of the documents desk belongs to one office and is seen by its own people."""

from __future__ import annotations

from nhipcau.records.documents.models import Candidate, Document, MarkedStub, Mention, Merge, Paper, Relation
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.policies import OwnedPolicy

DOCUMENTS = OwnedPolicy(Document, view=Permission.DOCUMENT_VIEW, kind="document")
PAPERS = OwnedPolicy(Paper, view=Permission.DOCUMENT_VIEW)
MENTIONS = OwnedPolicy(Mention, view=Permission.DOCUMENT_VIEW)
CANDIDATES = OwnedPolicy(Candidate, view=Permission.DOCUMENT_VIEW)
RELATIONS_POLICY = OwnedPolicy(Relation, view=Permission.DOCUMENT_VIEW)
MERGES = OwnedPolicy(Merge, view=Permission.DOCUMENT_VIEW)
STUBS = OwnedPolicy(MarkedStub, view=Permission.DOCUMENT_VIEW)
