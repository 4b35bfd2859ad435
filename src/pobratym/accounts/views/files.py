"""Asking that everyone may see a file: a second person of the parties has to agree."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from pobratym.accounts.models import User
from pobratym.accounts.operations import ask_second
from pobratym.accounts.stepping_up import fresh
from pobratym.files import owners
from pobratym.files.models import StoredFile
from pobratym.ui.pages import go_to, signed_in
from pobratym.vocabulary.choices import Visibility


@require_POST
@signed_in
@fresh
def show_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that the version that counts is shown to everyone who sees its record."""
    stored = get_object_or_404(StoredFile.objects.shown(), pk=pk)
    owner = owners.find(stored.owner)
    if owner is None or stored.visibility not in owner.seen_by(request.user, timezone.localdate()):
        raise Http404
    if not isinstance(request.user, User) or owner.body_for(request.user) is None:
        raise PermissionDenied
    ask_second(subject=stored, title=stored.name, raise_to=Visibility.PUBLIC, by=request.user, at=timezone.now())
    return go_to(request, owner.page)
