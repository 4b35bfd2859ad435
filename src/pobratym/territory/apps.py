"""The context as Django's application."""

from django.apps import AppConfig


class Territory(AppConfig):
    name = "pobratym.territory"
