"""The context as Django's application; importing history and rules registers them."""

from importlib import import_module

from django.apps import AppConfig


class Partnerships(AppConfig):
    name = "pobratym.partnerships"

    def ready(self) -> None:
        """Register sentences and permissions; models are loaded by now."""
        import_module("pobratym.partnerships.history")
        import_module("pobratym.partnerships.rules")
        import_module("pobratym.partnerships.raising")
        import_module("pobratym.partnerships.telling")
        import_module("pobratym.partnerships.held")
        import_module("pobratym.partnerships.papers")
        import_module("pobratym.partnerships.proofs")
