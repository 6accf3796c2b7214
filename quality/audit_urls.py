"""Addresses of audits, certificates and the legal register."""

from django.urls import path

from quality.views import audits, certifications, legal

_ONE = "audits/<str:number>/"
_LINE = f"{_ONE}lines/<int:position>/"
_LAW = "legal/<slug:code>/"
urlpatterns = [
    path("audits/", audits.audits_page, name="audits"),
    path("audits/findings/", audits.findings_page, name="findings"),
    path("audits/programmes/new/", audits.programme_new, name="programme_new"),
    path("audits/programmes/<int:year>/approve/", audits.programme_approve,
         name="programme_approve"),
    path("audits/programmes/<int:year>/plan/", audits.audit_new, name="audit_new"),
    path(_ONE, audits.audit_page, name="audit"),
    path(f"{_ONE}report/", audits.audit_report, name="audit_report"),
    path(f"{_ONE}later/", audits.audit_later, name="audit_later"),
    path(f"{_ONE}again/", audits.audit_again, name="audit_again"),
    path(f"{_ONE}print/", audits.audit_print, name="audit_print"),
    path(f"{_LINE}grade/", audits.line_grade, name="line_grade"),
    path(f"{_LINE}verify/", audits.line_verify, name="line_verify"),
    path("certifications/", certifications.certifications_page, name="certifications"),
    path("certifications/new/", certifications.certification_new, name="certification_new"),
    path("certifications/<int:pk>/files/new/", certifications.certification_file_new,
         name="certification_file_new"),
    path("certifications/files/<uuid:uid>/", certifications.certification_file,
         name="certification_file"),
    path("certifications/visits/<int:pk>/", certifications.visit_record, name="visit_record"),
    path("legal/", legal.laws_page, name="laws"),
    path("legal/duties/", legal.duties_page, name="duties"),
    path("legal/duties/files/<uuid:uid>/", legal.duty_file, name="duty_file"),
    path("legal/duties/<str:ref>/", legal.duty_page, name="duty"),
    path("legal/new/", legal.law_edit, name="law_new"),
    path(_LAW, legal.law_page, name="law"),
    path(f"{_LAW}edit/", legal.law_edit, name="law_edit"),
    path(f"{_LAW}wording/", legal.wording_new, name="wording_new"),
    path(f"{_LAW}duties/new/", legal.duty_edit, name="duty_new"),
    path(f"{_LAW}duties/<int:pk>/", legal.duty_edit, name="duty_edit"),
]  # fmt: skip
