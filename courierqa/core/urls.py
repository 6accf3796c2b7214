"""Addresses of the ground floor: home, language, health, audit trail, runs."""

app_name = "core"
urlpatterns: list = []
