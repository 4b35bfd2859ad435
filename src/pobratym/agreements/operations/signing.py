"""Signatures on paper, with the signatory's authority on the day; qualified signatures come with issue 5."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.agreements import telling
from pobratym.agreements.keeping import locked, named, newest_text, party_of, refuse_unless_open, settle
from pobratym.agreements.models import Agreement, AgreementParty, CouncilDecision
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.queries import who_may_sign
from pobratym.vocabulary.refusals import Refusal

# No council of independent Ukraine signed anything before the Act of Independence.
INDEPENDENCE = dt.date(1991, 8, 24)


class SignatureRefused(Refusal):
    """A signature that cannot be: from the future, twice, or under a text that the party did not agree to."""


class SignatoryUnknown(Refusal):
    """Nobody is known to hold the office on that day."""

    field = "office_holder"


@dataclass(frozen=True, slots=True)
class _Signatory:
    """Who signs and by what right."""

    signatory_uk: str
    signatory_en: str
    post_uk: str
    post_en: str
    mandate: str


@transaction.atomic
def sign(
    *,
    agreement: Agreement,
    body: Body,
    signed_on: dt.date,
    office_holder: OfficeHolder | None = None,
    signatory_uk: str = "",
    signatory_en: str = "",
    post_uk: str = "",
    post_en: str = "",
    mandate: str = "",
    decision: CouncilDecision | None = None,
    by: User | None,
    at: dt.datetime,
) -> AgreementParty:
    """Record a party's signature; with the last one the paper is signed on the latest of the dates.

    Without a signatory the one office-holder of that day who may sign is taken. Raises SignatureRefused or
    SignatoryUnknown.
    """
    agreement = locked(agreement)
    refuse_unless_open(agreement)
    party = party_of(agreement, body)
    _refuse_signature(party, newest_text(agreement).number, decision)
    _refuse_date(signed_on, at)
    given = _Signatory(signatory_uk.strip(), signatory_en.strip(), post_uk.strip(), post_en.strip(), mandate)
    signatory = _given(given) if given.signatory_uk else _from_office(office_holder, body, signed_on)
    for name, value in asdict(signatory).items():
        setattr(party, name, value)
    party.signed_on, party.decision = signed_on, decision
    party.save()
    settle(agreement)
    audit.record(
        verb="agreements.agreement.signed", by=by, subject=agreement, at=at, body=body,
        signed_on=signed_on.isoformat(), **named(body),
    )  # fmt: skip
    telling.signed(agreement, body, by=by, at=at)
    return party


def _refuse_signature(party: AgreementParty, newest: int, decision: CouncilDecision | None) -> None:
    if party.signed_on is not None:
        raise SignatureRefused(_("This party has signed already."))
    if party.agreed_text != newest:
        raise SignatureRefused(_("Agree to the newest text first: the party signs what it agreed to."))
    if decision is not None and decision.body_id != party.body_id:
        raise SignatureRefused(
            _("This decision is of another body: choose a decision of the party that signs."), field="decision"
        )


def _refuse_date(signed_on: dt.date, at: dt.datetime) -> None:
    """A paper may be older than its record here, but not younger than today."""
    if signed_on > timezone.localdate(at):
        raise SignatureRefused(
            _("The date of signature is in the future: record the signature on the day it is given, or later."),
            field="signed_on",
        )
    if signed_on < INDEPENDENCE:
        raise SignatureRefused(_("The date of signature is before 24 August 1991: check the year."), field="signed_on")


def _given(signatory: _Signatory) -> _Signatory:
    """A signatory named by hand needs post and mandate."""
    if not signatory.post_uk or not signatory.mandate:
        raise SignatoryUnknown(_("Name the signatory’s post and mandate too."), field="post_uk")
    return signatory


def _from_office(chosen: OfficeHolder | None, body: Body, on: dt.date) -> _Signatory:
    """The chosen office-holder, or the only one who may sign for the body on the day."""
    holders = list(who_may_sign(body, on))
    if chosen is not None:
        holders = [holder for holder in holders if holder.pk == chosen.pk]
        if not holders:
            raise SignatoryUnknown(
                _("This person held no office with the right to sign on that day: check the date or the person.")
            )
    if not holders:
        raise SignatoryUnknown(
            _("Nobody is known to sign for this body on that day: name the signatory, the post and the mandate.")
        )
    if len(holders) > 1:
        raise SignatoryUnknown(_("Several people may sign for this body on that day: choose who signed."))
    holder = holders[0]
    return _Signatory(holder.person_uk, holder.person_en, holder.post_uk, holder.post_en, holder.mandate)
