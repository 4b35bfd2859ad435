"""What papers hold about persons, and which papers wait for a body when somebody leaves."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import handover, personal
from pobratym.accounts.choices import Role
from pobratym.accounts.handover import Open
from pobratym.accounts.models import Membership, User
from pobratym.accounts.personal import Row, plain
from pobratym.accounts.queries import acts_of
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import AgreementParty


def _acts(person: User, _at: dt.datetime) -> Iterable[Row]:
    return acts_of(person, "agreements.agreement")


def _signatures(person: User, _at: dt.datetime) -> Iterable[Row]:
    named = AgreementParty.objects.filter(Q(signatory_uk=person.name) | Q(signatory_en=person.name))
    for party in named.select_related("agreement").order_by("pk"):
        yield plain(party, "signatory_uk", "signatory_en", "post_uk", "post_en", "signed_on", paper=party.agreement)


def _papers(membership: Membership, _at: dt.datetime) -> Iterable[Open]:
    """Texts to agree and papers to sign, for those who answer for the body."""
    if membership.body_id is None or membership.role not in {Role.COORDINATOR, Role.SIGNATORY}:
        return
    waiting = AgreementParty.objects.filter(
        body_id=membership.body_id,
        signed_on=None,
        dropped_on=None,
        agreement__state__in=(AgreementState.DRAFT, AgreementState.AGREED),
    )
    for party in waiting.select_related("agreement").order_by("agreement__made_at", "pk"):
        yield Open(party.agreement.title, reverse("agreements:agreement", args=[party.agreement_id]))


personal.register(
    "agreements.agreement",
    title=_("What you did to papers"),
    export=_acts,
    erase=None,
    kept=_("A paper and its history stay; who worked on it becomes an erased person."),
    retention="trail",
)
personal.register(
    "agreements.agreementparty",
    title=_("Papers that name you as signatory"),
    export=_signatures,
    erase=None,
    kept=_("Who signed a paper stays in it: a public office signs in public, and the paper would lose its force."),
    retention="offices",
)
handover.register("agreements.agreement", title=_("Papers to agree or to sign"), rows=_papers)
