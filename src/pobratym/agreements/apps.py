"""The context as Django's application."""

from django.apps import AppConfig


class Agreements(AppConfig):
    name = "pobratym.agreements"
