"""The context as Django's application."""

from django.apps import AppConfig


class Documents(AppConfig):
    name = "pobratym.documents"
