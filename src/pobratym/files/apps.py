"""The context as Django's application; importing the history registers its sentences."""

from importlib import import_module

from django.apps import AppConfig


class Files(AppConfig):
    name = "pobratym.files"

    def ready(self) -> None:
        """Register what other contexts read; models are loaded by now."""
        import_module("pobratym.files.history")
