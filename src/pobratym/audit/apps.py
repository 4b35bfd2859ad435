"""The context as Django's application."""

from importlib import import_module

from django.apps import AppConfig


class Audit(AppConfig):
    name = "pobratym.audit"

    def ready(self) -> None:
        """Have every object noted that a view finds for its reader, if it is restricted; models are loaded by now."""
        pages = import_module("pobratym.ui.pages")
        watching = import_module("pobratym.audit.watching")
        if watching.found not in pages.watchers:
            pages.watchers.append(watching.found)
