"""What is held about oneself: to read, to take along, to have erased."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pobratym.accounts import operations, people_forms, personal, queries, retention
from pobratym.accounts.models import User
from pobratym.accounts.stepping_up import fresh
from pobratym.ui.pages import go_to, page, public, refuse, signed_in
from pobratym.vocabulary.refusals import Refusal


@require_safe
@signed_in
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """How much of which kind is held about oneself."""
    person = cast("User", request.user)
    held = personal.held_about(person, timezone.now())
    kinds = [(personal.kinds[label].title, len(rows)) for label, rows in held.items()]
    shown = {"section": "me", "kinds": kinds, "erasure": queries.own_erasure(person)}
    return page(request, "accounts/my_data.html", shown)


@signed_in
@fresh
@never_cache
@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest) -> HttpResponse:
    """Everything held about oneself in one file: a page with the button, which sends the file."""
    if request.method != "POST":
        return page(request, "accounts/archive.html", {"section": "me"})
    at = timezone.now()
    content = operations.export_person(language=get_language() or "uk", by=cast("User", request.user), at=at)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="pobratym-my-data-{timezone.localdate(at).isoformat()}.zip"'
    return answer


@signed_in
@fresh
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Ask to be erased after a plain warning."""
    person, at = cast("User", request.user), timezone.now()
    form = people_forms.AskErasure(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.ask_erasure(language=get_language() or "uk", by=person, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your wish is noted. Until the day comes you can take it back here."))
            return go_to(request, "accounts:my_data")
    kept = [(kind.title, kind.kept) for kind in personal.kinds.values() if kind.kept]
    shown = {"section": "me", "lasts": queries.lasts_of(person, at), "kept": kept}
    return page(request, "accounts/erase.html", shown, form=form)


@require_POST
@signed_in
def keep(request: HttpRequest) -> HttpResponse:
    """Take the own wish to be erased back."""
    person = cast("User", request.user)
    erasure = queries.own_erasure(person)
    if erasure is None:
        raise operations.ErasureClosed
    operations.withdraw_erasure(erasure=erasure, by=person, at=timezone.now())
    messages.success(request, _("Your account stays."))
    return go_to(request, "accounts:my_data")


@public
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept how long, for everyone."""
    return page(request, "accounts/kept.html", {"rules": retention.shortest_first()})
