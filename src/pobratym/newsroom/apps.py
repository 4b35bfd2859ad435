"""The context as Django's application."""

from django.apps import AppConfig


class Newsroom(AppConfig):
    name = "pobratym.newsroom"
