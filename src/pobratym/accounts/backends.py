"""Who may sign in: nobody with a demonstration account outside a demonstration."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from pobratym.accounts.models import User


class People(ModelBackend):
    """E-mail and password; rights are asked from the rules, never from Django's tables of permissions."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at sign-in and again at every request, so that switching the demonstration off ends its sessions."""
        allowed = isinstance(user, User) and (settings.DEMONSTRATION or user.demonstration_role is None)
        return allowed and super().user_can_authenticate(user)

    def has_perm(self, _user: Any, _perm: str, _obj: Any = None) -> bool:
        """The rules have answered already."""
        return False
