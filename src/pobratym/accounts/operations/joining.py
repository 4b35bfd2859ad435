"""A community asks to join: the asker's own address answers first, then the body's official one, then a moderator."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.accounts.joining import How, Joining, Outcome, RefusalReason
from pobratym.accounts.models import Invitation, Membership, User
from pobratym.accounts.operations.invitations import invite
from pobratym.accounts.operations.verifying import WrongVerification, record_verification
from pobratym.accounts.queries import digest_of
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.organisations.queries import acting_body
from pobratym.outbox import operations as outbox
from pobratym.territory.models import Unit
from pobratym.vocabulary.refusals import Refusal

OWN_LINK_LASTS = dt.timedelta(days=2)
OFFICIAL_LINK_LASTS = dt.timedelta(days=14)
# Nobody's mailbox is filled by asking again and again.
SENT_AGAIN_AFTER = dt.timedelta(minutes=10)


class BodyIsHere(Refusal):
    """The community's body has people: it is they who invite."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This body is on the platform already. Ask its coordinators to invite you."))


class LinkGone(Refusal):
    """The link was used, replaced, or its time is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link no longer works: it was used, replaced by a newer one, or has expired."))


class AlreadyDecided(Refusal):
    """Another moderator was quicker."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This request was decided meanwhile. Open it again to see how."))


class JustSent(Refusal):
    """A link to the official address left a moment ago."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("A link was sent to the official address a moment ago. Wait for the answer."))


class NotEntered(Refusal):
    """No body acts for the place here, or it has no official address."""


class NotVerified(Refusal):
    """Neither the official address nor a letter speaks for the person."""

    def __init__(self) -> None:
        super().__init__(_("The official address has not confirmed the request, and no letter is recorded."))


@transaction.atomic
def ask_to_join(
    *, unit: Unit, name: str, post: str, email: str, language: str = "uk", at: dt.datetime
) -> Joining | None:
    """Take a request and write to the asker's address; nothing else tells that it was heard.

    The same answer is given whether the address is known or not. An open request of the address for the place is
    renewed while it is not confirmed, at most every ten minutes; a confirmed one stays as it is. Raises BodyIsHere.
    """
    body = acting_body(unit, timezone.localdate(at))
    if body is not None and Membership.objects.filter(body=body).current(at).exists():
        raise BodyIsHere
    email = email.strip().lower()
    known = Joining.objects.select_for_update().filter(unit=unit, email=email, closed_at=None).first()
    if known is not None and (known.confirmed_at is not None or known.asked_at > at - SENT_AGAIN_AFTER):
        return None
    token = secrets.token_urlsafe(32)
    joining = known or Joining(unit=unit, email=email)
    joining.name, joining.post, joining.language = name.strip(), post.strip(), language
    joining.asked_at, joining.expires_at, joining.token_digest = at, at + OWN_LINK_LASTS, digest_of(token)
    try:
        # A savepoint: of two requests sent at once one is written, and both hear the same.
        with transaction.atomic():
            joining.save()
    except IntegrityError:
        return None
    _write(joining, "joining_own", "join_confirm", token, to=email, language=language, at=at)
    audit.record(verb="accounts.joining.asked", by=None, subject=joining, at=at, body=body, unit=unit.code)
    return joining


@transaction.atomic
def confirm_joining(*, token: str, at: dt.datetime) -> Joining:
    """The asker's address answered: now the request waits for a moderator. Raises LinkGone."""
    joining = open_by_own_link(token=token, at=at, lock=True)
    joining.confirmed_at = at
    joining.save(update_fields=["confirmed_at"])
    audit.record(verb="accounts.joining.confirmed", by=None, subject=joining, at=at)
    return joining


@transaction.atomic
def send_official_link(*, joining: Joining, by: User, at: dt.datetime) -> Joining:
    """Write to the official address of the body that acts now; an earlier link is closed.

    Raises AlreadyDecided, JustSent, or NotEntered without a body or an address.
    """
    joining = _locked(joining)
    body = _body_of(joining, at)
    if not body.official_email:
        raise NotEntered(_("The body has no official e-mail here. Enter it on the body’s page first."))
    if joining.official_sent_at is not None and joining.official_sent_at > at - SENT_AGAIN_AFTER:
        raise JustSent
    token = secrets.token_urlsafe(32)
    joining.body, joining.official_email = body, body.official_email
    joining.official_digest, joining.official_sent_at = digest_of(token), at
    joining.official_expires_at = at + OFFICIAL_LINK_LASTS
    joining.official_answered_at = joining.official_agreed = None
    joining.save()
    # A council of Ukraine is written to in Ukrainian, whatever the asker or the moderator reads.
    _write(joining, "joining_official", "join_official", token, to=body.official_email, language="uk", at=at)
    audit.record(verb="accounts.joining.official_asked", by=by, subject=joining, at=at, body=body)
    return joining


@transaction.atomic
def answer_officially(*, token: str, agreed: bool, at: dt.datetime) -> Joining:
    """The official address says whether the person may act for the body; once. Raises LinkGone."""
    joining = open_by_official_link(token=token, at=at, lock=True)
    joining.official_answered_at, joining.official_agreed = at, agreed
    joining.save(update_fields=["official_answered_at", "official_agreed"])
    verb = "accounts.joining.official_agreed" if agreed else "accounts.joining.official_denied"
    audit.record(verb=verb, by=None, subject=joining, at=at, body=joining.body)
    return joining


