"""How an invited side answers: by a link, by an account, by letter; and how a moderator confirms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pobratym.agreements.queries import paper
from pobratym.audit import watching
from pobratym.audit.queries import history_of
from pobratym.limits.rates import limited
from pobratym.partnerships import forms, operations, queries
from pobratym.partnerships.models import Answer, Partnership, Party
from pobratym.partnerships.operations import LinkClosed
from pobratym.partnerships.views.acting import Act, act, person
from pobratym.partnerships.words import first_words
from pobratym.ui.pages import go_to, page, permitted, public, refuse
from pobratym.vocabulary.refusals import Refusal


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("token")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Read the proposal and answer it without an account, by a link that works once."""
    now = timezone.now()
    link = queries.link_of(token)
    if link is None or not link.is_open(now):
        raise LinkClosed
    party = link.party
    form = forms.ReplyByLink(request.POST or None)
    if form.is_valid():
        try:
            operations.answer_by_link(token=token, at=now, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return page(request, "partnerships/answered.html", {"party": party})
    partnership = Partnership.objects.with_parties().get(pk=party.partnership_id)
    context: dict[str, Any] = {"party": party, "partnership": partnership, "parties": partnership.present}
    context |= {"inviter": partnership.parties.all()[0].body, "stages": queries.stages_of(partnership)}
    if (agreement := queries.draft_for(party)) is not None:
        context |= {"agreement": agreement, **paper(agreement, timezone.localdate(now), request.user)}
    return page(request, "partnerships/answer.html", context, form=form)


@require_safe
@permitted("partnerships.read", find=queries.parties_for_page)
def party(request: HttpRequest, party: Party) -> HttpResponse:
    """A party with its answers, and what the reader may do about it."""
    return _party_page(request, party)


def _party_page(request: HttpRequest, party: Party, form: forms.ReplyForm | None = None) -> HttpResponse:
    user = request.user
    watching.shown(request, [party.partnership])
    is_waiting = party.state in {"invited", "studying"}
    context = {
        "section": "partnerships",
        "party": party,
        "partnership": party.partnership,
        "first_words": first_words(party.partnership, user),
        "answers": list(party.answers.order_by("-given_at", "-pk")),
        "history": history_of(party.partnership),
        "may_answer": is_waiting and user.has_perm("partnerships.answer", party),
        "may_record": is_waiting and user.has_perm("partnerships.record_letter", party),
        "may_respond": user.has_perm("partnerships.record_letter", party),
        "may_leave": party.is_present and user.has_perm("partnerships.answer", party),
        "may_moderate": user.has_perm("partnerships.moderate"),
        "form": form or forms.ReplyForm(),
    }
    return page(request, "partnerships/party.html", context, form=form)


@require_POST
@permitted("partnerships.answer", find=queries.parties_for_page)
def reply(request: HttpRequest, party: Party) -> HttpResponse:
    """Answer by an account of the invited body."""
    form = forms.ReplyForm(request.POST)
    if form.is_valid():
        try:
            operations.answer(party=party, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your answer is recorded."))
            return go_to(request, "portal:partnership", pk=party.partnership_id)
    return _party_page(request, party, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.record_letter", find=queries.parties_for_page)
def letter(request: HttpRequest, party: Party) -> HttpResponse:
    """Record an answer that came outside the platform."""
    form = forms.Letter(request.POST or None)
    what = Act(_("Record an answer by letter"), _("Record the letter"), party.partnership, party.body.name)
    return act(
        request,
        form,
        lambda: operations.answer_by_letter(party=party, by=person(request), at=timezone.now(), **form.cleaned_data),
        lambda _made: go_to(request, "partnerships:party", pk=party.pk),
        what,
    )


@require_POST
@permitted("partnerships.record_letter", find=queries.parties_for_page)
@limited("propose")
def link(request: HttpRequest, party: Party) -> HttpResponse:
    """Send a one-time link to the body's official address."""
    operations.send_link(party=party, by=person(request), at=timezone.now())
    # The address itself stays out of the page: the community may stand in a zone of hostilities.
    messages.success(request, _("The link is on its way to the official address."))
    return go_to(request, "partnerships:party", pk=party.pk)


@require_POST
@permitted("partnerships.answer", find=queries.parties_for_page)
def study(request: HttpRequest, party: Party) -> HttpResponse:
    """Say that the proposal is being studied."""
    operations.study(party=party, by=person(request), at=timezone.now())
    return go_to(request, "partnerships:party", pk=party.pk)


@require_POST
@permitted("partnerships.answer", find=queries.parties_for_page)
def leave(request: HttpRequest, party: Party) -> HttpResponse:
    """Leave the partnership today."""
    now = timezone.now()
    operations.leave(party=party, on=timezone.localdate(now), by=person(request), at=now)
    return go_to(request, "portal:partnership", pk=party.partnership_id)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.moderate", find=queries.answers_for_page)
def confirm(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Confirm that an answer by a link is the body's own."""
    if request.method == "POST":
        operations.confirm_answer(answer=answer, by=person(request), at=timezone.now())
        return go_to(request, "partnerships:party", pk=answer.party_id)
    return page(request, "partnerships/confirm.html", {"section": "partnerships", "answer": answer})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.moderate", find=queries.answers_for_page)
def dismiss(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Dismiss an answer that is not the body's own."""
    form = forms.Reason(request.POST or None)
    what = Act(_("Dismiss the answer"), _("Dismiss"), answer.party.partnership, answer.party.body.name)
    return act(
        request,
        form,
        lambda: operations.dismiss_answer(answer=answer, by=person(request), at=timezone.now(), **form.cleaned_data),
        lambda _made: go_to(request, "partnerships:party", pk=answer.party_id),
        what,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.respond", find=queries.answers_for_page)
def response(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Reply to a question of the invited side."""
    form = forms.Response(request.POST or None)
    what = Act(_("Reply to the question"), _("Send the reply"), answer.party.partnership, answer.text)
    return act(
        request,
        form,
        lambda: operations.reply_to_question(answer=answer, by=person(request), at=timezone.now(), **form.cleaned_data),
        lambda _made: go_to(request, "partnerships:party", pk=answer.party_id),
        what,
    )
