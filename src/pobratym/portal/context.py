"""What every page of a demonstration shows above its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pobratym.partnerships.choices import Stage
from pobratym.portal.demonstration import story
from pobratym.portal.demonstration.tour import STEPS


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """The stage at which the story stands, and the bar of the tour."""
    if not settings.DEMONSTRATION:
        return {}
    shown: dict[str, Any] = {}
    partnership = story.current()
    if partnership is not None and Stage(partnership.stage) in story.POSSIBLE:
        shown["demonstration_notice"] = _(
            "Demonstration. The stage “%(stage)s” is a possible continuation; the source tells of a signed memorandum."
        ) % {"stage": partnership.get_stage_display()}
    number = request.session.get("tour") if hasattr(request, "session") else None
    if number:
        step = STEPS[number - 1]
        shown["tour"] = {
            "step": number,
            "total": len(STEPS),
            "text": step.text,
            "url": reverse("portal:tour_step"),
            "action": _("Next") if number < len(STEPS) else _("End of the story"),
            "next": number + 1,
            "post": True,
            "leave_url": reverse("portal:tour"),
        }
    return shown
