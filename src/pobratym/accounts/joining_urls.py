"""Addresses of first members, taken into the context's own."""

from django.urls import path

from pobratym.accounts.views import joining, verifying

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/sent/", joining.join_sent, name="join_sent"),
    path("join/confirm/<str:token>/", joining.join_confirm, name="join_confirm"),
    path("join/official/<str:token>/", joining.join_official, name="join_official"),
    path("joinings/", verifying.joinings, name="joinings"),
    path("joinings/<int:pk>/", verifying.joining, name="joining"),
    path("joinings/<int:pk>/send/", verifying.send, name="joining_send"),
    path("joinings/<int:pk>/letter/", verifying.letter, name="joining_letter"),
    path("joinings/<int:pk>/accept/", verifying.accept, name="joining_accept"),
    path("joinings/<int:pk>/refuse/", verifying.refuse_request, name="joining_refuse"),
    path("bodies/<int:pk>/verify/", verifying.verify_body, name="verify_body"),
    path("offices/<int:pk>/show/", verifying.show_office, name="show_office"),
]
