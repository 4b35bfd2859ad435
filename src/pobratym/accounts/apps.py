"""The context as Django's application."""

from django.apps import AppConfig


class Accounts(AppConfig):
    name = "pobratym.accounts"
