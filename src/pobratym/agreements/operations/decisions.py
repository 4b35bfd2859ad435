"""Decisions of councils and orders of military administrations."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.agreements.models import CouncilDecision
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import refuse_wider
from pobratym.vocabulary.choices import Origin, Visibility
from pobratym.vocabulary.refusals import Refusal


class DecisionRefused(Refusal):
    """A decision without a number, from the future, or recorded already."""


@transaction.atomic
def record_decision(
    *,
    body: Body,
    number: str,
    decided_on: dt.date,
    title_uk: str,
    title_en: str = "",
    link: str = "",
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> CouncilDecision:
    """Record a decision with its number and date; both are compulsory, each decision once."""
    refuse_wider(visibility, by)
    number = " ".join(number.split())
    _check_new(body=body, number=number, decided_on=decided_on, title_uk=title_uk, at=at)
    decision = CouncilDecision.objects.create(
        body=body,
        number=number,
        decided_on=decided_on,
        title_uk=title_uk.strip(),
        title_en=title_en.strip(),
        link=link,
        origin=origin,
        visibility=visibility,
    )
    audit.record(
        verb="agreements.decision.recorded",
        by=by,
        subject=decision,
        at=at,
        body=body,
        number=number,
        decided_on=decided_on.isoformat(),
    )
    return decision


def _check_new(*, body: Body, number: str, decided_on: dt.date, title_uk: str, at: dt.datetime) -> None:
    if not number:
        raise DecisionRefused(
            _("A decision needs its number: copy it from the decision’s first page, for example 2188-56-VIII."),
            field="number",
        )
    if not title_uk.strip():
        raise DecisionRefused(_("Write what the decision is about, as its title says."), field="title_uk")
    if decided_on > timezone.localdate(at):
        raise DecisionRefused(
            _("The decision’s date is in the future: record the decision after the session."), field="decided_on"
        )
    if not Body.objects.acting(decided_on).filter(pk=body.pk).exists():
        raise DecisionRefused(
            _("This body did not act on that day: check the date, or choose the body that did."), field="decided_on"
        )
    if CouncilDecision.objects.filter(body=body, number=number, decided_on=decided_on).exists():
        raise DecisionRefused(
            _("This decision is recorded already: choose it in the list of decisions."), field="number"
        )
