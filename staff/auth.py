"""Sign-in by staff number, and API tokens."""

from django.contrib.auth.backends import BaseBackend
from rest_framework.authentication import BaseAuthentication

from staff.models import User


class StaffBackend(BaseBackend):
    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request):
        return None
