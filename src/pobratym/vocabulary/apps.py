"""The context as Django's application."""

from django.apps import AppConfig


class Vocabulary(AppConfig):
    name = "pobratym.vocabulary"
