"""The context as Django's application."""

from importlib import import_module

from django.apps import AppConfig


class Newsroom(AppConfig):
    name = "pobratym.newsroom"

    def ready(self) -> None:
        """Register what other contexts read; models are loaded by now."""
        for module in ("history", "rules", "held", "telling"):
            import_module(f"pobratym.newsroom.{module}")
