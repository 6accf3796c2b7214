"""What the figures about parcels share: who is counted, and when a figure stands."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Accepted into the network, and not a test item (B25).
POPULATION = Q(accepted_at__isnull=False, is_test=False)
# A parcel once declared lost is late for ever, whatever turns up later (B14).
NEVER_LOST = Q(lost_at__isnull=True)
INTACT = Q(lost=False, damaged=False, short=False)
AFTER_30_DAYS = _("30 days after the period, when searches and claims are decided")
AFTER_7_DAYS = _("7 days after the period, when late uploads have arrived")
