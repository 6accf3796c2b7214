"""Addresses of this app."""

from django.urls import path

from staff.views import signin

app_name = "staff"
urlpatterns = [
    path("login/", signin.login_page, name="login"),
    path("logout/", signin.logout_page, name="logout"),
    path("account/", signin.account_page, name="account"),
    path("account/password/", signin.password_page, name="password"),
]
