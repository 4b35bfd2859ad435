"""The story of Kalush and Zaporizhzhia as a sequence of points, each reached through operations."""

import datetime as dt
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.joining import Joining
from pobratym.accounts.models import SecondPerson
from pobratym.accounts.operations import NotDemonstration, confirm_second
from pobratym.accounts.queries import is_demonstration
from pobratym.agreements import operations as agreements
from pobratym.agreements.choices import AgreementKind
from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.agreements.queries import newest_text
from pobratym.audit.operations import clear_trail
from pobratym.files.models import StoredFile
from pobratym.newsroom.models import Publication, Tag
from pobratym.notices.models import Notice
from pobratym.organisations.queries import who_may_sign
from pobratym.outbox.models import Message
from pobratym.partnerships import operations as partnerships
from pobratym.partnerships.choices import PartyState, Programme, Reply, Stage
from pobratym.partnerships.models import Commitment, Partnership, Party
from pobratym.portal import operations
from pobratym.portal.demonstration import abroad, cast, items, texts
from pobratym.portal.demonstration.commitments import CONTINUATION, FOR_WHOM, FOUNDING, Promise
from pobratym.vocabulary.choices import Direction, Origin, Visibility
from pobratym.vocabulary.refusals import Refusal


class Point(IntEnum):
    """How far the story has come. The first five are where the five steps of the tour begin."""

    NOTHING = 0
    PROPOSED = 1
    READY = 2
    SIGNED = 3
    PUBLISHED = 4
    PARTNERSHIP = 5
    TWINS = 6


# What is true is the memorandum; what comes after it is a possible continuation.
DEFAULT_STAGE = Stage.MEMORANDUM
POINT_OF = {
    Stage.CONTACT: Point.PROPOSED,
    Stage.INTENT: Point.READY,
    Stage.MEMORANDUM: Point.PUBLISHED,
    Stage.PARTNERSHIP: Point.PARTNERSHIP,
    Stage.TWINS: Point.TWINS,
}
POSSIBLE = frozenset({Stage.PARTNERSHIP, Stage.TWINS})

SIGNED_ON = dt.date(2024, 2, 20)
# History keeps its dates. Of the time before the signature the sources tell nothing: these days are generated.
MOMENTS = {
    Point.PROPOSED: dt.datetime(2024, 1, 15, 10, tzinfo=dt.UTC),
    Point.READY: dt.datetime(2024, 2, 5, 10, tzinfo=dt.UTC),
    Point.SIGNED: dt.datetime(2024, 2, 20, 12, tzinfo=dt.UTC),
    Point.PUBLISHED: dt.datetime(2024, 2, 21, 9, tzinfo=dt.UTC),
    Point.PARTNERSHIP: dt.datetime(2025, 11, 14, 12, tzinfo=dt.UTC),
    Point.TWINS: dt.datetime(2026, 5, 28, 12, tzinfo=dt.UTC),
}
PLAN_ON = dt.date(2025, 3, 6)


def exists() -> bool:
    """Whether there is any partnership: then nothing is built over it."""
    return Partnership.objects.exists()


def current() -> Partnership | None:
    """The partnership of the two cities."""
    found = Partnership.objects.filter(parties__body__unit=cast.KALUSH).filter(parties__body__unit=cast.ZAPORIZHZHIA)
    return found.order_by("-pk").first()


def reset() -> None:
    """Clear all records of the demonstration but its cast and the territory. Raises NotDemonstration."""
    if not is_demonstration():
        raise NotDemonstration
    with transaction.atomic():
        for model in (
            Publication,
            Tag,
            Partnership,
            Agreement,
            CouncilDecision,
            SecondPerson,
            Joining,
            Message,
            Notice,
        ):
            model.objects.all().delete()
        # Their content is swept within two days.
        StoredFile.objects.all().delete()
        # The trail itself refuses to be deleted; a demonstration that starts anew is the one exception.
        clear_trail()


@transaction.atomic
def build(stage: Stage, *, at: dt.datetime) -> None:
    """Enter the cast, the second partnership, the items beside, and the story up to a stage."""
    _surround()
    advance(POINT_OF[stage], at=at)


def begin() -> None:
    """Everything but the story: the tour starts here."""
    with transaction.atomic():
        reset()
        _surround()


def show(stage: Stage, *, at: dt.datetime) -> None:
    """Show the story at a stage, from its beginning."""
    with transaction.atomic():
        reset()
        build(stage, at=at)


def _surround() -> None:
    cast.gather(at=cast.BEGINNING)
    abroad.build()
    items.tell_side_items(at=items.SIDE_MOMENT)


