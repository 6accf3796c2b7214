"""Addresses of documents, processes, the legal register."""

from django.urls import path

from quality.views.documents import library, page, processes, reading, writing

_ONE = "documents/<str:number>/"
urlpatterns = [
    path("documents/", library.documents_page, name="documents"),
    path("documents/new/", writing.document_new, name="document_new"),
    path("documents/readings/", reading.readings_page, name="readings"),
    path("documents/clauses/", library.clauses_page, name="clauses"),
    path(_ONE, page.document_page, name="document"),
    path(f"{_ONE}card/", writing.document_edit, name="document_edit"),
    path(f"{_ONE}text/", writing.document_draft, name="document_draft"),
    path(f"{_ONE}submit/", writing.document_submit, name="document_submit"),
    path(f"{_ONE}decide/", writing.document_decide, name="document_decide"),
    path(f"{_ONE}discard/", writing.document_discard, name="document_discard"),
    path(f"{_ONE}withdraw/", writing.document_withdraw, name="document_withdraw"),
    path(f"{_ONE}confirm/", reading.document_confirm, name="document_confirm"),
    path(f"{_ONE}compare/", page.document_compare, name="document_compare"),
    path(f"{_ONE}print/<int:version>/", page.document_print, name="document_print"),
    path("m/documents/", reading.m_documents, name="m_documents"),
    path("m/documents/<str:number>/", reading.m_document, name="m_document"),
    path("sop/<slug:screen>/", library.screen_page, name="sop"),
    path("processes/", processes.processes_page, name="processes"),
    path("processes/<slug:code>/", processes.process_page, name="process"),
    path("processes/<slug:code>/edit/", processes.process_edit, name="process_edit"),
]
