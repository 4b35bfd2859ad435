"""A demonstration that has come as far as a partnership, and people in it."""

import pytest
from django.test import Client

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.partnerships.choices import Stage
from pobratym.portal.demonstration import story
from tests.portal.conftest import NOW, demonstration

__all__ = ["demonstration"]


@pytest.fixture
def told(demonstration):
    """The story, so that numbers lead somewhere."""
    story.build(Stage.PARTNERSHIP, at=NOW)


@pytest.fixture
def stranger():
    """Somebody without an account; an error of the server is an answer, not an exception."""
    return Client(raise_request_exception=False)


@pytest.fixture
def coordinator(told):
    """A coordinator of a community of the story."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.filter(memberships__role=Role.COORDINATOR).order_by("pk").first())
    return client
