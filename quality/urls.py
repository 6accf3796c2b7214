"""Addresses of the improvement loop."""

from django.urls import path

from quality.audit_urls import urlpatterns as audit_urls
from quality.document_urls import urlpatterns as document_urls
from quality.improvement_urls import urlpatterns as improvement_urls
from quality.inspection_urls import urlpatterns as inspection_urls
from quality.review_urls import urlpatterns as review_urls
from quality.things_urls import THINGS
from quality.views import board, causes, deeds, pack, page, raising, terms

app_name = "quality"
_ONE = "actions/<str:number>/"
_TASK = f"{_ONE}tasks/<int:position>/"
_CAUSES = "settings/nonconformity-causes/"
urlpatterns = [
    *audit_urls,
    *document_urls,
    *review_urls,
    *improvement_urls,
    path("actions/", board.actions_page, name="actions"),
    path("actions/home/", board.home_now, name="home_now"),
    path("actions/new/", raising.raise_page, name="raise"),
    path("actions/of/<slug:kind>/<str:ref>/", raising.of_source, name="of_source"),
    path(_ONE, page.nonconformity_page, name="nonconformity"),
    path(f"{_ONE}contain/", deeds.contain, name="contain"),
    path(f"{_ONE}cause/", deeds.cause, name="cause"),
    path(f"{_ONE}tasks/", deeds.action, name="action"),
    path(f"{_ONE}criterion/", deeds.criterion, name="criterion"),
    path(f"{_ONE}propose/", deeds.propose, name="propose"),
    path(f"{_ONE}decide/", deeds.decide, name="decide"),
    path(f"{_ONE}replan/", deeds.replan, name="replan"),
    path(f"{_ONE}postpone/", deeds.postpone, name="postpone"),
    path(f"{_ONE}verifier/", deeds.verifier, name="verifier"),
    path(f"{_ONE}assign/", deeds.assign, name="assign"),
    path(f"{_ONE}void/", deeds.void, name="void"),
    path(f"{_ONE}reopen/", deeds.reopen, name="reopen"),
    path(f"{_ONE}pack/", pack.pack, name="pack"),
    path(f"{_ONE}files/", deeds.file, name="file"),
    path(f"{_ONE}files/<uuid:uid>/", page.file_open, name="file_open"),
    path(f"{_TASK}done/", deeds.done, name="done"),
    path(f"{_TASK}later/", deeds.later, name="later"),
    path(f"{_TASK}cancel/", deeds.cancel, name="cancel"),
    path(f"{_TASK}drop/", deeds.drop, name="drop"),
    path("settings/improvement/", terms.terms_page, name="terms"),
    path(_CAUSES, causes.causes_page, name="causes"),
    path(f"{_CAUSES}new/", causes.cause_edit, name="cause_new"),
    path(f"{_CAUSES}<slug:code>/", causes.cause_edit, name="cause_edit"),
    path(f"{_CAUSES}<slug:code>/merge/", causes.cause_merge, name="cause_merge"),
    *THINGS,
]
urlpatterns += inspection_urls
