"""Reading papers: who sees them, what they weigh, who agreed and signed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pobratym.agreements import texts
from pobratym.agreements.choices import WEIGHTS, Weight
from pobratym.agreements.models import Agreement, AgreementParty, AgreementQuerySet, AgreementText
from pobratym.agreements.texts import Aim, Filling, Section
from pobratym.organisations.choices import Mandate
from pobratym.organisations.details import details_for
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.queries import who_may_sign

# By what right a person signs, as the signatories' table names it.
GROUNDS = {
    Mandate.ELECTED: _("Law “On Local Self-Government in Ukraine”, article 42"),
    Mandate.ACTING: _("Law “On Local Self-Government in Ukraine”, articles 42 and 50"),
    Mandate.MILITARY: _("Law “On the Legal Regime of Martial Law”, article 15"),
    Mandate.DEPUTY: _("order on the deputy’s powers"),
    Mandate.OTHER: _("mandate of the body"),
}


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """A line of the signatories' table: as signed, or who would sign on the day."""

    party: AgreementParty
    body: Body
    person: str
    post: str
    ground: str
    signed_on: dt.date | None
    has_agreed: bool
    holder: OfficeHolder | None = None


def papers(user: object) -> AgreementQuerySet:
    """The papers that the user may see, with their parties."""
    return Agreement.objects.visible_to(user).with_parties()


def weight_of(agreement: Agreement) -> Weight:
    """What the paper may and may not do."""
    return WEIGHTS[agreement.kind]


def newest_text(agreement: Agreement) -> AgreementText:
    """The version that counts."""
    return agreement.texts.select_related("written_for").order_by("number").reverse()[0]


def signatories(agreement: Agreement, text: AgreementText, on: dt.date, user: object) -> list[SignatoryRow]:
    """The parties with their signatories; for one that has not signed, the visible office-holder of the day."""
    present = [party for party in agreement.parties.all() if party.is_present]
    # A signed paper keeps who signed it; who would sign for a territory at risk is told to the paper's parties alone.
    hidden = details_for(user, on).hidden_of(party.body for party in present)
    return [_signatory(party, text, on, user, hidden=hidden) for party in present]


def _signatory(party: AgreementParty, text: AgreementText, on: dt.date, user: object, *, hidden: bool) -> SignatoryRow:
    person, post, mandate, holder = party.signatory, party.post, party.mandate, None
    if party.signed_on is None and not hidden:
        holders = list(who_may_sign(party.body, on).visible_to(user)[:2])
        if len(holders) == 1:
            holder = holders[0]
            person, post, mandate = holder.person, holder.post, holder.mandate
    ground = str(GROUNDS[Mandate(mandate)]) if mandate else ""
    if party.decision:
        ground = f"{ground}; {_('decision')} {party.decision}"
    return SignatoryRow(
        party=party,
        body=party.body,
        person=person,
        post=post,
        ground=ground,
        signed_on=party.signed_on,
        has_agreed=party.agreed_text == text.number,
        holder=holder,
    )


def memorandum_sections(
    *,
    bodies: Sequence[Body],
    subject_uk: str,
    subject_en: str = "",
    aims: Sequence[Aim] = (),
    until: dt.date | None = None,
) -> list[Section]:
    """The text of a memorandum of the bodies, from the template."""
    return texts.memorandum(
        Filling(
            bodies=bodies,
            subject_uk=subject_uk,
            subject_en=subject_en,
            aims=aims,
            until=f"{until:%d.%m.%Y}" if until else "",
        )
    )


def sections_in(text: AgreementText, language: str) -> list[tuple[str, list[str]]]:
    """The sections of a text in a language: titles and paragraphs; Ukrainian where there is no other wording."""
    found = []
    for section in text.sections:
        paragraphs = section.get(f"paragraphs_{language}") or section["paragraphs_uk"]
        found.append((section.get(f"title_{language}") or section["title_uk"], list(paragraphs)))
    return found


def texts_of(agreement: Agreement) -> list[AgreementText]:
    """All versions with whose wording they are, the newest first."""
    return list(agreement.texts.select_related("written_for").order_by("-number"))


def paper(agreement: Agreement, on: dt.date, user: object, text: AgreementText | None = None) -> dict[str, Any]:
    """What the template `agreements/_paper.html` shows: the newest text, or an earlier one."""
    text = text or newest_text(agreement)
    return {
        "paper_text": text,
        "paper_sections": sections_in(text, get_language() or "uk"),
        "paper_signatories": signatories(agreement, text, on, user),
        "paper_source": agreement.source_url,
    }
