"""A partnership as a story: its stages and its chronicle."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pobratym.agreements.models import Agreement
from pobratym.partnerships.choices import Stage
from pobratym.partnerships.models import Commitment, Partnership, Transition, Value
from pobratym.partnerships.stages import ORDER


@dataclass(frozen=True, slots=True)
class StageStep:
    """A stage on the thread."""

    stage: str
    label: str
    note: str
    state: str
    reached_on: dt.date | None = None
    link: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the chronicle; field names are those of the timeline component."""

    on: dt.date
    title: str
    url: str = ""
    kind: str = ""
    tone: str = ""
    note: str = ""
    origin: str = ""
    # Only the month is shown: a party's territory is at risk.
    coarse: bool = False


def stages_of(partnership: Partnership, user: object = None) -> list[StageStep]:
    """The five stages with their days; two queries. Links lead only to papers that the user may see."""
    transitions = {step.stage: step for step in partnership.transitions.select_related("agreement")}
    readable = set(
        Agreement.objects.visible_to(user).filter(transitions__partnership=partnership).values_list("pk", flat=True)
    )
    present = ORDER.index(Stage(partnership.stage))
    reasons = _reasons(transitions)
    return [
        _step(partnership, stage, place - present, transitions.get(stage), reasons.get(stage, ""), readable)
        for place, stage in enumerate(ORDER)
    ]


def _step(  # noqa: PLR0917  # one line of the thread and all that decides it
    partnership: Partnership, stage: Stage, ahead: int, reached: Transition | None, reason: str, readable: set[int]
) -> StageStep:
    label = str(stage.label)
    if reached is None:
        state = "ahead" if ahead > 0 else "skipped"
        return StageStep(stage, label, reason, state)
    is_current = ahead == 0 and partnership.ended_on is None
    link = ""
    if reached.agreement_id in readable:
        link = reverse("agreements:agreement", kwargs={"pk": reached.agreement_id})
    named = reached.agreement_id is None and stage != Stage.CONTACT and reached.document
    note = reached.document if named else f"{reached.reached_on:%d.%m.%Y}"
    return StageStep(stage, label, note, "current" if is_current else "done", reached.reached_on, link, reached.origin)


def _reasons(transitions: dict[str, Transition]) -> dict[str, str]:
    """Why a stage was left out: the reason stands at the next one that was reached."""
    reasons: dict[str, str] = {}
    reason = ""
    for stage in reversed(ORDER):
        step = transitions.get(stage)
        if step is not None:
            reason = step.skipped_reason
        elif reason:
            reasons[stage] = reason
    return reasons


def chronicle_of(partnership: Partnership, user: object, *, coarse: bool) -> list[Happened]:
    """What happened, newest first: stages, fulfilled commitments, proven values; `coarse` leaves of work the month."""
    readable = set(Agreement.objects.visible_to(user).filter(partnerships=partnership).values_list("pk", flat=True))
    entries = [_stage(step, readable) for step in partnership.transitions.select_related("agreement")]
    if partnership.ended_on is not None:
        entries.append(Happened(partnership.ended_on, _("The partnership ended"), note=partnership.condition_reason))
    commitments = Commitment.objects.visible_to(user).filter(partnership=partnership)
    for commitment in commitments.exclude(done_on=None):
        assert commitment.done_on is not None  # noqa: S101  # excluded in the query
        entries.append(
            Happened(
                commitment.done_on,
                commitment.text,
                _direction_url(partnership, commitment.direction),
                _("fulfilled"),
                "green",
                str(commitment.get_direction_display()),
                commitment.origin,
                coarse,
            )
        )
    values = Value.objects.visible_to(user).filter(commitment__in=commitments).exclude(proof="declared")
    entries += [_value(partnership, value, coarse=coarse) for value in values.select_related("commitment")]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _stage(step: Transition, readable: set[int]) -> Happened:
    """The day a stage was reached; the title of its paper only for who may read the paper."""
    title = str(Stage(step.stage).label)
    note = step.document or (step.agreement.title if step.agreement and step.agreement_id in readable else "")
    return Happened(step.reached_on, title, kind=_("stage"), tone="wheat", note=note, origin=step.origin)


def _value(partnership: Partnership, value: Value, *, coarse: bool) -> Happened:
    title = f"{value.amount.normalize():f} {value.unit}"
    return Happened(
        value.last_day, title, _direction_url(partnership, value.commitment.direction),
        str(value.get_proof_display()), "green", value.commitment.text, value.origin, coarse,
    )  # fmt: skip


def _direction_url(partnership: Partnership, direction: str) -> str:
    return reverse("partnerships:direction", kwargs={"pk": partnership.pk, "direction": direction})
