"""The context as Django's application."""

from django.apps import AppConfig


class Portal(AppConfig):
    name = "pobratym.portal"
