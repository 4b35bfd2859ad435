"""Scans of a paper signed by hand, and signature files: they belong to the paper and are lost no more."""

import datetime as dt
from typing import Any

from django.urls import reverse

from pobratym.agreements.models import Agreement
from pobratym.audit.queries import reference
from pobratym.files import owners
from pobratym.files.queries import shown_of
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of, circles
from pobratym.vocabulary.choices import Visibility

LABEL = "agreements.agreement"


def seen(user: object, agreement: Agreement, _on: dt.date) -> frozenset[str]:
    """The visibilities whose files the user sees; none if the paper itself is not visible.

    What is public on a signed paper stays so on every day: its day and who signed stand in its text too.
    """
    if not Agreement.objects.visible_to(user).filter(pk=agreement.pk).exists():
        return frozenset()
    return _circles(user, agreement)


def works_for(user: object, agreement: Agreement) -> Body | None:
    """The present party for which the user answers, once somebody has signed: before there is nothing to scan."""
    if not is_signed_by_somebody(agreement):
        return None
    trusted = circle_of(user).trusted
    return next(
        (party.body for party in agreement.parties.all() if party.is_present and party.body_id in trusted), None
    )


def is_signed_by_somebody(agreement: Agreement) -> bool:
    """Whether a signature rests on the paper: then nothing of its files is deleted."""
    return any(party.signed_on for party in agreement.parties.all())


def page(agreement: Agreement) -> str:
    """The page of the paper, at its scans."""
    return f"{reverse('agreements:agreement', kwargs={'pk': agreement.pk})}#scans"


def context_of(agreement: Agreement, user: object) -> dict[str, Any]:
    """What the page of the paper shows of its files; the paper was found for the user."""
    circle = _circles(user, agreement)
    named = reference(agreement)
    return {
        "scans": shown_of([agreement], circle)[named],
        "scans_of": named,
        "may_scan": works_for(user, agreement) is not None,
        "is_of_the_team": Visibility.TEAM in circle,
    }


def _circles(user: object, agreement: Agreement) -> frozenset[str]:
    return circles(user, frozenset(party.body_id for party in agreement.parties.all()))


def _paper(key: int) -> Agreement | None:
    return Agreement.objects.with_parties().filter(pk=key).first()


owners.register(LABEL, record=_paper, seen=seen, works_for=works_for, page=page, rests_on=is_signed_by_somebody)
