"""Papers, decisions and stages: the way from contact to twin cities."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.agreements import operations as agreements
from pobratym.agreements import queries as papers
from pobratym.agreements.choices import AgreementKind
from pobratym.agreements.models import Agreement, AgreementParty, CouncilDecision
from pobratym.agreements.texts import Aim, Section
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.partnerships.choices import PartyState, Stage
from pobratym.partnerships.keeping import PartyRefused, fresh, locked, named, refuse_suspended, save_changed
from pobratym.partnerships.models import Partnership, Party, Transition
from pobratym.partnerships.passage import Backing, BackingRefused, reach, reach_by_paper
from pobratym.vocabulary.choices import Origin, Visibility
from pobratym.vocabulary.wording import in_both


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, and the stage that it completed if it was the last one."""

    party: AgreementParty
    agreement: Agreement
    transition: Transition | None


@transaction.atomic
def draft_paper(
    *,
    partnership: Partnership,
    kind: str,
    title_uk: str,
    title_en: str = "",
    sections: Sequence[Section],
    number: str = "",
    place_uk: str = "",
    place_en: str = "",
    in_force_until: dt.date | None = None,
    source_url: str = "",
    written_for: Body | None = None,
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> Agreement:
    """Draft a paper of the present parties."""
    partnership = locked(partnership)
    refuse_suspended(partnership, at)
    bodies = [party.body for party in partnership.parties.select_related("body") if party.is_present]
    if partnership.papers.filter(kind=kind, state__in=("draft", "agreed")).exists():
        raise BackingRefused(_("A paper of this kind is being worked on: continue that one."))
    agreement = agreements.draft_agreement(
        kind=kind, title_uk=title_uk, title_en=title_en, bodies=bodies, sections=sections, number=number,
        place_uk=place_uk, place_en=place_en, in_force_until=in_force_until, source_url=source_url,
        written_for=written_for, origin=origin, visibility=visibility, by=by, at=at,
    )  # fmt: skip
    partnership.papers.add(agreement)
    audit.record(
        verb="partnerships.paper.drafted", by=by, subject=partnership, at=at, body=written_for,
        kind=kind, agreement=agreement.pk,
    )  # fmt: skip
    return agreement


@transaction.atomic
def draft_memorandum(
    *,
    partnership: Partnership,
    in_force_until: dt.date | None = None,
    place_uk: str = "",
    place_en: str = "",
    source_url: str = "",
    written_for: Body | None = None,
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> Agreement:
    """Draft the memorandum from the template, with the parties, the six directions and what is planned in them."""
    bodies = [party.body for party in partnership.parties.select_related("body__abroad") if party.is_present]
    sections = papers.memorandum_sections(
        bodies=bodies, subject_uk=partnership.subject_uk, subject_en=partnership.subject_en,
        aims=_aims(partnership), until=in_force_until,
    )  # fmt: skip
    title = in_both("title", _("Memorandum"))
    return draft_paper(
        partnership=partnership, kind=AgreementKind.MEMORANDUM, **_titled(title, partnership), sections=sections,
        place_uk=place_uk, place_en=place_en, in_force_until=in_force_until, source_url=source_url,
        written_for=written_for, origin=origin, visibility=visibility, by=by, at=at,
    )  # fmt: skip


def _aims(partnership: Partnership) -> list[Aim]:
    """What the text may name: commitments that the paper's own readers see anyway."""
    commitments = partnership.commitments.exclude(visibility=Visibility.RESTRICTED).order_by("pk")
    return [Aim(commitment.direction, commitment.text_uk, commitment.text_en) for commitment in commitments]


def _titled(title: dict[str, str], partnership: Partnership) -> dict[str, str]:
    return {
        "title_uk": f"{title['title_uk']}: {partnership.subject_uk}",
        "title_en": f"{title['title_en']}: {partnership.subject_en or partnership.subject_uk}",
    }


@transaction.atomic
def add_decision(
    *,
    partnership: Partnership,
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
    """Record a decision of a party's council beside the partnership."""
    partnership = locked(partnership)
    if not any(party.body_id == body.pk and party.is_present for party in partnership.parties.all()):
        raise PartyRefused(_("This body is no party: record decisions of the parties."), field="body")
    decision = agreements.record_decision(
        body=body, number=number, decided_on=decided_on, title_uk=title_uk, title_en=title_en, link=link,
        origin=origin, visibility=visibility, by=by, at=at,
    )  # fmt: skip
    partnership.decisions.add(decision)
    audit.record(
        verb="partnerships.decision.added", by=by, subject=partnership, at=at, body=body,
        number=decision.number, decided_on=decided_on.isoformat(), **named(body),
    )  # fmt: skip
    return decision


@transaction.atomic
def reach_stage(
    *,
    partnership: Partnership,
    stage: str,
    reached_on: dt.date,
    agreement: Agreement | None = None,
    decisions: Sequence[CouncilDecision] = (),
    document_uk: str = "",
    document_en: str = "",
    skipped_reason_uk: str = "",
    skipped_reason_en: str = "",
    version: int | None = None,
    origin: str = Origin.OWN,
    by: User | None,
    at: dt.datetime,
) -> Transition:
    """Record a stage with its day and what it rests on.

    Raises StageNotReachable, BackingRefused, DateRefused, PartnershipEnded or PartnershipSuspended.
    """
    partnership = locked(partnership, version=version)
    backing = Backing(
        agreement=agreement, decisions=tuple(decisions), document_uk=document_uk, document_en=document_en,
        skipped_reason_uk=skipped_reason_uk, skipped_reason_en=skipped_reason_en, origin=origin,
    )  # fmt: skip
    return reach(partnership, Stage(stage), reached_on, backing, by=by, at=at)


@transaction.atomic
def sign(
    *,
    partnership: Partnership,
    agreement: Agreement,
    party: Party,
    signed_on: dt.date,
    office_holder: OfficeHolder | None = None,
    signatory_uk: str = "",
    signatory_en: str = "",
    post_uk: str = "",
    post_en: str = "",
    mandate: str = "",
    decision: CouncilDecision | None = None,
    skipped_reason_uk: str = "",
    skipped_reason_en: str = "",
    by: User | None,
    at: dt.datetime,
) -> Signed:
    """Sign for a party; the last signature of the paper also records the stage to which it leads.

    Both or neither: one transaction under the partnership's lock.
    """
    partnership = locked(partnership)
    refuse_suspended(partnership, at)
    party = fresh(party)
    _refuse_signer(partnership, agreement, party)
    signature = agreements.sign(
        agreement=agreement, body=party.body, signed_on=signed_on, office_holder=office_holder,
        signatory_uk=signatory_uk, signatory_en=signatory_en, post_uk=post_uk, post_en=post_en, mandate=mandate,
        decision=decision, by=by, at=at,
    )  # fmt: skip
    return _after_signature(partnership, party, signature, (skipped_reason_uk, skipped_reason_en), by=by, at=at)


def _refuse_signer(partnership: Partnership, agreement: Agreement, party: Party) -> None:
    if party.partnership_id != partnership.pk or not party.is_present:
        raise PartyRefused(_("Only a present party signs."))
    if not partnership.papers.filter(pk=agreement.pk).exists():
        raise BackingRefused(_("This paper belongs to another partnership: choose one of this partnership’s papers."))


def _after_signature(
    partnership: Partnership,
    party: Party,
    signature: AgreementParty,
    skipped_reason: tuple[str, str],
    *,
    by: User | None,
    at: dt.datetime,
) -> Signed:
    party.state = PartyState.SIGNED
    party.save(update_fields=["state"])
    if signature.decision is not None:
        partnership.decisions.add(signature.decision)
    save_changed(partnership)
    agreement = Agreement.objects.get(pk=signature.agreement_id)
    audit.record(
        verb="partnerships.paper.signed", by=by, subject=partnership, at=at, body=party.body,
        kind=agreement.kind, signed_on=str(signature.signed_on), **named(party.body),
    )  # fmt: skip
    backing = Backing(
        agreement=agreement, skipped_reason_uk=skipped_reason[0], skipped_reason_en=skipped_reason[1],
        origin=agreement.origin,
    )  # fmt: skip
    return Signed(signature, agreement, reach_by_paper(partnership, agreement, backing, by=by, at=at))
