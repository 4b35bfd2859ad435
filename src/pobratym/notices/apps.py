"""The context as Django's application."""

from importlib import import_module

from django.apps import AppConfig


class Notices(AppConfig):
    name = "pobratym.notices"

    def ready(self) -> None:
        """Register sentences, permissions, what is held about a person, and the kinds of the contexts below."""
        for module in ("history", "held", "from_accounts"):
            import_module(f"pobratym.notices.{module}")
