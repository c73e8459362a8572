"""The addresses of the pages, in Vietnamese without marks, as the people who read them out would say them."""

from __future__ import annotations

from django.urls import include, path

from nhipcau.records.documents.register import REGISTER as DOCUMENTS
from nhipcau.web.kit.pages import addresses
from nhipcau.web.pages import (
    account,
    cascade,
    desk,
    document,
    factors,
    houses,
    imports,
    invitation,
    jobs,
    mentions,
    people,
    person_data,
    reading,
    receive,
    sharing,
    signin,
    stubs,
    unit,
    unit_acts,
    units,
    waiting,
)

documents = [
    *addresses(DOCUMENTS),
    path("nhan/", receive.receive, name="receive"),
    path("nhan/tien-do/", receive.progress, name="progress"),
    path("cho-xac-nhan/", waiting.waiting, name="waiting"),
    path("khong-doc-duoc/", waiting.failed, name="failed"),
    path("chua-noi/", waiting.unplaced, name="unplaced"),
    path("phieu-mat/", stubs.stubs, name="stubs"),
    path("giay/<uuid:public_id>/", reading.reading, name="reading"),
    path("giay/<uuid:public_id>/<int:index>/", reading.reading, name="part"),
    path("giay/<uuid:public_id>/<int:index>/xac-nhan/", reading.confirm, name="confirm"),
    path("giay/<uuid:public_id>/<int:index>/de-rieng/", reading.set_aside, name="set-aside"),
    path("giay/<uuid:public_id>/tep/", document.file, name="file"),
    path("vien-dan/<uuid:public_id>/", mentions.place, name="mention"),
    path("quan-he/<uuid:public_id>/", cascade.decide, name="decide"),
    path("nhap/<uuid:public_id>/hoan-tac/", document.undo_merge, name="undo-merge"),
    path("<uuid:public_id>/", document.detail, name="detail"),
    path("<uuid:public_id>/sua/", document.correct, name="correct"),
    path("<uuid:public_id>/huy/", document.void, name="void"),
    path("<uuid:public_id>/nhap/", document.merge, name="merge"),
    path("<uuid:public_id>/trien-khai/", cascade.cascade, name="cascade"),
    path("<uuid:public_id>/quan-he/", cascade.decide_all, name="decide-all"),
]

# Allauth asks for some addresses by its own names.
signing = [
    path("dang-nhap/", signin.SignIn.as_view(), name="account_login"),
    path("dang-nhap/", signin.SignIn.as_view(), name="sign-in"),
    path("dang-nhap/ma/", signin.SecondFactor.as_view(), name="mfa_authenticate"),
    path("dang-nhap/khoa/", signin.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("dang-nhap/giu-lai/", signin.held, name="held"),
    path("dang-nhap/nha/<slug:provider_id>/", houses.go, name="openid_connect_login"),
    path("dang-nhap/nha/<slug:provider_id>/ve/", houses.come_back, name="openid_connect_callback"),
    path("dang-xuat/", signin.sign_out, name="sign-out"),
]

own_account = [
    path("", account.account, name="account"),
    path("mat-khau/", account.password, name="account-password"),
    path("noi-lam-viec/", account.choose_post, name="account-post"),
    path("phien/ket-thuc/", account.end_sessions, name="account-sessions-end"),
    path("phien/con-day/", account.still_here, name="still-here"),
    path("phien/khoa/", account.lock_now, name="lock-now"),
    path("xac-thuc/", factors.overview, name="account-factors"),
    path("xac-thuc/dien-thoai/", factors.telephone, name="account-telephone"),
    path("xac-thuc/khoa/", factors.add_passkey, name="account-passkey"),
    path("xac-thuc/ma-du-phong/", factors.codes, name="account-codes"),
    path("xac-thuc/<int:factor>/bo/", factors.remove, name="account-factor-remove"),
]

persons = [
    path("", people.people, name="people"),
    path("moi/", people.invite, name="invite"),
    path("quyen/", people.rights, name="rights"),
    path("<uuid:public_id>/", people.person, name="person"),
    path("<uuid:public_id>/vai-tro/", people.give, name="person-give"),
    path("<uuid:public_id>/viec/", people.act, name="person-act"),
    path("vai-tro/<uuid:public_id>/ket-thuc/", people.end, name="grant-end"),
    path("vai-tro/<uuid:public_id>/huy/", people.cancel, name="grant-cancel"),
    path("<uuid:public_id>/du-lieu/", person_data.person_data, name="person-data"),
    path("<uuid:public_id>/du-lieu/ban-sao/", person_data.person_copy, name="person-data-copy"),
    path("<uuid:public_id>/du-lieu/viec/", person_data.person_data_act, name="person-data-act"),
]

files = [
    path("<slug:slug>/", imports.start, name="imports"),
    path("<slug:slug>/mau/", imports.table, name="import-table"),
    path("tep/<uuid:public_id>/", imports.taken, name="import"),
    path("tep/<uuid:public_id>/cot/", imports.columns, name="import-columns"),
    path("tep/<uuid:public_id>/xem-lai/", imports.again, name="import-again"),
    path("tep/<uuid:public_id>/ghi/", imports.confirm, name="import-confirm"),
    path("tep/<uuid:public_id>/bo/", imports.leave, name="import-leave"),
    path("tep/<uuid:public_id>/tien-do/", imports.progress, name="import-progress"),
    path("tep/<uuid:public_id>/ket-qua/", imports.outcome, name="import-outcome"),
]

units_through_time = [
    path("", units.tree, name="units"),
    path("tim/", units.search, name="units-search"),
    path("chon/", units.choices, name="units-choices"),
    path("lap/", unit_acts.found, name="unit-found"),
    path("<uuid:public_id>/", unit.unit, name="unit"),
    path("<uuid:public_id>/duoi/", units.branch, name="unit-branch"),
    path("<uuid:public_id>/<slug:slug>/", unit_acts.act, name="unit-act"),
]

sharing_records = [
    path("<uuid:public_id>/<slug:kind>/", sharing.share, name="share"),
    path("thoi/<uuid:public_id>/", sharing.end, name="share-end"),
]

urlpatterns = [
    path("", desk.desk, name="desk"),
    *signing,
    path("moi/<str:token>/", invitation.invitation, name="invitation"),
    path("tai-khoan/", include(own_account)),
    path("can-bo/", include(persons)),
    path("van-ban/", include((documents, "documents"))),
    path("nhap-tep/", include(files)),
    path("don-vi/", include(units_through_time)),
    path("cung-xem/", include(sharing_records)),
    path("trien-khai/", cascade.cascades, name="cascades"),
    path("viec-nen/", jobs.jobs, name="jobs"),
    path("viec-nen/<uuid:public_id>/thu-lai/", jobs.retry, name="job-retry"),
]
