"""The context as Django's application; importing history and rules registers them."""

from importlib import import_module

from django.apps import AppConfig


class Agreements(AppConfig):
    name = "pobratym.agreements"

    def ready(self) -> None:
        """Register sentences and permissions; models are loaded by now."""
        import_module("pobratym.agreements.history")
        import_module("pobratym.agreements.raising")
        import_module("pobratym.agreements.rules")
        import_module("pobratym.agreements.telling")
        import_module("pobratym.agreements.held")
        import_module("pobratym.agreements.scans")
