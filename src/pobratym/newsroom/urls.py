"""Addresses of the context."""

from django.urls import URLPattern

app_name = "newsroom"

urlpatterns: list[URLPattern] = []
