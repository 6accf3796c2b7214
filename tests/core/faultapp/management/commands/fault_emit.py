"""Write effects, each in a transaction of its own, as requests would."""

from django.core.management.base import BaseCommand
from django.db import transaction

from courierqa.core import audit, outbox


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("count", type=int)
        parser.add_argument("--kind", default="fault.count")

    def handle(self, count, kind, **options):
        for number in range(count):
            with transaction.atomic():
                audit.record("fault.emit", actor=None)
                outbox.emit(kind, f"{kind}:{number}", {"n": number})
