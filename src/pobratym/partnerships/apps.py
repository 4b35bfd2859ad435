"""The context as Django's application."""

from django.apps import AppConfig


class Partnerships(AppConfig):
    name = "pobratym.partnerships"