def go_to(point: Point, *, at: dt.datetime) -> None:
    """Bring the story at least to a point; where a visitor took another way, tell it anew up to there."""
    try:
        with transaction.atomic():
            advance(point, at=at)
    except Refusal:
        with transaction.atomic():
            begin()
            advance(point, at=at)


def advance(point: Point, *, at: dt.datetime) -> None:
    """Take each step up to the point that nobody has taken yet."""
    for step, take in STEPS:
        if step <= point:
            take(at)


def _moment(point: Point, at: dt.datetime) -> dt.datetime:
    """The step's own day in history; in a story that a visitor began today, now."""
    partnership = current()
    began_today = partnership is not None and partnership.began_on > SIGNED_ON
    return at if began_today else min(MOMENTS[point], at)


def _party(partnership: Partnership, code: str) -> Party:
    return partnership.parties.select_related("body__unit").get(body__unit=code)


def _propose(at: dt.datetime) -> None:
    if current() is not None:
        return
    when = _moment(Point.PROPOSED, at)
    partnership = partnerships.propose(
        by_body=cast.body(cast.KALUSH),
        bodies=[cast.body(cast.ZAPORIZHZHIA)],
        subject_uk="економічне партнерство",
        subject_en="economic partnership",
        programme=Programme.OWN,
        began_on=when.date(),
        source_url=texts.FOUNDING_URL,
        origin=Origin.FOUNDING,
        by=cast.person("kalush"),
        at=when,
    )
    # The sources do not tell of the days before the signature.
    partnership.transitions.update(origin=Origin.GENERATED)


def _promise(
    partnership: Partnership, promises: tuple[Promise, ...], origin: Origin, at: dt.datetime
) -> list[Commitment]:
    promised = []
    by = cast.person("kalush")
    for promise in promises:
        engaged = promise.direction == Direction.ENGAGEMENT
        commitment = partnerships.add_commitment(
            partnership=partnership,
            direction=promise.direction,
            text_uk=promise.text[0],
            text_en=promise.text[1],
            groups=promise.groups,
            for_whom_uk=FOR_WHOM[0] if engaged else "",
            for_whom_en=FOR_WHOM[1] if engaged else "",
            origin=origin,
            by=by,
            at=at,
        )
        shared: dict[str, Any] = {"commitment": commitment, "origin": origin, "by": by, "at": at}
        if promise.note:
            on, note_uk, note_en = promise.note
            partnerships.note_progress(noted_on=on, text_uk=note_uk, text_en=note_en, **shared)
        if promise.figure:
            figure = promise.figure
            partnerships.record_value(
                amount=figure.amount,
                margin=figure.margin,
                unit_uk=figure.unit[0],
                unit_en=figure.unit[1],
                period_from=figure.period[0],
                period_to=figure.period[1],
                proof=figure.proof,
                evidence=figure.evidence,
                **shared,
            )
        promised.append(commitment)
        if promise.done_on:
            commitment.refresh_from_db()
            partnerships.mark_done(
                commitment=commitment, done_on=promise.done_on, version=commitment.version, by=by, at=at
            )
    return promised


def _make_ready(at: dt.datetime) -> None:
    """Zaporizhzhia agrees, the text is drafted and agreed, and Kalush has signed."""
    partnership = _existing()
    when = _moment(Point.READY, at)
    answering = _party(partnership, cast.ZAPORIZHZHIA)
    if answering.state in {PartyState.INVITED, PartyState.STUDYING}:
        partnerships.answer(
            party=answering, reply=Reply.AGREE, origin=Origin.GENERATED, by=cast.person("zaporizhzhia"), at=when
        )
    if not partnership.commitments.exists():
        _promise(partnership, FOUNDING, Origin.FOUNDING, when)
    paper = partnership.papers.filter(kind=AgreementKind.MEMORANDUM).first() or partnerships.draft_memorandum(
        partnership=partnership,
        place_uk="Запоріжжя",
        place_en="Zaporizhzhia",
        source_url=texts.FOUNDING_URL,
        written_for=cast.body(cast.KALUSH),
        origin=Origin.FOUNDING,
        by=cast.person("kalush"),
        at=when,
    )
    for code, key in ((cast.KALUSH, "kalush"), (cast.ZAPORIZHZHIA, "zaporizhzhia")):
        text = newest_text(paper)
        if not paper.parties.filter(body__unit=code, agreed_text=text.number).exists():
            agreements.agree_text(
                agreement=paper, body=cast.body(code), text_number=text.number, by=cast.person(key), at=when
            )
    _sign(partnership, paper, cast.KALUSH, "kalush-signs", at)


