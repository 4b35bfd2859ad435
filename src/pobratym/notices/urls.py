"""Addresses of the context."""

from django.urls import path

from pobratym.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
