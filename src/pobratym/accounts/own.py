"""Pages about one's own account, which a role of the demonstration does not have: it belongs to everybody."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.ui.pages import View
from pobratym.vocabulary.refusals import Refusal


class RoleOfDemonstration(Refusal):
    """Whoever walks through the demonstration could shut the next visitor out."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This is a role of the demonstration, entered by everybody: its account cannot be changed."))


def own(view: View) -> View:
    """Only for people with an account of their own; stands below `signed_in`. Raises RoleOfDemonstration."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User) and request.user.demonstration_role is not None:
            raise RoleOfDemonstration
        return view(request, *args, **kwargs)

    return guarded
