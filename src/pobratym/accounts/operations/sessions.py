"""Sessions: opened, and ended one by one or all together."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.accounts.operations.letters import tell_person
from pobratym.audit import operations as audit
from pobratym.vocabulary.refusals import Refusal


class SessionGone(Refusal):
    """The session ended meanwhile."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This session has ended already."))


@transaction.atomic
def note_sign_in(
    *, person: User, how: str, is_known: bool, device: str, network: str, language: str, at: dt.datetime
) -> None:
    """Record that the person signed in; a device where they never did is told of by letter.

    Roles of a demonstration are entered by everybody, so their sign-ins tell nothing.
    """
    if person.demonstration_role is not None:
        return
    audit.record(verb="accounts.session.opened", by=person, subject=person, at=at, how=how)
    if not is_known:
        key = f"{person.pk}:{at.isoformat()}"
        tell_person(
            person=person, about="new_device", key=key, language=language, at=at, device=device, network=network
        )


@transaction.atomic
def end_session(*, session: UserSession, by: User, at: dt.datetime) -> None:
    """End one session of the person's own. Raises SessionGone."""
    found = UserSession.objects.select_for_update().filter(pk=session.pk, user=by).first()
    if found is None:
        raise SessionGone
    found.end()
    audit.record(verb="accounts.session.ended", by=by, subject=by, at=at, number=1)


@transaction.atomic
def end_other_sessions(*, person: User, keep: str = "", by: User | None, at: dt.datetime) -> int:
    """End all sessions of the person but the one whose key is `keep`; how many."""
    others = list(UserSession.objects.select_for_update().filter(user=person).exclude(session_key=keep))
    for session in others:
        session.end()
    if others:
        audit.record(verb="accounts.session.ended", by=by, subject=person, at=at, number=len(others))
    return len(others)
