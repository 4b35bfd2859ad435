"""The context as Django's application."""

from django.apps import AppConfig


class Limits(AppConfig):
    name = "pobratym.limits"
