"""Addresses of the last mile: rounds, contacts, consents, placements, money, returns."""

from django.urls import path

from shipments.views import (
    cod,
    consents,
    contacts,
    courier_rounds,
    delivery,
    placements,
    returns,
    rounds,
)

_PARCEL = "parcels/<str:waybill>/"
DELIVERY = [
    path(f"{_PARCEL}delivery/", contacts.delivery_page, name="delivery"),
    path(f"{_PARCEL}contact/", contacts.contact_page, name="contact"),
    path(f"{_PARCEL}slot/", contacts.slot_page, name="slot"),
    path(f"{_PARCEL}address/", contacts.address_page, name="address"),
    path(f"{_PARCEL}contents/", contacts.contents_page, name="contents"),
    path(f"{_PARCEL}attempts/<uuid:uid>/", contacts.attempt_page, name="attempt"),
    path(f"{_PARCEL}consent/", consents.consent_page, name="consent"),
    path(f"{_PARCEL}ask/", consents.ask_page, name="ask_consent"),
    path(f"{_PARCEL}return/", returns.return_new_page, name="return_new"),
    path("rounds/", rounds.rounds_page, name="rounds"),
    path("rounds/new/", rounds.round_new_page, name="round_new"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/sheet.csv", rounds.round_csv, name="round_csv"),
    path("consents/", consents.consents_page, name="consents"),
    path("consents/new/", consents.consent_new_page, name="consent_new"),
    path("consents/<int:pk>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("consents/questions/<int:pk>/", consents.answer_question, name="consent_answer"),
    path("placements/", placements.placements_page, name="placements"),
    path("placements/<int:pk>/tell/", placements.placement_tell, name="placement_tell"),
    path("collect/", placements.collect_page, name="collect"),
    path("returns/", returns.returns_page, name="returns"),
    path("returns/<int:pk>/", returns.return_page, name="return"),
    path("proofs/missing/", delivery.proofs_page, name="proofs"),
    path("proofs/missing.csv", delivery.proofs_csv, name="proofs_csv"),
    path("delivery/quality/", delivery.quality_page, name="delivery_quality"),
    path("delivery/rules/", delivery.rules_page, name="last_mile_rules"),
    path("delivery/rules/<slug:kind>/", delivery.rule_page, name="last_mile_rule"),
    path("cod/", cod.cod_page, name="cod"),
    path("cod/day.csv", cod.cod_csv, name="cod_csv"),
    path("cod/<str:number>/<str:day>/", cod.cod_courier_page, name="cod_courier"),
    path("m/round/start/", courier_rounds.m_round_start, name="m_round_start"),
    path("m/round/end/", courier_rounds.m_round_end, name="m_round_end"),
    path("m/cod/", courier_rounds.m_cod, name="m_cod"),
]
