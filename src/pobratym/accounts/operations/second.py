"""A wish to show a record to more people, answered by a second person."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import second as registry
from pobratym.accounts import telling
from pobratym.accounts.models import SecondPerson, User
from pobratym.accounts.rules import is_editor, is_moderator, may_answer
from pobratym.audit import operations as audit
from pobratym.audit.queries import reference
from pobratym.organisations.visibility import raises
from pobratym.vocabulary.refusals import Refusal


class NotARaise(Refusal):
    """The wish shows the record to no more people."""

    field = "raise_to"

    def __init__(self) -> None:
        super().__init__(_("This does not show the record to more people. Change it yourself, nobody has to confirm."))


class AlreadyAsked(Refusal):
    """A wish about the record is open."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("A second person has been asked already. Wait for the answer, or take the wish back."))


class AlreadyAnswered(Refusal):
    """Someone else answered."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This wish was answered already. Open the record to see its state."))


class AnotherPersonNeeded(Refusal):
    """The answer must come from another person with the right over the record."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Another person must answer: a colleague responsible for the record, or a moderator."))


class AskerGone(Refusal):
    """Whoever asked has no right over the record any more."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Who asked for this no longer answers for the record. Refuse the wish; who answers now may ask anew.")
        )


class SubjectGone(Refusal):
    """There is nothing to show any more."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("The record no longer exists. Refuse the wish to close it."))


@transaction.atomic
def ask_second(*, subject: Model, title: str, raise_to: str, by: User, at: dt.datetime) -> SecondPerson:
    """Ask a second person to agree that `subject` (a record with a column `visibility`) is shown to more people.

    Raises NotARaise or AlreadyAsked.
    """
    label = subject._meta.label_lower  # noqa: SLF001  # Django's documented model API
    if label not in registry.kinds:
        raise LookupError(f"{label} is not registered in accounts.second")
    present: str = subject.visibility  # type: ignore[attr-defined]  # what registered kinds have
    if not raises(present, raise_to):
        raise NotARaise
    try:
        with transaction.atomic():
            wish = SecondPerson.objects.create(
                subject=reference(subject),
                title=title[:300],
                raise_from=present,
                raise_to=raise_to,
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    audit.record(verb="accounts.second.asked", by=by, subject=subject, at=at, before=present, after=str(raise_to))
    telling.tell("second.asked", wish, by=by, at=at)
    return wish


@transaction.atomic
def confirm_second(*, second: SecondPerson, by: User, at: dt.datetime) -> SecondPerson:
    """Agree and carry the change out in the same transaction.

    Raises AlreadyAnswered, AnotherPersonNeeded, AskerGone or SubjectGone.
    """
    wish = _open(second)
    subject = registry.subjects_of([wish.subject]).get(wish.subject)
    if subject is None:
        raise SubjectGone
    if not may_answer(by, wish, subject):
        raise AnotherPersonNeeded
    if not still_answers(wish.asked_by, wish, subject):
        raise AskerGone
    _answer(wish, agreed=True, by=by, at=at)
    kind = registry.kind_of(wish.subject)
    if kind is None:
        raise SubjectGone
    audit.record(
        verb="accounts.second.confirmed", by=by, subject=subject, at=at, before=wish.raise_from, after=wish.raise_to
    )
    # Meanwhile it may have become as visible by another way; agreeing never narrows.
    if raises(subject.visibility, wish.raise_to):  # type: ignore[attr-defined]  # what registered kinds have
        kind.apply(subject, visibility=wish.raise_to, by=by, at=at)
    telling.tell("second.answered", wish, by=by, at=at)
    return wish


@transaction.atomic
def refuse_second(*, second: SecondPerson, by: User, at: dt.datetime) -> SecondPerson:
    """Disagree; the record stays as it is. The asker may take the wish back so.

    Raises AlreadyAnswered or AnotherPersonNeeded.
    """
    wish = _open(second)
    subject = registry.subjects_of([wish.subject]).get(wish.subject)
    if by == wish.asked_by:
        # Taking back needs nobody, and the constraint keeps the answerer another person.
        wish.answered_at = at
        wish.agreed = False
        wish.save(update_fields=["answered_at", "agreed"])
    else:
        if not may_answer(by, wish, subject):
            raise AnotherPersonNeeded
        _answer(wish, agreed=False, by=by, at=at)
    audit.record(
        verb="accounts.second.refused",
        by=by,
        subject=subject or wish,
        at=at,
        before=wish.raise_from,
        after=wish.raise_to,
    )
    telling.tell("second.answered", wish, by=by, at=at)
    return wish


@transaction.atomic
def lapse_wishes(*, person: User, at: dt.datetime) -> int:
    """Take back the open wishes of a person who no longer answers for their records; how many.

    A wish is the first half of a decision by two. Who left decides no more; a successor asks anew.
    """
    wishes = list(SecondPerson.objects.select_for_update().filter(asked_by=person, answered_at=None))
    subjects = registry.subjects_of([wish.subject for wish in wishes])
    gone = [wish for wish in wishes if not still_answers(person, wish, subjects.get(wish.subject))]
    for wish in gone:
        wish.answered_at = at
        wish.agreed = False
        wish.save(update_fields=["answered_at", "agreed"])
        audit.record(
            verb="accounts.second.lapsed",
            by=None,
            subject=subjects.get(wish.subject, wish),
            at=at,
            before=wish.raise_from,
            after=wish.raise_to,
        )
    return len(gone)


def still_answers(asker: User, wish: SecondPerson, subject: Model | None) -> bool:
    """Whether the asker has a right over the record at present; a moderator and an editor have one over all."""
    if is_moderator(asker) or is_editor(asker):
        return True
    kind = registry.kind_of(wish.subject)
    return kind is not None and subject is not None and kind.may_answer(asker, subject)


def _open(second: SecondPerson) -> SecondPerson:
    wish = SecondPerson.objects.select_for_update().get(pk=second.pk)
    if wish.answered_at is not None:
        raise AlreadyAnswered
    return wish


def _answer(wish: SecondPerson, *, agreed: bool, by: User, at: dt.datetime) -> None:
    wish.answered_by = by
    wish.answered_at = at
    wish.agreed = agreed
    wish.save(update_fields=["answered_by", "answered_at", "agreed"])
