"""The context as Django's application."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "pobratym.api"
