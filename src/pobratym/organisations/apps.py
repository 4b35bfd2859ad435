"""The context as Django's application; importing the history registers its sentences."""

from importlib import import_module

from django.apps import AppConfig


class Organisations(AppConfig):
    name = "pobratym.organisations"

    def ready(self) -> None:
        """Register what other contexts read; models are loaded by now."""
        import_module("pobratym.organisations.history")
        import_module("pobratym.organisations.rules")
