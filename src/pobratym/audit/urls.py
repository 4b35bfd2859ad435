"""Addresses of the context."""

from django.urls import path

from pobratym.audit import views

app_name = "audit"

urlpatterns = [
    path("seals/", views.seals, name="seals"),
    path("seals/<int:number>/", views.seal, name="seal"),
]
