"""Addresses of the context; the page of one partnership is the portal's."""

from django.urls import path

from pobratym.partnerships import views

app_name = "partnerships"

urlpatterns = [
    path("", views.partnerships, name="list"),
    path("propose/", views.propose, name="propose"),
    path("answer/<str:token>/", views.answer, name="answer"),
    path("parties/<int:pk>/", views.party, name="party"),
    path("parties/<int:pk>/reply/", views.reply, name="reply"),
    path("parties/<int:pk>/letter/", views.letter, name="letter"),
    path("parties/<int:pk>/link/", views.link, name="link"),
    path("parties/<int:pk>/study/", views.study, name="study"),
    path("parties/<int:pk>/leave/", views.leave, name="leave"),
    path("answers/<int:pk>/", views.confirm, name="confirm"),
    path("answers/<int:pk>/dismiss/", views.dismiss, name="dismiss"),
    path("answers/<int:pk>/response/", views.response, name="response"),
    path("<int:pk>/directions/<str:direction>/", views.direction, name="direction"),
    path("commitments/<int:pk>/", views.commitment, name="commitment"),
    path("commitments/<int:pk>/change/", views.change, name="change"),
    path("commitments/<int:pk>/note/", views.note, name="note"),
    path("commitments/<int:pk>/value/", views.value, name="value"),
    path("commitments/<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/export/<str:kind>/", views.export, name="export"),
    path("<int:pk>/show/", views.show, name="show"),
    path("<int:pk>/invite/", views.invite, name="invite"),
    path("<int:pk>/draft/", views.draft, name="draft"),
    path("<int:pk>/decision/", views.decision, name="decision"),
    path("<int:pk>/stage/", views.stage, name="stage"),
    path("<int:pk>/condition/", views.condition, name="condition"),
]
