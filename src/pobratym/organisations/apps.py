"""The context as Django's application."""

from django.apps import AppConfig


class Organisations(AppConfig):
    name = "pobratym.organisations"
