"""Addresses of reviews."""

from django.urls import path

from quality.views.reviews import deeds, lists, one

_ONE = "reviews/<int:pk>/"
_DECISION = f"{_ONE}decisions/<int:position>/"
urlpatterns = [
    path("reviews/", lists.reviews_page, name="reviews"),
    path("reviews/plans/", lists.plans_page, name="review_plans"),
    path("reviews/plans/new/", lists.plan_new, name="review_plan_new"),
    path("reviews/plans/<int:pk>/", lists.plan_page, name="review_plan"),
    path(_ONE, one.review_page, name="review"),
    path(f"{_ONE}print/", one.review_print, name="review_print"),
    path(f"{_ONE}open/", deeds.open_now, name="review_open"),
    path(f"{_ONE}refill/", deeds.refill, name="review_refill"),
    path(f"{_ONE}write/", deeds.write, name="review_write"),
    path(f"{_ONE}hold/", deeds.hold, name="review_hold"),
    path(f"{_ONE}decide/", deeds.decide, name="review_decide"),
    path(f"{_ONE}decisions/", deeds.decision_add, name="review_decision"),
    path(f"{_DECISION}drop/", deeds.decision_drop, name="review_decision_drop"),
    path(f"{_DECISION}end/", deeds.decision_end, name="review_decision_end"),
    path(f"{_ONE}verdicts/<int:verdict>/start/", deeds.policy_new, name="review_policy"),
]
