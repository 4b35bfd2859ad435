"""One address for every file, and the pages by which files are added, replaced and removed.

Who may see and who may work is asked from the context whose record owns the file (`owners`).
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.audit import watching
from pobratym.files import forms, operations, owners, queries, serving
from pobratym.files.fields import content_of
from pobratym.files.models import StoredFile
from pobratym.files.owners import Owner
from pobratym.limits.rates import limited
from pobratym.ui.pages import go_to, page, public, refuse, signed_in
from pobratym.vocabulary.choices import Visibility
from pobratym.vocabulary.refusals import Refusal


@require_safe
@public
def file(request: HttpRequest, pk: int) -> Any:
    """The content, for whom the owner and the file are visible; for others there is none."""
    stored = get_object_or_404(StoredFile, pk=pk)
    if not queries.readable(request.user, stored, timezone.localdate()):
        raise Http404
    watching.shown(request, [stored])
    return serving.answer(request, stored)


@require_safe
@public
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions of a file, for the owner's own circle."""
    stored = get_object_or_404(StoredFile, pk=pk)
    owner = owners.find(stored.owner)
    seen = owner.seen_by(request.user, timezone.localdate()) if owner else frozenset()
    if owner is None or Visibility.TEAM not in seen or stored.visibility not in seen:
        raise Http404
    found = queries.versions_of(stored)
    return page(request, "files/versions.html", {"file": found[0], "versions": found, "owner": owner})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("upload")
def add(request: HttpRequest, owner: str) -> HttpResponse:
    """Add a file to a record."""
    found = _owner(request, owner)
    body = _body(request, found)
    form = forms.Add(request.POST or None, request.FILES or None)

    def carry_out(values: dict[str, Any]) -> None:
        upload = values["file"]
        operations.store(
            content=content_of(upload), name=upload.name, owner=found.record, holder=body,
            visibility=values["visibility"], by=_person(request), at=timezone.now(),
        )  # fmt: skip

    words = {"title": _("Add a file"), "action": _("Add"), "usage": queries.usage_of(body)}
    return _act(request, found, form, carry_out, words)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("upload")
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a newer version in a file's place."""
    stored, found, body = _shown(request, pk)
    form = forms.Replace(request.POST or None, request.FILES or None, stored=stored)

    def carry_out(values: dict[str, Any]) -> None:
        upload = values["file"]
        operations.replace(
            file=stored, content=content_of(upload), name=upload.name, version=values["version"],
            by=_person(request), at=timezone.now(),
        )  # fmt: skip

    words = {
        "title": _("Replace a file"),
        "action": _("Replace"),
        "file": stored,
        "intro": _(
            "The new version is shown from now on, to the teams alone until two people show it to everyone; "
            "the earlier ones stay for the teams of the parties."
        ),
        "usage": queries.usage_of(body),
    }
    return _act(request, found, form, carry_out, words)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away."""
    stored, found, _for_body = _shown(request, pk)
    form = forms.Remove(request.POST or None, stored=stored)

    def carry_out(values: dict[str, Any]) -> None:
        operations.remove(file=stored, by=_person(request), at=timezone.now(), **values)

    intro = (
        _("Something signed rests on it: it disappears from the list, its content stays for the teams of the parties.")
        if found.something_signed_rests_here
        else _("Its content is deleted with all versions within two days and cannot be brought back.")
    )
    words = {"title": _("Remove a file"), "action": _("Remove"), "file": stored, "intro": intro}
    return _act(request, found, form, carry_out, words)


def _person(request: HttpRequest) -> AbstractBaseUser:
    """The signed-in person; the view has made sure that there is one."""
    return cast("AbstractBaseUser", request.user)


def _act(
    request: HttpRequest, owner: Owner, form: Form, carry_out: Callable[[dict[str, Any]], None], words: dict[str, Any]
) -> HttpResponse:
    if form.is_valid():
        try:
            carry_out(form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return go_to(request, owner.page)
    return page(request, "files/act.html", {"owner": owner, **words}, form=form)


def _owner(request: HttpRequest, named: str) -> Owner:
    """The record, if the user sees it at all."""
    owner = owners.find(named)
    if owner is None or not owner.seen_by(request.user, timezone.localdate()):
        raise Http404
    return owner


def _body(request: HttpRequest, owner: Owner) -> Any:
    body = owner.body_for(request.user)
    if body is None:
        raise PermissionDenied
    return body


def _shown(request: HttpRequest, pk: int) -> tuple[StoredFile, Owner, Any]:
    """A file that counts, its owner and the body for which the user works on it."""
    stored = get_object_or_404(StoredFile.objects.filter(removed_at=None), pk=pk)
    owner = _owner(request, stored.owner)
    if stored.visibility not in owner.seen_by(request.user, timezone.localdate()):
        raise Http404
    return stored, owner, _body(request, owner)
