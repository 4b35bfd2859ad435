"""The context as Django's application."""

from importlib import import_module

from django.apps import AppConfig


class Territory(AppConfig):
    name = "pobratym.territory"

    def ready(self) -> None:
        """Register the sentences of the history."""
        import_module("pobratym.territory.history")
