"""The context as Django's application."""

from django.apps import AppConfig


class Outbox(AppConfig):
    name = "pobratym.outbox"
