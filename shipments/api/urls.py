"""Addresses of the programs' door."""

from django.urls import path

from shipments.api import (
    delivery,
    epcis,
    identities,
    orders,
    parcels,
    positions,
    proofs,
    rounds,
    scans,
)

urlpatterns = [
    path("scans/batch", scans.ScanBatchView.as_view(), name="scans_batch"),
    path("parcels/<str:waybill>/", parcels.ParcelView.as_view(), name="api_parcel"),
    path("parcels/<str:waybill>/epcis/", epcis.ParcelEvents.as_view(), name="api_parcel_epcis"),
    path("epcis/capture/", epcis.Capture.as_view(), name="api_epcis_capture"),
    path("parcels/<str:waybill>/contacts/", delivery.ContactsView.as_view(), name="api_contacts"),
    path("parcels/<str:waybill>/consent/", delivery.ConsentView.as_view(), name="api_consent"),
    path("parcels/<str:waybill>/ask/", delivery.AskView.as_view(), name="api_ask"),
    path("consents/reply/", delivery.ReplyView.as_view(), name="api_consent_reply"),
    path("proofs/", proofs.ProofView.as_view(), name="api_proofs"),
    path("identities/", identities.IdentityView.as_view(), name="api_identities"),
    path("orders/", orders.OrdersView.as_view(), name="api_orders"),
    path("orders/<str:number>/", orders.OrderView.as_view(), name="api_order"),
    path("orders/<str:number>/take/", orders.OrderTakeView.as_view(), name="api_order_take"),
    path(
        "trips/<str:number>/positions/",
        positions.TripPositionsView.as_view(),
        name="api_trip_positions",
    ),
    path("round/", rounds.RoundView.as_view(), name="api_round"),
    path("round/<str:waybill>/", rounds.RoundParcelView.as_view(), name="api_round_parcel"),
]
