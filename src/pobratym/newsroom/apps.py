"""The context as Django's application."""

from importlib import import_module

from django.apps import AppConfig


class Newsroom(AppConfig):
    name = "pobratym.newsroom"

    def ready(self) -> None:
        """Register the sentences of the trail, which need loaded translations' machinery."""
        import_module("pobratym.newsroom.history")
