"""What people hear of from the context of accounts, which stands below and knows no notices."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from pobratym.accounts import second, telling
from pobratym.accounts.choices import Role
from pobratym.accounts.models import Invitation, SecondPerson, User
from pobratym.accounts.queries import circle_at
from pobratym.accounts.rules import answers_for_any, is_editor, is_moderator, leads_any, may_answer
from pobratym.notices import kinds
from pobratym.notices.choices import When
from pobratym.notices.operations import notify
from pobratym.notices.queries import people_with
from pobratym.vocabulary.wording import in_both


def _tell_of_wish(wish: SecondPerson, *, by: User, at: dt.datetime) -> None:
    """Colleagues who may answer hear of a wish; where there is none, the moderators."""
    subject = second.subjects_of([wish.subject]).get(wish.subject)
    near = people_with(Role.COORDINATOR, Role.SIGNATORY, Role.EDITOR, bodies=circle_at(by, at).bodies, at=at)
    people = [person for person in near if not is_moderator(person) and may_answer(person, wish, subject)]
    notify(
        kind="accounts.second_asked", people=people or people_with(Role.MODERATOR, bodies=[None], at=at),
        key=f"accounts.second_asked:{wish.pk}", template="notices/accounts/second_asked.txt",
        data={"title": wish.title, "asker": by.name}, path=["accounts:second_person"], about=wish, by=by, at=at,
    )  # fmt: skip


def _tell_of_answer(wish: SecondPerson, *, by: User, at: dt.datetime) -> None:
    notify(
        kind="accounts.second_answered", people=[wish.asked_by], key=f"accounts.second_answered:{wish.pk}",
        template="notices/accounts/second_answered.txt",
        data={"title": wish.title, "agreed": bool(wish.agreed), "answerer": by.name},
        path=["accounts:second_person"], about=wish, by=by, at=at,
    )  # fmt: skip


def _tell_of_acceptance(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    if invitation.invited_by is None:
        return
    body = invitation.body
    notify(
        kind="accounts.invitation_accepted", people=[invitation.invited_by],
        key=f"accounts.invitation_accepted:{invitation.pk}", template="notices/accounts/invitation_accepted.txt",
        data={
            "person": by.name, **in_both("role", Role(invitation.role).label),
            "body_uk": body.short_name_uk if body else "", "body_en": body.short_name_en if body else "",
        },
        path=["accounts:people"], about=invitation, by=by, at=at,
    )  # fmt: skip


def _still_open(person: User, reference: str) -> bool:
    """The wish waits, and the person may answer it."""
    wish = SecondPerson.objects.filter(pk=_number(reference), answered_at=None).first()
    if wish is None:
        return False
    return may_answer(person, wish, second.subjects_of([wish.subject]).get(wish.subject))


def _still_own(person: User, reference: str) -> bool:
    return SecondPerson.objects.filter(pk=_number(reference), asked_by=person).exists()


def _still_leads(person: User, reference: str) -> bool:
    """The person still sees who belongs to the body."""
    invitation = Invitation.objects.select_related("body").filter(pk=_number(reference)).first()
    if invitation is None:
        return False
    return person.has_perm("accounts.invite", invitation.body) or bool(is_moderator(person))


def _number(reference: str) -> str:
    return reference.partition(":")[2]


kinds.register(
    "accounts.second_asked", _("A second person is asked to agree"), default=When.AT_ONCE,
    audience=answers_for_any | is_editor | is_moderator, still=_still_open,
)  # fmt: skip
kinds.register(
    "accounts.second_answered", _("Your wish to show a record is answered"), default=When.AT_ONCE,
    audience=answers_for_any | is_editor | is_moderator, still=_still_own,
)  # fmt: skip
kinds.register(
    "accounts.invitation_accepted", _("Someone accepts your invitation"), default=When.DAILY,
    audience=leads_any | is_moderator, still=_still_leads,
)  # fmt: skip
telling.register("second.asked", _tell_of_wish)
telling.register("second.answered", _tell_of_answer)
telling.register("invitation.accepted", _tell_of_acceptance)
