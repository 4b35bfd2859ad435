"""Addresses of signing in, of factors and of sessions."""

from django.urls import path

from pobratym.accounts.views import factors, me, passwords, provider, sessions, signing

urlpatterns = [
    path("sign-in/passkey/", signing.sign_in_passkey, name="sign_in_passkey"),
    path("sign-in/second/", signing.second_step, name="second_step"),
    path("sign-in/forgotten/", passwords.forgotten, name="forgotten"),
    path("sign-in/password/<str:number>/<str:token>/", passwords.reset_password, name="reset_password"),
    path("sign-in/provider/", provider.to_provider, name="to_provider"),
    path("sign-in/provider/back/", provider.from_provider, name="from_provider"),
    path("me/prove/", me.prove, name="prove"),
    path("me/name/", me.rename, name="rename"),
    path("me/address/", me.change_address, name="change_address"),
    path("me/address/<str:token>/", me.confirm_address, name="confirm_address"),
    path("me/password/", passwords.change_password, name="change_password"),
    path("me/factors/", factors.factors, name="factors"),
    path("me/factors/app/", factors.set_up_totp, name="set_up_totp"),
    path("me/factors/passkey/", factors.add_passkey, name="add_passkey"),
    path("me/factors/codes/", factors.new_codes, name="new_codes"),
    path("me/factors/<int:pk>/remove/", factors.remove_factor, name="remove_factor"),
    path("me/sessions/", sessions.sessions, name="sessions"),
    path("me/sessions/end/", sessions.end_sessions, name="end_sessions"),
    path("me/sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    path("me/provider/disconnect/", provider.disconnect_provider, name="disconnect_provider"),
]
