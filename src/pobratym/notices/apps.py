"""The context as Django's application."""

from django.apps import AppConfig


class Notices(AppConfig):
    name = "pobratym.notices"
