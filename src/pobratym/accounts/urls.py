"""Addresses of the context."""

from django.urls import path

from pobratym.accounts import views

app_name = "accounts"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/end/", views.end_membership, name="end_membership"),
    path("second-person/", views.wishes, name="second_person"),
    path("second-person/<int:pk>/", views.answer_wish, name="answer_wish"),
]
