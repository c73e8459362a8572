"""The tables of documents, one subject a module: documents and their numbers, papers, mentions, relations.

May import foundation's models; holds tables and constraints, no business verbs.
Go on with ``documents.py``, then ``papers.py``.
"""

from nhipcau.records.documents.models.documents import INCOMING, Document, MarkedStub, Merge, Series
from nhipcau.records.documents.models.mentions import Candidate, Mention
from nhipcau.records.documents.models.papers import Paper, Part
from nhipcau.records.documents.models.relations import RELATIONS, Relation

__all__ = [
    "INCOMING",
    "RELATIONS",
    "Candidate",
    "Document",
    "MarkedStub",
    "Mention",
    "Merge",
    "Paper",
    "Part",
    "Relation",
    "Series",
]
