"""The context as Django's application."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "pobratym.audit"
