"""The context as Django's application; importing the modules registers sentences, permissions and kinds."""

from importlib import import_module

from django.apps import AppConfig


class Accounts(AppConfig):
    name = "pobratym.accounts"

    def ready(self) -> None:
        """Register what other contexts read; models are loaded by now."""
        for module in ("history", "rules", "raising", "held", "first_members"):
            import_module(f"pobratym.accounts.{module}")
