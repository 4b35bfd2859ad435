"""A direction of a partnership: what was promised, what was done, what was measured."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.accounts.queries import open_wishes
from pobratym.audit import watching
from pobratym.audit.queries import reference
from pobratym.files.fields import content_of
from pobratym.organisations.details import details_for
from pobratym.partnerships import forms, operations, proofs, queries
from pobratym.partnerships.models import Commitment, Partnership
from pobratym.partnerships.views.acting import Act, act, person
from pobratym.ui.pages import ask_to_sign_in, go_to, page, permitted, refuse
from pobratym.vocabulary.choices import Direction
from pobratym.vocabulary.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.read", find=queries.partnerships_for_page)
def direction(request: HttpRequest, partnership: Partnership, direction: str) -> HttpResponse:
    """All promises of the direction with their notes and values; a coordinator adds one here."""
    if direction not in Direction.values:
        raise Http404
    may_edit = request.user.has_perm("partnerships.edit", partnership)
    form = None
    if request.method == "POST" and not may_edit:
        if request.user.is_authenticated:
            raise PermissionDenied
        return ask_to_sign_in(request)
    if may_edit:
        engages = direction == Direction.ENGAGEMENT
        form = forms.CommitmentForm(request.POST or None, engages=engages, partnership=partnership)
        if form.is_valid():
            try:
                operations.add_commitment(
                    partnership=partnership, direction=direction, by=person(request), at=timezone.now(),
                    **form.cleaned_data,
                )  # fmt: skip
            except Refusal as refusal:
                refuse(form, refusal)
            else:
                return go_to(request, "partnerships:direction", pk=partnership.pk, direction=direction)
    details = details_for(request.user, timezone.localdate())
    coarse = queries.details_hidden(partnership, details)
    row = queries.direction_of(partnership, direction, request.user, coarse=coarse)
    proofs.attach(row.commitments, partnership, request.user, timezone.localdate())
    watching.shown(request, queries.records_in([row]))
    context = {
        "section": "partnerships",
        "partnership": partnership,
        "row": row,
        "asked": _asked(row) if may_edit else set(),
        "may_edit": may_edit,
        "may_prove": may_edit and partnership.ended_on is None,
        "is_of_the_team": proofs.is_of_the_team(partnership, request.user),
        "form": form,
    }
    return page(request, "partnerships/direction.html", context, form=form)


def _asked(row: queries.DirectionRow) -> set[int]:
    """Commitments for which a second person has been asked; one query for all of them."""
    keys = {reference(line.commitment): line.commitment.pk for line in row.commitments}
    return {keys[wish.subject] for wish in open_wishes().filter(subject__in=keys)}


@require_safe
@permitted("partnerships.read", find=queries.commitments_for_page)
def commitment(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """A promise stands on the page of its direction."""
    return _back(request, commitment)


def _back(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    return go_to(request, "partnerships:direction", pk=commitment.partnership_id, direction=commitment.direction)


def _act(request: HttpRequest, commitment: Commitment, form: Any, operation: Any, title: str) -> HttpResponse:
    by, at = person(request), timezone.now()

    def carry_out() -> Any:
        values = dict(form.recorded if isinstance(form, forms.ValueForm) else form.cleaned_data)
        if "file" not in form.fields:
            return operation(commitment=commitment, by=by, at=at, **values)
        proof = _proof(request, commitment, values.pop("file"))
        record = partial(operation, commitment=commitment, by=by, at=at, **values)
        return operations.keep_with_proof(record=record, proof=proof, by=by, at=at)

    what = Act(title, _("Save"), commitment.partnership, commitment.text)
    return act(request, form, carry_out, lambda _made: _back(request, commitment), what)


def _proof(request: HttpRequest, commitment: Commitment, upload: UploadedFile | None) -> operations.ProofFile | None:
    """The file of a form, for the party whose coordinator hands it in."""
    holder = proofs.party_of(request.user, commitment.partnership)
    if upload is None or holder is None:
        return None
    return operations.ProofFile(content_of(upload), upload.name or "", holder)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.measure", find=queries.commitments_for_page)
def change(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Change a promise that is not fulfilled yet."""
    engages = commitment.direction == Direction.ENGAGEMENT
    form = forms.CommitmentForm(
        request.POST or None, engages=engages, partnership=commitment.partnership, commitment=commitment
    )
    return _act(request, commitment, form, operations.change_commitment, _("Change the commitment"))


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.measure", find=queries.commitments_for_page)
def note(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Note what was done."""
    form = forms.Note(request.POST or None, request.FILES or None)
    return _act(request, commitment, form, operations.note_progress, _("Note progress"))


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.measure", find=queries.commitments_for_page)
def value(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Record a figure with its proof."""
    form = forms.ValueForm(request.POST or None, request.FILES or None)
    return _act(request, commitment, form, operations.record_value, _("Record a value"))


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.measure", find=queries.commitments_for_page)
def done(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Say that a promise is fulfilled."""
    form = forms.Done(request.POST or None, commitment=commitment)
    return _act(request, commitment, form, operations.mark_done, _("Mark as fulfilled"))
