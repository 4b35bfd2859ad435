"""Pages of accounts: signing in and out, invitations, people of a body, and the second person."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pobratym.accounts import forms, operations, queries, rules, second
from pobratym.accounts.models import Membership, SecondPerson, User
from pobratym.accounts.signing_in import sign_in as open_session
from pobratym.ui.pages import go_to, page, permitted, public, refuse
from pobratym.vocabulary.refusals import Refusal

PEOPLE_A_PAGE = 100


def _who(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _local(request: HttpRequest, address: str) -> str:
    """The address if it is ours, else empty: nobody is led away by a link to our sign-in page."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else ""


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password and go where one wanted to go."""
    wanted = _local(request, request.GET.get("next", ""))
    if request.method == "GET" and _who(request) is not None:
        return go_to(request, wanted or settings.LOGIN_REDIRECT_URL)
    form = forms.SignIn(request.POST or None, initial={"next": wanted})
    if form.is_valid() and form.person is not None and open_session(request, form.person):
        return go_to(request, _local(request, form.cleaned_data["next"]) or settings.LOGIN_REDIRECT_URL)
    return page(request, "accounts/sign_in.html", {}, form=form)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; by POST only, so that no picture on a foreign page can do it."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return go_to(request, settings.LOGOUT_REDIRECT_URL)


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with a name and a password, or by one button if one has an account."""
    at = timezone.now()
    try:
        found = operations.check_invitation(token=token, by=_who(request), at=at)
    except operations.AccountExists as refusal:
        return render(request, "accounts/invitation_account.html", {"sentence": str(refusal)}, status=refusal.status)
    known = _who(request)
    form = None if known else forms.AcceptInvitation(request.POST or None, email=found.email)
    if request.method == "POST" and (form is None or form.is_valid()):
        values = form.cleaned_data if form else {}
        person = operations.accept_invitation(token=token, by=known, at=at, **values)
        open_session(request, person)
        messages.success(request, _("Welcome. You can begin."))
        return go_to(request, settings.LOGIN_REDIRECT_URL)
    return page(request, "accounts/invitation.html", {"invitation": found, "form": form}, form=form)


@permitted("accounts.see_people")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who does what: a coordinator sees own bodies, a moderator all."""
    at = timezone.now()
    found = queries.memberships_for_page(request.user).current(at)
    shown = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    invited = queries.open_invitations(request.user, at)[:PEOPLE_A_PAGE]
    return render(request, "accounts/people.html", {"page_obj": shown, "invitations": invited})


@permitted("accounts.see_people")
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite an address into a role."""
    form = forms.Invite(
        request.POST or None,
        initial={"body": request.GET.get("body"), "role": "coordinator"},
        bodies=queries.bodies_to_invite_for(request.user),
        whole_platform=request.user.has_perm("accounts.invite_to_platform"),
    )
    if form.is_valid():
        _check_may_invite(request, form.cleaned_data["body"])
        try:
            operations.invite(
                by=cast("User", request.user), at=timezone.now(), language=get_language() or "uk", **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way."))
            return go_to(request, "accounts:people")
    return page(request, "accounts/invite.html", {}, form=form)


def _check_may_invite(request: HttpRequest, body: Any) -> None:
    permission = "accounts.invite_to_platform" if body is None else "accounts.invite"
    if not request.user.has_perm(permission, body):
        raise PermissionDenied


@permitted("accounts.end_membership", find=queries.memberships_for_page)
@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, membership: Membership) -> HttpResponse:
    """End somebody's role, after a page that asks once more."""
    if request.method == "POST":
        operations.end_membership(membership=membership, by=cast("User", request.user), at=timezone.now())
        messages.success(request, _("The role is ended."))
        return go_to(request, "accounts:people")
    return render(request, "accounts/end_membership.html", {"membership": membership})


@permitted("accounts.see_wishes")
@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """What waits for a second person and may be answered by this one, and what this one asked."""
    person = cast("User", request.user)
    waiting = list(queries.open_wishes())
    subjects = second.subjects_of([wish.subject for wish in waiting])
    mine = [wish for wish in waiting if wish.asked_by_id == person.pk]
    answerable = [wish for wish in waiting if rules.may_answer(person, wish, subjects.get(wish.subject))]
    return render(request, "accounts/second_person.html", {"wishes": answerable, "own": mine})


@permitted("accounts.answer_second", find=queries.open_wishes)
@require_POST
def answer_wish(request: HttpRequest, wish: SecondPerson) -> HttpResponse:
    """Confirm or refuse a wish, or take the own one back."""
    person = cast("User", request.user)
    if request.POST.get("answer") == "confirm":
        operations.confirm_second(second=wish, by=person, at=timezone.now())
        messages.success(request, _("Confirmed: the record is now visible to more people."))
    else:
        operations.refuse_second(second=wish, by=person, at=timezone.now())
        messages.success(request, _("The record stays as it was."))
    if request.user.has_perm("accounts.see_wishes"):
        return go_to(request, "accounts:second_person")
    return go_to(request, settings.LOGIN_REDIRECT_URL)
