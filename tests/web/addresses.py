"""Every address of the pages: the record that it names, what is sent to it, and who is refused there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from tests.web.office import Office


@dataclass(frozen=True, slots=True)
class Address:
    """One address. ``record`` is the one of the office that it names; ``refused`` may see it, no more."""

    name: str
    record: str = ""
    index: int | str | None = None
    method: str = "GET"
    data: dict[str, str] = field(default_factory=dict)
    refused: str = ""

    def path(self, office: Office) -> str:
        """The address of the office's own record."""
        if self.record:
            return self.path_of(getattr(office, self.record).public_id)
        return reverse(self.name, args=[] if self.index is None else [self.index])

    def path_of(self, public_id: UUID) -> str:
        """The address of a record."""
        return reverse(self.name, args=[public_id, *([] if self.index is None else [self.index])])

    def visit(self, browser: Client, path: str, **headers: str) -> Any:
        """Go there, or send what belongs there."""
        if self.method == "GET":
            return browser.get(path, headers=headers)
        return browser.post(path, self.data, headers=headers)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


STUB = {"number": "06-CV/HĐGL", "date": "03/02/2026", "issuer_name": "Hội đồng", "mark": "mật"}

#: Pages that a clerk opens.
PAGES = (
    Address("desk"),
    Address("documents:list"),
    Address("documents:receive"),
    Address("documents:stubs"),
    Address("documents:waiting"),
    Address("documents:failed"),
    Address("documents:unplaced"),
    Address("documents:reading", "waiting"),
    Address("documents:part", "confirmed", 0),
    Address("documents:mention", "mention"),
    Address("documents:detail", "directive"),
    Address("documents:correct", "directive"),
    Address("documents:cascade", "directive"),
    Address("cascades"),
    Address("units"),
    Address("units-search"),
    Address("unit", "unit"),
    Address("jobs"),
    Address("account"),
    Address("account-password"),
    Address("account-factors"),
    Address("account-telephone"),
)
#: Pages of who administers.
ADMINISTRATION = (
    Address("people", refused="clerk"),
    Address("rights", refused="clerk"),
    Address("invite", refused="auditor"),
    Address("person", "person"),
    Address("unit-found", refused="clerk"),
    Address("unit-act", "unit", "doi-ten", refused="clerk"),
    Address("person-data", "person", refused="auditor"),
    Address("person-data-copy", "person", refused="auditor"),
    Address("imports", index="units", refused="clerk"),
    Address("import-table", index="units", refused="clerk"),
    Address("import", "taken"),
    Address("import-progress", "taken"),
    Address("import-outcome", "taken"),
)
#: Lead to the desk when there is nothing to show.
PASSAGES = (Address("held"),)
#: What is no whole page: a part of one, and files.
PIECES = (
    Address("documents:progress"),
    Address("unit-branch", "unit"),
    Address("units-choices"),
    Address("documents:export", refused="administrator"),
    Address("documents:file", "confirmed"),
)
#: What is sent with a button, each with a role that may not.
ACTS = (
    Address("documents:receive", method="POST", refused="auditor"),
    Address("documents:stubs", method="POST", data=STUB, refused="officer"),
    Address("documents:confirm", "waiting", 0, "POST", {"type_name": "Kế hoạch"}, "officer"),
    Address("documents:set-aside", "waiting", 0, "POST", {"why": "trang bìa"}, "officer"),
    Address("documents:correct", "directive", None, "POST", {"place": "Hà Nội"}, "officer"),
    Address("documents:void", "directive", None, "POST", {"why": "ghi trùng"}, "officer"),
    Address("documents:merge", "doubled", None, "POST", {}, "officer"),
    Address("documents:undo-merge", "merge", None, "POST", {}, "officer"),
    Address("documents:mention", "mention", None, "POST", {"unlink": "yes"}, "auditor"),
    Address("documents:decide", "relation", None, "POST", {"decision": "confirm"}, "auditor"),
    Address("documents:decide-all", "directive", None, "POST", {}, "auditor"),
    Address("share", "directive", "document", "POST", {"why": "phối hợp"}, "clerk"),
    Address("share-end", "shared", None, "POST", {}, "clerk"),
    Address("job-retry", "job", None, "POST", {}, "auditor"),
)
#: What one does with one's own account; nobody is refused there.
OWN_ACTS = (
    Address("account-password", method="POST"),
    Address("account-sessions-end", method="POST"),
    Address("account-post", method="POST"),
    Address("still-here", method="POST"),
    Address("lock-now", method="POST"),
    Address("account-telephone", method="POST"),
    Address("account-passkey", method="POST"),
    Address("account-codes", method="POST"),
    Address("account-factor-remove", index=1, method="POST"),
)
#: The same for pages of who administers.
ADMINISTRATION_ACTS = (
    Address("invite", method="POST", refused="auditor"),
    Address("person-give", "person", None, "POST", {}, "auditor"),
    Address("unit-found", method="POST", refused="clerk"),
    Address("unit-act", "unit", "doi-ten", "POST", {}, "clerk"),
    Address("person-act", "person", None, "POST", {"act": "off", "why": "x"}, "auditor"),
    Address("grant-end", "grant", None, "POST", {}, "auditor"),
    Address("grant-cancel", "grant", None, "POST", {}, "auditor"),
    Address("person-data-act", "person", None, "POST", {"act": "ask", "ask": "see"}, "auditor"),
    Address("imports", index="units", method="POST", refused="clerk"),
    Address("import-columns", "taken", method="POST"),
    Address("import-again", "taken", method="POST"),
    Address("import-confirm", "taken", method="POST"),
    Address("import-leave", "taken", method="POST"),
)
EVERY = (*PAGES, *PIECES, *ACTS, *PASSAGES, *ADMINISTRATION, *OWN_ACTS, *ADMINISTRATION_ACTS)
#: Open to everybody; allauth asks for some by names of its own.
OPEN = {
    "sign-in",
    "sign-out",
    "account_login",
    "mfa_authenticate",
    "invitation",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
}
