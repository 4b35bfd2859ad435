"""Addresses of the context."""

from django.urls import path

from pobratym.accounts import joining_urls
from pobratym.accounts import proof_urls
from pobratym.accounts.views import me, people, second, signing

app_name = "accounts"

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("invitation/<str:token>/", signing.invitation, name="invitation"),
    path("me/", me.me, name="me"),
    *proof_urls.urlpatterns,
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/end/", people.end_membership, name="end_membership"),
    *joining_urls.urlpatterns,
    path("second-person/", second.wishes, name="second_person"),
    path("second-person/<int:pk>/", second.answer_wish, name="answer_wish"),
]
