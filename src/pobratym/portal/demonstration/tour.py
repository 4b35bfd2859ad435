"""The tour: five steps, each in a role, each at a point of the story and with a page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pobratym.newsroom.models import Publication
from pobratym.portal.demonstration import cast, story
from pobratym.portal.demonstration.story import Point


@dataclass(frozen=True, slots=True)
class Step:
    """A step: who acts, what there is to do, where, and how far the story must be before it."""

    title: Any
    role_key: str
    text: Any
    before: Point
    page: Callable[[], str]

    @property
    def role(self) -> Any:
        """The role’s name."""
        return next(role.label for role in cast.ROLES if role.key == self.role_key)


def _partnership_page() -> str:
    partnership = story.current()
    return reverse("portal:partnership", args=[partnership.pk]) if partnership else reverse("portal:home")


def _propose_page() -> str:
    asked = urlencode({"place": cast.ZAPORIZHZHIA, "subject": "економічне партнерство"})
    return f"{reverse('partnerships:propose')}?{asked}"


def _sign_page() -> str:
    partnership = story.current()
    return reverse("portal:sign", args=[partnership.pk]) if partnership else reverse("portal:home")


def _news_page() -> str:
    partnership = story.current()
    item = Publication.objects.filter(partnership=partnership, translation_of=None).order_by("-pk").first()
    return reverse("newsroom:item", args=[item.pk]) if item else reverse("newsroom:list")


STEPS = (
    Step(
        _("Kalush invites Zaporizhzhia"),
        "kalush",
        _("You coordinate for Kalush: choose Zaporizhzhia, say what it is about, and send the invitation."),
        Point.NOTHING,
        _propose_page,
    ),
    Step(
        _("Zaporizhzhia reads and answers"),
        "zaporizhzhia",
        _("You coordinate for Zaporizhzhia: read the proposal and agree, refuse or ask."),
        Point.PROPOSED,
        _partnership_page,
    ),
    Step(
        _("Both sides sign the memorandum"),
        "zaporizhzhia-signs",
        _("The text is agreed and Kalush has signed. Read the six directions and sign for Zaporizhzhia."),
        Point.READY,
        _sign_page,
    ),
    Step(
        _("An editor publishes the news"),
        "editor",
        _("The draft was written from the record. You are the editor: read it and publish it."),
        Point.SIGNED,
        _news_page,
    ),
    Step(
        _("A reader asks what came of it"),
        "reader",
        _("The news stands under both communities and oblasts. Go on to the partnership and the way to twin cities."),
        Point.PUBLISHED,
        _news_page,
    ),
)


def open_step(number: int, *, at: dt.datetime) -> Step:
    """Bring the story to where the step begins and give the step; the first one begins the story anew."""
    step = STEPS[number - 1]
    if step.before == Point.NOTHING:
        story.begin()
    else:
        story.go_to(step.before, at=at)
    return step
