"""Addresses of the context."""

from django.urls import path

from pobratym.accounts import joining_urls, proof_urls
from pobratym.accounts.views import (
    absence,
    erasures,
    files,
    leaving,
    locking,
    me,
    my_data,
    people,
    second,
    signing,
)

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
    path("people/<int:pk>/hand-over/", leaving.hand_over, name="hand_over"),
    path("people/hand-overs/<int:pk>/withdraw/", leaving.withdraw_hand_over, name="withdraw_hand_over"),
    path("people/locked/", locking.locked, name="locked"),
    path("people/locked/<int:pk>/open/", locking.open_account, name="open_account"),
    path("people/accounts/<int:pk>/lock/", locking.lock, name="lock"),
    path("people/short/", leaving.bodies_short, name="bodies_short"),
    path("me/absence/", absence.absence, name="absence"),
    path("me/absence/<int:pk>/end/", absence.end_absence, name="end_absence"),
    path("me/data/", my_data.my_data, name="my_data"),
    path("me/data/archive/", my_data.archive, name="archive"),
    path("me/data/erase/", my_data.erase, name="erase"),
    path("me/data/keep/", my_data.keep, name="keep"),
    path("kept/", my_data.kept, name="kept"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<int:pk>/", erasures.answer_erasure, name="answer_erasure"),
    path("files/<int:pk>/show/", files.show_file, name="show_file"),
    path("second-person/", second.wishes, name="second_person"),
    path("second-person/<int:pk>/", second.answer_wish, name="answer_wish"),
]
