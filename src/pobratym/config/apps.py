"""The configuration as Django's application; importing the checks registers them."""

from django.apps import AppConfig

from pobratym.config import checks

__all__ = ["Config", "checks"]


class Config(AppConfig):
    name = "pobratym.config"
