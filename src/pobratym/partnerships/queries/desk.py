"""What waits for a person: answers, questions, drafts, signatures."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pobratym.accounts.choices import Role
from pobratym.agreements.models import AgreementParty
from pobratym.organisations.visibility import Circle, circle_of
from pobratym.partnerships.choices import PartyState, Reply
from pobratym.partnerships.models import Answer, Partnership, Party

READY = (PartyState.AGREED, PartyState.SIGNED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, with one button."""

    kind: str
    title: str
    text: str
    url: str
    action: str
    since: dt.date | None = None


def waiting_for(user: object) -> list[Waiting]:
    """Everything in partnerships that waits for the person; as many queries for one thing as for many."""
    return waiting_in(circle_of(user))


def waiting_in(mine: Circle) -> list[Waiting]:
    """Everything that waits for whoever has these roles."""
    found: list[Waiting] = []
    if mine.is_moderator:
        found += _answers_to_confirm()
    if mine.trusted:
        found += [*_proposals(mine), *_questions(mine), *_papers(mine)]
    return found


def _answers_to_confirm() -> Iterable[Waiting]:
    answers = Answer.objects.filter(confirmed_at=None, dismissed_at=None, party__partnership__ended_on=None)
    for answer in answers.select_related("party__body").order_by("given_at", "pk"):
        yield Waiting(
            "confirm",
            _("Answer to confirm: %(body)s") % {"body": answer.party.body.short_name},
            str(answer.get_reply_display()),
            reverse("partnerships:confirm", kwargs={"pk": answer.pk}),
            _("Check the answer"),
            timezone.localdate(answer.given_at),
        )


def _proposals(mine: Circle) -> Iterable[Waiting]:
    parties = Party.objects.filter(
        body_id__in=mine.trusted, state__in=(PartyState.INVITED, PartyState.STUDYING), partnership__ended_on=None
    )
    for party in _with_partnership(parties):
        yield Waiting(
            "answer",
            _("Proposal: %(name)s") % {"name": party.partnership.name},
            party.partnership.subject,
            reverse("partnerships:party", kwargs={"pk": party.pk}),
            _("Answer the proposal"),
            party.invited_on,
        )


def _questions(mine: Circle) -> Iterable[Waiting]:
    own = Party.objects.filter(body_id__in=mine.trusted, state__in=READY).values("partnership_id")
    answers = Answer.objects.filter(
        party__partnership_id__in=own, reply=Reply.ASK, responded_at=None, party__partnership__ended_on=None
    ).exclude(confirmed_at=None)
    for answer in answers.select_related("party__body").order_by("given_at", "pk"):
        if answer.party.body_id in mine.trusted:
            continue
        yield Waiting(
            "question",
            _("Question: %(body)s") % {"body": answer.party.body.short_name},
            answer.text,
            reverse("partnerships:party", kwargs={"pk": answer.party_id}),
            _("Reply"),
            timezone.localdate(answer.given_at),
        )


def _papers(mine: Circle) -> Iterable[Waiting]:
    """Texts to agree for those who answer for a body, signatures for its signatories."""
    own = AgreementParty.objects.filter(
        body_id__in=mine.trusted, signed_on=None, dropped_on=None, agreement__state__in=("draft", "agreed")
    ).select_related("agreement", "body")
    own = own.prefetch_related("agreement__partnerships").order_by("agreement__made_at", "pk")
    for place in own:
        partnership = next(iter(place.agreement.partnerships.all()), None)
        since = timezone.localdate(place.agreement.made_at)
        if place.agreed_text is None:
            yield Waiting(
                "agree",
                _("Text to agree: %(title)s") % {"title": place.agreement.title},
                place.body.short_name,
                reverse("agreements:agreement", kwargs={"pk": place.agreement_id}),
                _("Read and agree"),
                since,
            )
        elif partnership is not None and mine.has(place.body_id, Role.SIGNATORY):
            yield Waiting(
                "sign",
                _("Paper to sign: %(title)s") % {"title": place.agreement.title},
                place.body.short_name,
                reverse("portal:sign", kwargs={"pk": partnership.pk}),
                _("Sign the paper"),
                since,
            )


def _with_partnership(parties: "Iterable[Party]") -> list[Party]:
    """Parties with their partnerships and all parties of those, in two queries more."""
    rows = list(parties)
    found = Partnership.objects.with_parties().in_bulk({party.partnership_id for party in rows})
    for party in rows:
        party.partnership = found[party.partnership_id]
    return rows
