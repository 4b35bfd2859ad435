"""How a partnership reaches a stage: what may follow, from which day, backed by what."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.agreements.choices import AgreementKind, AgreementState
from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.audit import operations as audit
from pobratym.partnerships.choices import PartyState, Stage
from pobratym.partnerships.keeping import DateRefused, refuse_future, refuse_suspended, save_changed
from pobratym.partnerships.models import Partnership, Party, Transition
from pobratym.partnerships.stages import is_skip, may_follow
from pobratym.vocabulary.choices import Origin
from pobratym.vocabulary.refusals import Refusal

# The stage to which a signed paper leads.
STAGE_OF_KIND = {
    AgreementKind.LETTER: Stage.INTENT,
    AgreementKind.MEMORANDUM: Stage.MEMORANDUM,
    AgreementKind.PARTNERSHIP: Stage.PARTNERSHIP,
    AgreementKind.PLAN: Stage.PARTNERSHIP,
    AgreementKind.TWINNING: Stage.TWINS,
}

READY = (PartyState.AGREED, PartyState.SIGNED)


class StageNotReachable(Refusal):
    """The present stage does not lead to the one asked for, or leaves stages out without a reason."""

    field = "stage"


class BackingRefused(Refusal):
    """A stage without the document or decision that it needs."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What a stage rests on."""

    agreement: Agreement | None = None
    decisions: tuple[CouncilDecision, ...] = ()
    document_uk: str = ""
    document_en: str = ""
    skipped_reason_uk: str = ""
    skipped_reason_en: str = ""
    origin: str = Origin.OWN


def reach(
    partnership: Partnership, stage: Stage, reached_on: dt.date, backing: Backing, *, by: User | None, at: dt.datetime
) -> Transition:
    """Record the stage of a locked partnership, or refuse and tell what is missing."""
    before = Stage(partnership.stage)
    refuse_suspended(partnership, at)
    _refuse_order(before, stage, backing)
    _refuse_day(partnership, reached_on, at)
    present = [party for party in partnership.parties.select_related("body") if party.is_present]
    _refuse_backing(partnership, stage, reached_on, backing, present)
    transition = Transition.objects.create(
        partnership=partnership, stage=stage, reached_on=reached_on, agreement=backing.agreement,
        document_uk=backing.document_uk.strip(), document_en=backing.document_en.strip(),
        skipped_reason_uk=backing.skipped_reason_uk.strip() if is_skip(before, stage) else "",
        skipped_reason_en=backing.skipped_reason_en.strip() if is_skip(before, stage) else "",
        recorded_at=at, origin=backing.origin,
    )  # fmt: skip
    transition.decisions.set(backing.decisions)
    partnership.decisions.add(*backing.decisions)
    partnership.stage = stage
    save_changed(partnership, "stage")
    audit.record(
        verb="partnerships.stage.reached", by=by, subject=partnership, at=at,
        before=before.value, stage=stage.value, reached_on=reached_on.isoformat(),
    )  # fmt: skip
    return transition


def reach_by_paper(
    partnership: Partnership, agreement: Agreement, backing: Backing, *, by: User | None, at: dt.datetime
) -> Transition | None:
    """Record the stage to which a wholly signed paper leads; nothing if it was reached before."""
    stage = STAGE_OF_KIND[AgreementKind(agreement.kind)]
    if agreement.state != AgreementState.SIGNED or agreement.signed_on is None:
        return None
    if not may_follow(Stage(partnership.stage), stage):
        return None
    last = partnership.transitions.order_by("reached_on").last()
    # A paper may be signed before the answer that led to it was recorded; the way never runs backwards.
    reached_on = max(agreement.signed_on, last.reached_on) if last else agreement.signed_on
    return reach(partnership, stage, reached_on, backing, by=by, at=at)


def _refuse_order(before: Stage, stage: Stage, backing: Backing) -> None:
    words = {"before": before.label, "after": stage.label}
    if not may_follow(before, stage):
        raise StageNotReachable(
            _("“%(before)s” does not lead to “%(after)s”: choose a later stage than the present one.") % words
        )
    if is_skip(before, stage) and not backing.skipped_reason_uk.strip():
        raise StageNotReachable(
            _("Between “%(before)s” and “%(after)s” stages are left out: write the reason.") % words,
            field="skipped_reason_uk",
        )


def _refuse_day(partnership: Partnership, reached_on: dt.date, at: dt.datetime) -> None:
    refuse_future(reached_on, at, "reached_on")
    last = partnership.transitions.order_by("reached_on").last()
    if last and reached_on < last.reached_on:
        raise DateRefused(
            _("The stage before was reached on %(day)s: a later stage cannot be older. Check the date.")
            % {"day": f"{last.reached_on:%d.%m.%Y}"},
            field="reached_on",
        )


def _refuse_backing(
    partnership: Partnership, stage: Stage, reached_on: dt.date, backing: Backing, present: list[Party]
) -> None:
    if sum(party.state in READY for party in present) < 2:
        raise BackingRefused(
            _("At least two parties must have agreed. Wait for the answer, or record it by its letter.")
        )
    bodies = {party.body_id for party in present}
    if backing.agreement is not None:
        _refuse_agreement(partnership, reached_on, backing.agreement)
    for decision in backing.decisions:
        if decision.body_id not in bodies:
            raise BackingRefused(_("A decision is of a body that is no party: choose decisions of the parties."))
        if decision.decided_on > reached_on:
            raise BackingRefused(_("A decision is younger than the stage: check the dates."), field="reached_on")
    _refuse_missing(stage, backing, bodies)


def _refuse_agreement(partnership: Partnership, reached_on: dt.date, agreement: Agreement) -> None:
    if not partnership.papers.filter(pk=agreement.pk).exists():
        raise BackingRefused(_("This paper belongs to another partnership: choose one of this partnership’s papers."))
    if agreement.state != AgreementState.SIGNED or agreement.signed_on is None:
        raise BackingRefused(_("This paper is not signed by all its parties yet."), field="agreement")
    if agreement.signed_on > reached_on:
        raise BackingRefused(_("The paper is younger than the stage: check the dates."), field="reached_on")


def _refuse_missing(stage: Stage, backing: Backing, bodies: set[int]) -> None:
    """Each stage has its own demand: twin cities are founded on councils, a memorandum on a paper."""
    kind = backing.agreement.kind if backing.agreement else None
    if stage == Stage.TWINS:
        decided = {decision.body_id for decision in backing.decisions}
        if kind != AgreementKind.TWINNING and decided != bodies:
            raise BackingRefused(
                _("Twin cities need a council decision of every party, or a signed twinning agreement."),
                field="decisions",
            )
    elif stage == Stage.MEMORANDUM:
        if kind != AgreementKind.MEMORANDUM and not backing.document_uk.strip():
            raise BackingRefused(_("This stage needs the signed memorandum, or the name of its document."))
    elif kind is None and not backing.decisions and not backing.document_uk.strip():
        raise BackingRefused(_("Name the document or the council decision that this stage rests on."))
