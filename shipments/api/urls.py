"""Addresses of the programs' door."""

from django.urls import path

from shipments.api import parcels, proofs, rounds, scans

urlpatterns = [
    path("scans/batch", scans.ScanBatchView.as_view(), name="scans_batch"),
    path("parcels/<str:waybill>/", parcels.ParcelView.as_view(), name="api_parcel"),
    path("proofs/", proofs.ProofView.as_view(), name="api_proofs"),
    path("round/", rounds.RoundView.as_view(), name="api_round"),
    path("round/<str:waybill>/", rounds.RoundParcelView.as_view(), name="api_round_parcel"),
]
