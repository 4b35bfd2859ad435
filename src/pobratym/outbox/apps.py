"""The context as Django's application."""

from importlib import import_module

from django.apps import AppConfig


class Outbox(AppConfig):
    name = "pobratym.outbox"

    def ready(self) -> None:
        """Register the sentences of the trail."""
        import_module("pobratym.outbox.history")
