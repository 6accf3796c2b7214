"""Addresses of this app. The public ones exist twice: Chinese, and English under /en/."""

from django.urls import path

from complaints.views import (
    advice,
    answers,
    case,
    deeds,
    followups,
    inbox,
    lanes,
    new,
    public,
    rating,
)
from complaints.voice_urls import PUBLIC, VOICE

app_name = "complaints"
_PUBLIC = [
    ("complain/", public.complain, "complain"),
    ("service/faq/", advice.faq_page, "faq"),
    ("service/ask/", advice.ask_page, "ask"),
    ("service/compensation/", advice.compensation_page, "compensation"),
    ("service/contact/", advice.contact_page, "contact"),
    ("complain/status/<str:token>/", public.case_status, "case_status"),
    ("complain/status/<str:token>/words/", public.case_words, "case_words"),
    ("r/<str:token>/", rating.rate, "rate"),
    *PUBLIC,
]
_CASE = "complaints/<str:number>/"

urlpatterns = [
    path("complaints/", inbox.inbox, name="inbox"),
    path("complaints/take/", inbox.take_cases, name="take_cases"),
    path("complaints/next/", inbox.next_case, name="next"),
    path("complaints/lanes/", lanes.lane_delays, name="lane_delays"),
    path("complaints/home/", inbox.home_now, name="home_now"),
    path("complaints/of-parcel/<str:waybill>/", inbox.parcel_cases, name="parcel_cases"),
    path("complaints/new/", new.case_new, name="case_new"),
    path("complaints/new/caller/", new.find_caller, name="find_caller"),
    path("complaints/follow-ups/", followups.followups, name="followups"),
    path("complaints/follow-ups/<int:pk>/", followups.record, name="followup_record"),
    path("complaints/follow-ups/<int:pk>/dial/", followups.dial, name="followup_dial"),
    path("settings/answers/", answers.answers_page, name="answers"),
    path("settings/answers/new/", answers.answer_new, name="answer_new"),
    path("settings/answers/<slug:code>/", answers.answer_page, name="answer"),
    path(_CASE, case.case_page, name="case"),
    path(f"{_CASE}saved/", new.case_saved, name="case_saved"),
    path(f"{_CASE}add/", new.add_to, name="case_add"),
    path(f"{_CASE}take/", deeds.take, name="case_take"),
    path(f"{_CASE}reply/", deeds.reply, name="case_reply"),
    path(f"{_CASE}note/", deeds.note, name="case_note"),
    path(f"{_CASE}transfer/", deeds.transfer, name="case_transfer"),
    path(f"{_CASE}transfer/<int:pk>/accept/", deeds.accept_transfer, name="transfer_accept"),
    path(f"{_CASE}transfer/<int:pk>/answer/", deeds.answer_transfer, name="transfer_answer"),
    path(f"{_CASE}liability/", deeds.liability, name="case_liability"),
    path(f"{_CASE}claim/", deeds.claim, name="case_claim"),
    path(f"{_CASE}claim/<int:pk>/decide/", deeds.decide_claim, name="claim_decide"),
    path(f"{_CASE}claim/<int:pk>/pay/", deeds.pay_claim, name="claim_pay"),
    path(f"{_CASE}no-money/", deeds.no_money, name="case_no_money"),
    path(f"{_CASE}cause/", deeds.cause, name="case_cause"),
    path(f"{_CASE}close/", deeds.close, name="case_close"),
    path(f"{_CASE}reopen/", deeds.reopen, name="case_reopen"),
    path(f"{_CASE}withdraw/", deeds.withdraw, name="case_withdraw"),
    path(f"{_CASE}reveal/", deeds.reveal, name="case_reveal"),
    *VOICE,
    *(path(route, view, name=name) for route, view, name in _PUBLIC),
    *(path(f"en/{route}", view, name=f"{name}_en") for route, view, name in _PUBLIC),
]
