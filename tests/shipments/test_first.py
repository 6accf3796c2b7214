from datetime import timedelta

import pytest

from shipments.models import Parcel, ParcelFacts
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


def test_a_parcel_goes_from_order_to_door():
    parcel = make.accept(make.order())
    make.deliver(parcel, make.MONDAY + timedelta(days=2))
    parcel = Parcel.objects.get()
    assert parcel.state == "delivered"
    facts = ParcelFacts.objects.get()
    assert facts.done_at == make.MONDAY + timedelta(days=2)
    print(facts.__dict__, [(f.kind, f.code, f.detail) for f in parcel.findings.all()])
