"""Addresses of the programs' door."""

from django.urls import path

from shipments.api import identities, orders, parcels, proofs, rounds, scans

urlpatterns = [
    path("scans/batch", scans.ScanBatchView.as_view(), name="scans_batch"),
    path("parcels/<str:waybill>/", parcels.ParcelView.as_view(), name="api_parcel"),
    path("proofs/", proofs.ProofView.as_view(), name="api_proofs"),
    path("identities/", identities.IdentityView.as_view(), name="api_identities"),
    path("orders/", orders.OrdersView.as_view(), name="api_orders"),
    path("orders/<str:number>/", orders.OrderView.as_view(), name="api_order"),
    path("orders/<str:number>/take/", orders.OrderTakeView.as_view(), name="api_order_take"),
    path("round/", rounds.RoundView.as_view(), name="api_round"),
    path("round/<str:waybill>/", rounds.RoundParcelView.as_view(), name="api_round_parcel"),
]
