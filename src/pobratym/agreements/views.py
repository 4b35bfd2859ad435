"""A paper: what it weighs, its parties, its text, its file."""

from typing import Any, cast

from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hromadkit.places import transliterate
from pobratym.accounts.models import User
from pobratym.agreements import forms, operations, queries, scans
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.links import links_of
from pobratym.agreements.models import Agreement
from pobratym.audit import watching
from pobratym.audit.choices import Export
from pobratym.audit.operations import note_export
from pobratym.documents.operations import Signature, render_docx
from pobratym.limits.rates import limited
from pobratym.organisations import takedown
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.choices import Visibility
from pobratym.vocabulary.refusals import Refusal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@permitted("agreements.read", find=queries.papers)
def agreement(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The paper with its weight, parties and newest text, or an earlier version as `?version=1`."""
    context = _context(request, agreement)
    watching.shown(request, _beside(context["paper_signatories"]))
    return page(request, "agreements/agreement.html", context)


@require_safe
@permitted("agreements.read", find=queries.papers)
@limited("export")
def docx(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The newest text as a file for any office program."""
    text = queries.newest_text(agreement)
    rows = queries.signatories(agreement, text, timezone.localdate(), request.user)
    watching.shown(request, _beside(rows))
    if agreement.visibility != Visibility.PUBLIC and request.method == "GET":
        note_export(what=Export.PAPER, by=request.user, at=timezone.now(), subject=agreement, number=text.number)
    address = settings.ADDRESS + reverse("agreements:agreement", args=[agreement.pk])
    content = render_docx(
        title=agreement.title,
        place=agreement.place,
        day=f"{agreement.signed_on:%d.%m.%Y}" if agreement.signed_on else _("(date)"),
        number=agreement.number,
        sections=queries.sections_in(text, get_language() or "uk"),
        signatures=[Signature(row.body.name, row.post, row.person) for row in rows],
        footer=f"{address} · {timezone.localdate():%d.%m.%Y} · SHA-256 {text.sha256}",
    )
    name = slugify(transliterate(agreement.title))[:80] or "agreement"
    return HttpResponse(
        content,
        content_type=DOCX,
        headers={"Content-Disposition": f'attachment; filename="{name}-{agreement.pk}.docx"'},
    )


@require_POST
@permitted("agreements.word", find=queries.papers)
def agree(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Agree to the version that was read, for one's body."""
    form = forms.Agree(request.POST)
    if form.is_valid():
        try:
            operations.agree_text(
                agreement=agreement, body=_own_body(request, agreement), by=cast("User", request.user),
                at=timezone.now(), **form.cleaned_data,
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return go_to(request, "agreements:agreement", pk=agreement.pk)
    return page(request, "agreements/agreement.html", _context(request, agreement), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("agreements.word", find=queries.papers)
def revise(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Propose another wording for one's body."""
    form = forms.Revise(request.POST or None, text=queries.newest_text(agreement), version=agreement.version)
    if form.is_valid():
        try:
            operations.revise_text(
                agreement=agreement, sections=form.revised, for_body=_own_body(request, agreement),
                version=form.cleaned_data["version"], by=cast("User", request.user), at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return go_to(request, "agreements:agreement", pk=agreement.pk)
    return page(request, "agreements/revise.html", {"section": "partnerships", "agreement": agreement}, form=form)


def _beside(rows: list[queries.SignatoryRow]) -> list[Model | None]:
    """What the table of signatories shows besides the paper: decisions and office-holders."""
    return [record for row in rows for record in (row.party.decision, row.holder)]


def _own_body(request: HttpRequest, agreement: Agreement) -> Body:
    trusted = circle_of(request.user).trusted
    body = next(
        (party.body for party in agreement.parties.all() if party.is_present and party.body_id in trusted), None
    )
    if body is None:
        raise Http404
    return body


def _context(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    versions = queries.texts_of(agreement)
    newest = versions[0]
    wanted = request.GET.get("version")
    text = newest if wanted is None else next((one for one in versions if str(one.number) == wanted), None)
    if text is None:
        raise Http404
    may_word = request.user.has_perm("agreements.word", agreement)
    own = circle_of(request.user).trusted
    waits = any(
        party.body_id in own and party.agreed_text != newest.number
        for party in agreement.parties.all()
        if party.is_present
    )
    is_open = agreement.state in {AgreementState.DRAFT, AgreementState.AGREED}
    is_frozen = any(party.signed_on for party in agreement.parties.all())
    return {
        "section": "partnerships",
        "agreement": agreement,
        "is_taken_down": request.user.is_authenticated and takedown.is_hidden(agreement),
        "links": links_of(agreement, request.user),
        "may_revise": may_word and is_open and not is_frozen,
        "weight": queries.weight_of(agreement),
        "may_word": may_word and is_open,
        # Consent is given to the newest words only, by who has them before the eyes.
        "may_agree": may_word and waits and is_open and text is newest,
        "text": text,
        "is_newest": text is newest,
        "versions": versions,
        **scans.context_of(agreement, request.user),
        **queries.paper(agreement, timezone.localdate(), request.user, text),
    }
