"""Addresses of the context."""

from django.urls import path

from pobratym.territory import views

app_name = "territory"

urlpatterns = [
    path("suggest/", views.suggest, name="suggest"),
]
