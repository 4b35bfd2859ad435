"""The context as Django's application; importing rules registers them."""

from importlib import import_module

from django.apps import AppConfig


class Portal(AppConfig):
    name = "pobratym.portal"

    def ready(self) -> None:
        """Register permissions; models are loaded by now."""
        import_module("pobratym.portal.rules")
