"""The application of official documents."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Label ``documents``."""

    name = "nhipcau.records.documents"
    label = "documents"
    verbose_name = _("Documents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of this area known, and the work that its jobs do."""
        from nhipcau.records.documents import models, policies
        from nhipcau.records.documents.services import reading  # noqa: F401 (registers the work of reading)
        from nhipcau.records.foundation.references import Kind, register

        document = Kind(
            "document", models.Document, policies.DOCUMENTS, "documents:detail", names=("author_name",)
        )
        register(document)
        register(Kind("paper", models.Paper, policies.PAPERS, "documents:reading"))
        register(Kind("mention", models.Mention, policies.MENTIONS))
        register(Kind("relation", models.Relation, policies.RELATIONS_POLICY))
        register(Kind("merge", models.Merge, policies.MERGES))
        register(Kind("stub", models.MarkedStub, policies.STUBS))