@transaction.atomic
def record_letter(*, joining: Joining, letter_number: str, letter_on: dt.date, by: User, at: dt.datetime) -> Joining:
    """The body confirmed by a letter outside the platform; number and date are kept.

    Raises AlreadyDecided, NotEntered, or WrongVerification for a letter of the future.
    """
    joining = _locked(joining)
    body = _body_of(joining, at)
    if not letter_number.strip():
        raise WrongVerification(_("Give the number of the letter."), field="letter_number")
    if letter_on > timezone.localdate(at):
        raise WrongVerification(_("A letter is not dated in the future."), field="letter_on")
    joining.body, joining.letter_number, joining.letter_on = body, letter_number.strip(), letter_on
    joining.save(update_fields=["body", "letter_number", "letter_on"])
    audit.record(
        verb="accounts.joining.letter_recorded", by=by, subject=joining, at=at, body=body,
        number=joining.letter_number, letter_on=letter_on.isoformat(),
    )  # fmt: skip
    return joining


@transaction.atomic
def accept_joining(*, joining: Joining, by: User, at: dt.datetime) -> Invitation:
    """Record what the request was verified by and invite the person as the body's first coordinator.

    Raises AlreadyDecided, NotVerified, or NotEntered if the body acts no more.
    """
    joining = _locked(joining)
    how = joining.verified_by
    if how is None or joining.body is None:
        raise NotVerified
    if not Body.objects.acting(timezone.localdate(at)).filter(pk=joining.body.pk).exists():
        raise NotEntered(_("The body that was asked acts no more. Ask the one that acts now."))
    record_verification(
        body=joining.body, email=joining.email, how=how, joining=joining, by=by, at=at,
        official_email=joining.official_email if how == How.LINK else "",
        letter_number=joining.letter_number, letter_on=joining.letter_on,
    )  # fmt: skip
    invitation = invite(
        email=joining.email, role=Role.COORDINATOR, body=joining.body, language=joining.language, by=by, at=at
    )
    _close(joining, Outcome.ACCEPTED, by=by, at=at)
    audit.record(verb="accounts.joining.accepted", by=by, subject=joining, at=at, body=joining.body, how=how.value)
    return invitation


@transaction.atomic
def refuse_joining(*, joining: Joining, reason: str, reason_text: str = "", by: User, at: dt.datetime) -> Joining:
    """Refuse with a reason and write it to the asker. Raises AlreadyDecided."""
    joining = _locked(joining)
    joining.reason, joining.reason_text = RefusalReason(reason), reason_text.strip()
    _close(joining, Outcome.REFUSED, by=by, at=at)
    outbox.queue(
        key=f"accounts.joining.refused:{joining.pk}", to=joining.email, template="accounts/mail/joining_refused.txt",
        data={"joining": joining, "place": joining.unit}, language=joining.language, at=at,
    )  # fmt: skip
    audit.record(
        verb="accounts.joining.refused", by=by, subject=joining, at=at, body=joining.body, reason=joining.reason
    )
    return joining


def open_by_own_link(*, token: str, at: dt.datetime, lock: bool = False) -> Joining:
    """The request that the asker's link confirms. Raises LinkGone."""
    rows = Joining.objects.select_for_update(of=("self",)) if lock else Joining.objects.all()
    joining = rows.select_related("unit").filter(token_digest=digest_of(token)).first()
    if joining is None or joining.confirmed_at is not None or joining.closed_at is not None or joining.expires_at <= at:
        raise LinkGone
    return joining


def open_by_official_link(*, token: str, at: dt.datetime, lock: bool = False) -> Joining:
    """The request that the official address is asked about. Raises LinkGone."""
    rows = Joining.objects.select_for_update(of=("self",)) if lock else Joining.objects.all()
    joining = rows.select_related("unit", "body").filter(official_digest=digest_of(token)).first()
    if joining is None or not joining.awaits_answer(at):
        raise LinkGone
    return joining


def _locked(joining: Joining) -> Joining:
    rows = Joining.objects.select_for_update(of=("self",)).select_related("unit", "body")
    joining = rows.get(pk=joining.pk)
    if joining.closed_at is not None or joining.confirmed_at is None:
        raise AlreadyDecided
    return joining


def _body_of(joining: Joining, at: dt.datetime) -> Body:
    body = acting_body(joining.unit, timezone.localdate(at))
    if body is None:
        raise NotEntered(_("No body of this community is entered here yet. Enter its council first."))
    return body


def _close(joining: Joining, outcome: str, *, by: User, at: dt.datetime) -> None:
    joining.closed_at, joining.decided_by, joining.outcome = at, by, outcome
    joining.save(update_fields=["closed_at", "decided_by", "outcome", "reason", "reason_text"])


def _write(joining: Joining, mail: str, page: str, token: str, *, to: str, language: str, at: dt.datetime) -> None:
    """One letter per link, keyed by the digest: a second press writes nothing."""
    with translation.override(language):
        address = settings.ADDRESS + reverse(f"accounts:{page}", args=[token])
    outbox.queue(
        key=f"accounts.{mail}:{digest_of(token)[:32]}", to=to, template=f"accounts/mail/{mail}.txt",
        data={"joining": joining, "place": joining.unit, "address": address}, language=language, at=at,
    )  # fmt: skip
