"""The first person of a body: nobody is invited into a body without people but by a recorded verification."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.joining import How, Joining, Verification
from pobratym.accounts.models import Membership, User
from pobratym.accounts.queries import circle_at
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.vocabulary.refusals import Refusal

# How long a moderator may invite on the strength of one verification.
LASTS = dt.timedelta(days=30)


class FirstNotVerified(Refusal):
    """Nobody of the body is here, and nothing says that this person may be the first."""

    field = "body"

    def __init__(self) -> None:
        super().__init__(
            _("Nobody of this body is on the platform. A moderator first records by what this person was verified.")
        )


class WrongVerification(Refusal):
    """What a verification rests on is missing."""


def check_first_member(*, body: Body | None, email: str, by: User | None, at: dt.datetime) -> None:
    """Let a body with people invite as it likes; into one without them only a moderator, and one verified address.

    Raises FirstNotVerified.
    """
    if body is None or Membership.objects.filter(body=body).current(at).exists():
        return
    known = Verification.objects.filter(
        body=body, email=email.strip().lower(), verified_at__gt=at - LASTS, verified_at__lte=at
    )
    if (by is not None and not circle_at(by, at).is_moderator) or not known.exists():
        raise FirstNotVerified


@transaction.atomic
def record_verification(
    *,
    body: Body,
    email: str,
    how: str,
    official_email: str = "",
    letter_number: str = "",
    letter_on: dt.date | None = None,
    source_url: str = "",
    joining: Joining | None = None,
    by: User | None,
    at: dt.datetime,
) -> Verification:
    """Record by what the address was verified as the body's: its letter, its official address, a public register.

    Raises WrongVerification if what it rests on is not named.
    """
    if how == How.LETTER and not letter_number.strip():
        raise WrongVerification(_("Give the number of the letter."), field="letter_number")
    if how == How.LETTER and letter_on is None:
        raise WrongVerification(_("Give the date of the letter."), field="letter_on")
    if letter_on is not None and letter_on > timezone.localdate(at):
        raise WrongVerification(_("A letter is not dated in the future."), field="letter_on")
    if how == How.REGISTER and not source_url:
        raise WrongVerification(_("Give the page of the register or site."), field="source_url")
    if how == How.LINK and not official_email:
        raise WrongVerification(_("The body has no official e-mail here. Enter it on the body’s page first."))
    made = Verification.objects.create(
        body=body, joining=joining, email=email.strip().lower(), how=how, official_email=official_email,
        letter_number=letter_number.strip(), letter_on=letter_on, source_url=source_url, verified_at=at, verified_by=by,
    )  # fmt: skip
    audit.record(verb="accounts.verification.recorded", by=by, subject=body, at=at, body=body, how=str(how))
    return made
