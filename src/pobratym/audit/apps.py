"""The context as Django's application."""

from importlib import import_module

from django.apps import AppConfig

from pobratym.ui import pages


class Audit(AppConfig):
    name = "pobratym.audit"

    def ready(self) -> None:
        """Have every object noted that a view finds for its reader, if it is restricted; models are loaded by now."""
        watching = import_module("pobratym.audit.watching")
        if watching.found not in pages.watchers:
            pages.watchers.append(watching.found)
