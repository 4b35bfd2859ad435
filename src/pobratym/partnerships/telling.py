"""What people hear of in a partnership: each function is called in the transaction of what happened.

Coordinators and signatories of the parties hear of it, never the person who did it, and only while they answer for a
party and see the partnership.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.accounts.rules import answers_for_any, is_moderator
from pobratym.notices import kinds
from pobratym.notices.choices import When
from pobratym.notices.operations import notify
from pobratym.notices.queries import people_with
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships.models import Answer, Commitment, Partnership, Party


def proposed(partnership: Partnership, bodies: Iterable[Body], *, by: User | None, at: dt.datetime) -> None:
    """The invited bodies hear of the proposal."""
    first = Party.objects.select_related("body").filter(partnership=partnership).order_by("position")[0].body
    for body in bodies:
        notify(
            kind="partnerships.proposed", people=_answering_for([body.pk], at),
            key=f"partnerships.proposed:{partnership.pk}:{body.pk}:{at.isoformat()}",
            template="partnerships/notices/proposed.txt",
            data={**_names("asker", first), **_names("body", body), **_subject(partnership)},
            path=["portal:partnership", partnership.pk], about=partnership, by=by, at=at,
        )  # fmt: skip


def received(answer: Answer, *, at: dt.datetime) -> None:
    """Moderators hear of an answer by a link, which counts only when one of them has confirmed it."""
    notify(
        kind="partnerships.received", people=people_with(Role.MODERATOR, bodies=[None], at=at),
        key=f"partnerships.received:{answer.pk}", template="partnerships/notices/received.txt",
        data=_names("party", answer.party.body), path=["partnerships:confirm", answer.pk], about=answer, at=at,
    )  # fmt: skip


def answered(partnership: Partnership, answer: Answer, *, by: User | None, at: dt.datetime) -> None:
    """The other parties hear of an answer that counts."""
    party = answer.party
    others = [other.body_id for other in _parties(partnership) if other.is_present and other.pk != party.pk]
    notify(
        kind="partnerships.answered", people=_answering_for(others, at), key=f"partnerships.answered:{answer.pk}",
        template="partnerships/notices/answered.txt",
        data={**_names("party", party.body), **_subject(partnership), "reply": str(answer.reply)},
        path=["portal:partnership", partnership.pk], about=partnership, by=by, at=at,
    )  # fmt: skip


def replied(partnership: Partnership, answer: Answer, *, by: User | None, at: dt.datetime) -> None:
    """The party that asked hears that its question was replied to."""
    notify(
        kind="partnerships.replied", people=_answering_for([answer.party.body_id], at),
        key=f"partnerships.replied:{answer.pk}", template="partnerships/notices/replied.txt",
        data=_subject(partnership), path=["partnerships:party", answer.party_id], about=partnership, by=by, at=at,
    )  # fmt: skip


def overdue(commitment: Commitment, *, at: dt.datetime) -> None:
    """Those who promised, or all parties of what all promised, hear that the day has passed."""
    promising = [commitment.party] if commitment.party else _parties(commitment.partnership)
    due_on = commitment.due_on.isoformat() if commitment.due_on else ""
    notify(
        kind="partnerships.overdue",
        people=_answering_for([party.body_id for party in promising if party.is_present], at),
        key=f"partnerships.overdue:{commitment.pk}:{due_on}", template="partnerships/notices/overdue.txt",
        data={"text_uk": commitment.text_uk, "text_en": commitment.text_en, "due": f"{commitment.due_on:%d.%m.%Y}"},
        path=["partnerships:commitment", commitment.pk], about=commitment, at=at,
    )  # fmt: skip


def _answering_for(bodies: Iterable[int], at: dt.datetime) -> QuerySet[User]:
    return people_with(Role.COORDINATOR, Role.SIGNATORY, bodies=bodies, at=at)


def _parties(partnership: Partnership) -> QuerySet[Party]:
    """As they are now, not as the caller has fetched them."""
    return Party.objects.filter(partnership=partnership).select_related("body").order_by("position")


def _names(name: str, body: Body) -> dict[str, str]:
    return {f"{name}_uk": body.short_name_uk, f"{name}_en": body.short_name_en}


def _subject(partnership: Partnership) -> dict[str, str]:
    return {"subject_uk": partnership.subject_uk, "subject_en": partnership.subject_en}


def _number(reference: str) -> str:
    return reference.partition(":")[2]


def _still_takes_part(person: User, reference: str) -> bool:
    """The person answers for a party and sees the partnership."""
    trusted = circle_of(person).trusted
    mine = Partnership.objects.filter(pk=_number(reference), parties__body_id__in=trusted)
    return mine.exists() and Partnership.objects.visible_to(person).filter(pk=_number(reference)).exists()


def _still_to_confirm(person: User, reference: str) -> bool:
    """Nobody has confirmed or dismissed the answer yet."""
    answer = Answer.objects.filter(pk=_number(reference)).first()
    return answer is not None and answer.waits_for_a_moderator and bool(is_moderator(person))


def _still_promised(person: User, reference: str) -> bool:
    """The commitment is not done, and the person sees it and answers for a party."""
    trusted = circle_of(person).trusted
    seen = Commitment.objects.visible_to(person).filter(pk=_number(reference), done_on=None)
    return any(party.body_id in trusted for found in seen for party in _parties(found.partnership))


for name, label in {
    "partnerships.proposed": _("A community proposes a partnership to you"),
    "partnerships.answered": _("A community answers your proposal"),
    "partnerships.replied": _("Your question about a proposal is replied to"),
}.items():
    kinds.register(name, label, default=When.AT_ONCE, audience=answers_for_any, still=_still_takes_part)
kinds.register(
    "partnerships.overdue", _("The day of a commitment has passed"), default=When.WEEKLY,
    audience=answers_for_any, still=_still_promised,
)  # fmt: skip
kinds.register(
    "partnerships.received", _("An answer by a link waits to be confirmed"), default=When.AT_ONCE,
    audience=is_moderator, still=_still_to_confirm,
)  # fmt: skip
