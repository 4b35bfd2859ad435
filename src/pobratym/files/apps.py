"""The context as Django's application."""

from django.apps import AppConfig


class Files(AppConfig):
    name = "pobratym.files"
