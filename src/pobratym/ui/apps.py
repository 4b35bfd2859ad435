"""The context as Django's application."""

from django.apps import AppConfig


class Ui(AppConfig):
    name = "pobratym.ui"