def _sign_all(at: dt.datetime) -> None:
    partnership = _existing()
    paper = partnership.papers.get(kind=AgreementKind.MEMORANDUM)
    _sign(partnership, paper, cast.ZAPORIZHZHIA, "zaporizhzhia-signs", at)


def _sign(partnership: Partnership, paper: Agreement, code: str, key: str, at: dt.datetime) -> None:
    body = cast.body(code)
    if paper.parties.filter(body=body).exclude(signed_on=None).exists():
        return
    when = _moment(Point.SIGNED, at)
    day = timezone.localdate(when)
    operations.sign(
        partnership=partnership,
        agreement=paper,
        party=_party(partnership, code),
        office_holder=who_may_sign(body, day)[0],
        signed_on=day,
        by=cast.person(key),
        at=when,
    )


def _publish(at: dt.datetime) -> None:
    """The news appears, and what the memorandum says is open to everyone: two persons decide that."""
    partnership = _existing()
    when = _moment(Point.PUBLISHED, at)
    paper = partnership.papers.get(kind=AgreementKind.MEMORANDUM)
    draft = Publication.objects.get(agreement=paper, translation_of=None)
    if not draft.is_published:
        items.tell_founding_item(draft, at=when)
    items.publish(draft, at=when)
    _open_to_all(when)


def _open_to_all(at: dt.datetime) -> None:
    """Show the partnership with its papers and promises to everyone, as by hand: one asks, another confirms."""
    partnership = _existing()
    if partnership.visibility == Visibility.PUBLIC:
        return
    wish = partnerships.ask_to_show(record=partnership, by=cast.person("kalush"), at=at)
    confirm_second(second=wish, by=cast.person("zaporizhzhia"), at=at)


def _continue(at: dt.datetime) -> None:
    partnership = _existing()
    if Stage(partnership.stage) in POSSIBLE:
        return
    when = _moment(Point.PARTNERSHIP, at)
    partnerships.reach_stage(
        partnership=partnership,
        stage=Stage.PARTNERSHIP,
        reached_on=min(PLAN_ON, timezone.localdate(when)) if when != at else timezone.localdate(at),
        document_uk="План спільних заходів на рік",
        document_en="Plan of joint measures for a year",
        origin=Origin.GENERATED,
        by=cast.person("kalush"),
        at=when,
    )
    for commitment in _promise(partnership, CONTINUATION, Origin.GENERATED, when):
        wish = partnerships.ask_to_show(record=commitment, by=cast.person("kalush"), at=when)
        confirm_second(second=wish, by=cast.person("zaporizhzhia"), at=when)


def _become_twins(at: dt.datetime) -> None:
    partnership = _existing()
    if partnership.stage == Stage.TWINS:
        return
    when = _moment(Point.TWINS, at)
    decisions = [
        partnerships.add_decision(
            partnership=partnership,
            body=cast.body(code),
            number="приклад",
            decided_on=timezone.localdate(when),
            title_uk="Про встановлення побратимства",
            title_en="On becoming twin cities",
            origin=Origin.GENERATED,
            by=cast.person(key),
            at=when,
        )
        for code, key in ((cast.KALUSH, "kalush"), (cast.ZAPORIZHZHIA, "zaporizhzhia"))
    ]
    # The partner asks, the body that decided agrees.
    for decision, asks, agrees in zip(decisions, ("zaporizhzhia", "kalush"), ("kalush", "zaporizhzhia"), strict=True):
        wish = partnerships.ask_to_show(record=decision, by=cast.person(asks), at=when)
        confirm_second(second=wish, by=cast.person(agrees), at=when)
    partnerships.reach_stage(
        partnership=partnership,
        stage=Stage.TWINS,
        reached_on=timezone.localdate(when),
        decisions=decisions,
        origin=Origin.GENERATED,
        by=cast.person("kalush"),
        at=when,
    )


def _existing() -> Partnership:
    partnership = current()
    if partnership is None:
        raise StoryLost
    return partnership


class StoryLost(Refusal):
    """The story's partnership is gone."""

    def __init__(self) -> None:
        super().__init__(_("The story has no partnership yet: begin it anew."))


STEPS: tuple[tuple[Point, Callable[[dt.datetime], None]], ...] = (
    (Point.PROPOSED, _propose),
    (Point.READY, _make_ready),
    (Point.SIGNED, _sign_all),
    (Point.PUBLISHED, _publish),
    (Point.PARTNERSHIP, _continue),
    (Point.TWINS, _become_twins),
)
