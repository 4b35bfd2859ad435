"""The tour through the story: five steps, each in another role; only in a demonstration database."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pobratym.accounts.operations import demonstration_account
from pobratym.accounts.queries import is_demonstration
from pobratym.accounts.signing_in import sign_in
from pobratym.partnerships.choices import Stage
from pobratym.partnerships.queries import visible_to
from pobratym.portal.demonstration import cast, story
from pobratym.portal.demonstration.tour import STEPS, open_step
from pobratym.ui.pages import go_to, page, public


def _only_in_demonstration() -> None:
    if not is_demonstration():
        raise Http404


def _become(request: HttpRequest, key: str) -> None:
    logout(request)
    sign_in(request, demonstration_account(key=key))


@require_safe
@public
def tour(request: HttpRequest) -> HttpResponse:
    """What the tour shows, its start, and the switches of role and stage; coming here leaves a tour."""
    _only_in_demonstration()
    request.session.pop("tour", None)
    stages = [{"value": stage.value, "label": stage.label, "is_possible": stage in story.POSSIBLE} for stage in Stage]
    return page(request, "portal/tour.html", {"tour_steps": STEPS, "roles": cast.ROLES, "stages": stages})


@require_POST
@public
def tour_step(request: HttpRequest) -> HttpResponse:
    """Go to the step after the present one: bring the story there, change the role, open its page."""
    _only_in_demonstration()
    number = request.session.get("tour", 0) + 1
    if number > len(STEPS):
        request.session.pop("tour", None)
        return go_to(request, "portal:home")
    step = open_step(number, at=timezone.now())
    _become(request, step.role_key)
    request.session["tour"] = number
    return go_to(request, step.page())


@require_POST
@public
def tour_stage(request: HttpRequest) -> HttpResponse:
    """Show the story at another stage."""
    _only_in_demonstration()
    if request.POST.get("stage") not in Stage.values:
        raise Http404
    story.show(Stage(request.POST["stage"]), at=timezone.now())
    partnership = story.current()
    if partnership is None:
        return go_to(request, "portal:home")
    if not visible_to(request.user).filter(pk=partnership.pk).exists():
        # Before the signature only the parties see it: look as one of them.
        _become(request, "kalush")
        messages.info(
            request, _("Before the signature only the parties see it: you look as the coordinator of Kalush.")
        )
    return go_to(request, "portal:partnership", pk=partnership.pk)


@require_POST
@public
def tour_role(request: HttpRequest) -> HttpResponse:
    """Sign in as a role with one click."""
    _only_in_demonstration()
    if request.POST.get("role") not in {role.key for role in cast.ROLES}:
        raise Http404
    _become(request, request.POST["role"])
    return go_to(request, "portal:desk")
