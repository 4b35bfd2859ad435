"""What partnerships hold about persons, and what waits for a body when somebody leaves."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import handover, personal, retention
from pobratym.accounts.handover import Open
from pobratym.accounts.models import Membership, User
from pobratym.accounts.personal import Row, plain, shell_name
from pobratym.accounts.queries import acts_of
from pobratym.organisations.visibility import Circle
from pobratym.partnerships.choices import Way
from pobratym.partnerships.models import Answer, OneTimeLink
from pobratym.partnerships.queries.desk import waiting_in


def _acts(person: User, _at: dt.datetime) -> Iterable[Row]:
    yield from acts_of(person, "partnerships.partnership")
    yield from acts_of(person, "partnerships.commitment")


def _answers(person: User, _at: dt.datetime) -> Iterable[Row]:
    for answer in Answer.objects.filter(_own_answers(person) | Q(confirmed_by=person)).order_by("pk"):
        by_me = answer.confirmed_by_id != person.pk
        yield plain(
            answer, "reply", "way", "given_at", "confirmed_at",
            party=answer.party_id,
            part="answering" if by_me else "confirming",
            given_by=answer.given_by if by_me else "",
        )  # fmt: skip


def _own_answers(person: User) -> Q:
    """Answers given with the account; they hold the name as it was then, and belong to a body of the person."""
    bodies = person.memberships.exclude(body=None).values("body_id")
    return Q(way=Way.ACCOUNT, given_by=person.name, party__body_id__in=bodies)


def _erase_answers(person: User, _at: dt.datetime) -> int:
    return Answer.objects.filter(_own_answers(person)).update(given_by=shell_name(person))


def _links(person: User, _at: dt.datetime) -> Iterable[Row]:
    for link in OneTimeLink.objects.filter(sent_to__iexact=person.email).order_by("pk"):
        yield plain(link, "sent_to", "made_at", "expires_at", "used_at")


def _proposals_and_questions(membership: Membership, _at: dt.datetime) -> Iterable[Open]:
    """Only what waits for this body by this role; papers are told by the context that keeps them."""
    mine = Circle(frozenset({(membership.role, membership.body_id)}))
    for waiting in waiting_in(mine):
        if waiting.kind not in {"agree", "sign"}:
            yield Open(waiting.title, waiting.url)


personal.register(
    "partnerships.partnership",
    title=_("What you did to partnerships"),
    export=_acts,
    erase=None,
    kept=_("A partnership and its history stay; who worked on it becomes an erased person."),
    retention="trail",
)
personal.register(
    "partnerships.answer",
    title=_("Answers that you gave or confirmed"),
    export=_answers,
    erase=_erase_answers,
    retention="answers",
)
personal.register(
    "partnerships.onetimelink",
    title=_("Links sent to your address"),
    export=_links,
    erase=None,
    kept=_("Links go to the official address of a body, which is no person’s own."),
    retention="answers",
)
retention.register(
    "answers",
    what=_("Answers to proposals, and to which official address the link was sent"),
    ground=_("prove what a body decided"),
    happens=_("stay as long as the partnership; after an erasure without the account’s name"),
    law=_("Law “On Access to Public Information” 2939-VI"),
)
handover.register("partnerships.partnership", title=_("Proposals and questions"), rows=_proposals_and_questions)
