"""Promised, done, measured: the six directions of a partnership."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pobratym.partnerships.models import Commitment, Partnership, ProgressNote, Value
from pobratym.vocabulary.choices import Direction, EngagementGroup, Proof

# A measured figure tells more than a claim; among equals the later period counts.
PROOF_RANK = {Proof.DECLARED: 0, Proof.DOCUMENTED: 1, Proof.VERIFIED: 2, Proof.MEASURED: 3}


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment with its visible notes and values, newest first."""

    commitment: Commitment
    notes: list[ProgressNote]
    values: list[Value]

    @property
    def latest_note(self) -> ProgressNote | None:
        """What was done last."""
        return self.notes[0] if self.notes else None

    @property
    def is_done(self) -> bool:
        """Whether the promise is kept."""
        return self.commitment.done_on is not None


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """A line of the table: what was promised, what is done, what is measured."""

    direction: str
    label: str
    url: str
    commitments: list[CommitmentRow]
    note: ProgressNote | None
    value: Value | None
    promised_groups: list[str]
    engaged_groups: list[str]
    # Only months are shown: a party's territory is at risk.
    coarse: bool = False

    @property
    def total(self) -> int:
        """How many commitments."""
        return len(self.commitments)

    @property
    def done(self) -> int:
        """How many of them are fulfilled."""
        return sum(row.is_done for row in self.commitments)

    @property
    def what(self) -> str:
        """What is counted, in the form that follows “x of y”: only what stands here, life may be ahead of it."""
        return ngettext("commitment marked here as fulfilled", "commitments marked here as fulfilled", self.total)

    @property
    def engaged(self) -> int:
        """How many of the five groups take part already."""
        return len(self.engaged_groups)

    @property
    def figure(self) -> Decimal | str | None:
        """The headline: the best value; for engagement the groups, until there is a value."""
        if self.value is not None:
            return self.value.amount
        # Nothing recorded is unknown, not “0 of 5”.
        if self.direction == Direction.ENGAGEMENT and self.engaged:
            return _("%(engaged)s of 5") % {"engaged": self.engaged}
        return None

    @property
    def unit(self) -> str:
        """The unit of the headline."""
        if self.value is not None:
            return self.value.unit
        return _("groups") if self.figure is not None else ""

    @property
    def figure_note(self) -> str:
        """Margin and period of the headline."""
        if self.value is None:
            return ""
        shape = "%m.%Y" if self.coarse else "%d.%m.%Y"
        first, last = self.value.period_from.strftime(shape), self.value.last_day.strftime(shape)
        period = f"{first}–{last}" if first != last else first
        margin = _plain(self.value.margin)
        return f"± {margin} · {period}" if margin else period

    @property
    def proof(self) -> str:
        """How well the headline is proven."""
        return self.value.proof if self.value else ""

    @property
    def origin(self) -> str:
        """Where the headline comes from."""
        return self.value.origin if self.value else ""

    @property
    def text(self) -> str:
        """The latest note, or which groups take part and which not yet."""
        if self.note is not None:
            return self.note.text
        if self.direction == Direction.ENGAGEMENT and self.promised_groups:
            waiting = [group for group in self.promised_groups if group not in self.engaged_groups]
            return (
                _("No engagement recorded here yet: %(groups)s") % {"groups": ", ".join(_labels(waiting))}
                if waiting
                else ""
            )
        return "" if self.total else _("Nothing has been promised yet.")


def scorecard(partnership: Partnership, user: object, *, coarse: bool) -> list[DirectionRow]:
    """The six directions in the memorandum's order, each always there; three queries. `coarse` leaves only months."""
    rows: dict[str, list[CommitmentRow]] = {direction: [] for direction in Direction.values}
    for commitment in _commitments(partnership, user):
        rows[commitment.direction].append(_row(commitment))
    return [_direction(partnership, direction, rows[direction], coarse=coarse) for direction in Direction.values]


def direction_of(partnership: Partnership, direction: str, user: object, *, coarse: bool) -> DirectionRow:
    """One direction of a partnership."""
    return next(row for row in scorecard(partnership, user, coarse=coarse) if row.direction == direction)


def records_in(rows: Iterable[DirectionRow]) -> list[Commitment | ProgressNote | Value]:
    """Every record that the rows show."""
    shown: list[Commitment | ProgressNote | Value] = []
    for row in rows:
        for line in row.commitments:
            shown += [line.commitment, *line.notes, *line.values]
    return shown


def _commitments(partnership: Partnership, user: object) -> list[Commitment]:
    notes = ProgressNote.objects.visible_to(user).order_by("-noted_on", "-pk")
    values = Value.objects.visible_to(user).order_by("-period_to", "-recorded_at", "-pk")
    return list(
        Commitment.objects.visible_to(user)
        .filter(partnership=partnership)
        .select_related("party__body")
        .prefetch_related(
            Prefetch("notes", notes, to_attr="visible_notes"), Prefetch("values", values, to_attr="visible_values")
        )
        .order_by("due_on", "pk")
    )


def _row(commitment: Commitment) -> CommitmentRow:
    return CommitmentRow(
        commitment,
        notes=commitment.visible_notes,  # type: ignore[attr-defined]  # fetched by `_commitments`
        values=commitment.visible_values,  # type: ignore[attr-defined]
    )


def _direction(
    partnership: Partnership, direction: str, commitments: list[CommitmentRow], *, coarse: bool
) -> DirectionRow:
    notes = [row.latest_note for row in commitments if row.latest_note]
    values = [value for row in commitments for value in row.values]
    promised = {group for row in commitments for group in row.commitment.groups}
    engaged = {
        group for row in commitments if row.notes or row.values or row.is_done for group in row.commitment.groups
    }
    return DirectionRow(
        direction=direction,
        label=str(Direction(direction).label),
        url=reverse("partnerships:direction", kwargs={"pk": partnership.pk, "direction": direction}),
        commitments=commitments,
        note=max(notes, key=lambda note: (note.noted_on, note.pk), default=None),
        value=max(values, key=lambda value: (PROOF_RANK[Proof(value.proof)], value.period_to, value.pk), default=None),
        promised_groups=[group for group in EngagementGroup.values if group in promised],
        engaged_groups=[group for group in EngagementGroup.values if group in engaged],
        coarse=coarse,
    )


def _labels(groups: list[str]) -> list[str]:
    return [str(EngagementGroup(group).label) for group in groups]


def _plain(number: Decimal | None) -> str:
    """A number without trailing zeros, or nothing."""
    return f"{number.normalize():f}" if number else ""
