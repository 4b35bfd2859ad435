"""Addresses of the context."""

from django.urls import path

from pobratym.territory import views

app_name = "territory"

urlpatterns = [
    # Two parts: one part after `places/` is the page of a place, which the portal shows.
    path("find/suggest/", views.suggest, name="suggest"),
]
