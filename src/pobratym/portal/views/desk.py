"""My desk: what waits for me."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pobratym.accounts import queries as accounts
from pobratym.accounts import second
from pobratym.accounts.joining import Joining
from pobratym.accounts.models import SecondPerson, User
from pobratym.accounts.rules import may_answer
from pobratym.files.queries import usage_of
from pobratym.newsroom import queries as newsroom
from pobratym.organisations.models import Body
from pobratym.partnerships import queries as partnerships
from pobratym.ui.pages import page, signed_in


@require_safe
@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Answers to give and to confirm, papers to agree and sign, drafts to review, second persons to be."""
    now = timezone.now()
    user = cast("User", request.user)
    circle = accounts.circle(request.user)
    own = list(partnerships.partnerships_of_bodies(circle.bodies, request.user))
    bodies = list(Body.objects.filter(pk__in=circle.bodies))
    coordinated = accounts.coordinated(circle)
    return page(
        request,
        "portal/desk.html",
        {
            "section": "desk",
            "circle": circle,
            "bodies": bodies,
            "rooms": [(body, usage_of(body)) for body in bodies if body.pk in coordinated],
            "waiting": partnerships.waiting_for(request.user),
            "drafts": list(newsroom.waiting_for(user, now)),
            "seconds": _wishes_for(user),
            "short": accounts.bodies_short_of_coordinators(now, coordinated),
            "acting": accounts.acting_for(user, now),
            "partnerships": own,
            "joinings": Joining.objects.waiting().count() if circle.is_moderator else 0,
            "notices": partnerships.status_notices(own, request.user, timezone.localdate(now)),
        },
    )


def _wishes_for(user: User) -> list[SecondPerson]:
    waiting = list(accounts.open_wishes())
    subjects = second.subjects_of([wish.subject for wish in waiting])
    return [wish for wish in waiting if may_answer(user, wish, subjects.get(wish.subject))]
