"""Addresses of the ground floor: home, language, health, audit trail, runs."""

from django.urls import path

from courierqa.core import audit_views, job_views, message_views, notice_views, views

app_name = "core"
urlpatterns: list = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("audit/", audit_views.audit_log, name="audit"),
    path("audit/audit.csv", audit_views.audit_csv, name="audit_csv"),
    path("audit/chain.jsonl", audit_views.audit_chain, name="audit_chain"),
    path("audit/verify/", audit_views.audit_verify, name="audit_verify"),
    path("messages/", message_views.message_log, name="message_log"),
    path("messages/messages.csv", message_views.messages_csv, name="messages_csv"),
    path("runs/", job_views.runs, name="runs"),
    path("runs/effects/<int:effect_id>/retry/", job_views.retry_effect, name="retry_effect"),
    path("notices/", notice_views.notifications, name="notifications"),
    path("notices/read/", notice_views.notices_read, name="notices_read"),
    path("notices/<int:notice_id>/open/", notice_views.notice_open, name="notice_open"),
    path("home/approvals/", notice_views.home_approvals, name="home_approvals"),
]
