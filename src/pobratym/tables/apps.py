"""The context as Django's application."""

from django.apps import AppConfig


class Tables(AppConfig):
    name = "pobratym.tables"
