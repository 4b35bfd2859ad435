"""Answers of an invited side: on the platform, by a one-time link with a moderator's confirmation, by letter."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.audit import operations as audit
from pobratym.partnerships import telling
from pobratym.partnerships.acceptance import AnswerSettled, apply, refuse_answer
from pobratym.partnerships.choices import PartyState, Reply, Way
from pobratym.partnerships.keeping import PartyRefused, fresh, locked, named, refuse_future, save_changed
from pobratym.partnerships.models import Answer, OneTimeLink, Party
from pobratym.partnerships.operations.inviting import SentLink, digest_of, send_link
from pobratym.vocabulary.choices import Origin
from pobratym.vocabulary.refusals import Refusal


class LinkClosed(Refusal):
    """The link was used, replaced or has expired."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            _("This link no longer works: it was used, replaced by a newer one, or has expired. Ask for a new link.")
        )


@transaction.atomic
def answer_by_link(
    *, token: str, reply: str, text: str = "", given_by: str, origin: str = Origin.OWN, at: dt.datetime
) -> Answer:
    """Take an answer of a side without an account; it counts once a moderator confirms it.

    Raises LinkClosed for a used, replaced, expired or unknown link.
    """
    link = OneTimeLink.objects.select_for_update().filter(token_digest=digest_of(token=token)).first()
    if link is None or not link.is_open(at):
        raise LinkClosed
    party = fresh(link.party)
    partnership = locked(party.partnership)
    if not given_by.strip():
        raise PartyRefused(_("Write your name and post, so that the answer can be checked."), field="given_by")
    refuse_answer(party, reply, text)
    link.used_at = at
    link.save(update_fields=["used_at"])
    answer = Answer.objects.create(
        party=party, reply=reply, text=text.strip(), given_by=given_by.strip(), way=Way.LINK, given_at=at, origin=origin
    )
    audit.record(
        verb="partnerships.answer.received", by=None, subject=partnership, at=at, body=party.body,
        reply=reply, **named(party.body),
    )  # fmt: skip
    telling.received(answer, at=at)
    return answer


@transaction.atomic
def confirm_answer(*, answer: Answer, by: User | None, at: dt.datetime) -> Answer:
    """A moderator confirms that the answer came from the body; only now does it count."""
    partnership = locked(answer.party.partnership)
    answer = _waiting(answer)
    answer.confirmed_at = at
    answer.confirmed_by = by
    answer.save(update_fields=["confirmed_at", "confirmed_by"])
    audit.record(
        verb="partnerships.answer.confirmed", by=by, subject=partnership, at=at, body=answer.party.body,
        reply=answer.reply, **named(answer.party.body),
    )  # fmt: skip
    apply(partnership, answer, by, at)
    return answer


@transaction.atomic
def dismiss_answer(*, answer: Answer, reason: str, by: User | None, at: dt.datetime) -> Answer:
    """A moderator finds that the answer did not come from the body; the party stays as it was."""
    partnership = locked(answer.party.partnership)
    answer = _waiting(answer)
    if not reason.strip():
        raise PartyRefused(_("Write why the answer is dismissed."), field="reason")
    answer.dismissed_at = at
    answer.dismissed_reason = reason.strip()
    answer.save(update_fields=["dismissed_at", "dismissed_reason"])
    save_changed(partnership)
    audit.record(
        verb="partnerships.answer.dismissed", by=by, subject=partnership, at=at, body=answer.party.body,
        **named(answer.party.body),
    )  # fmt: skip
    return answer


@transaction.atomic
def answer_by_letter(
    *,
    party: Party,
    reply: str,
    letter_number: str,
    letter_on: dt.date,
    text: str = "",
    given_by: str = "",
    origin: str = Origin.OWN,
    by: User | None,
    at: dt.datetime,
) -> Answer:
    """Record an answer that came outside the platform, by its letter's number and date."""
    partnership = locked(party.partnership)
    party = fresh(party)
    if not letter_number.strip():
        raise PartyRefused(_("Write the number of the letter, as it stands on it."), field="letter_number")
    refuse_future(letter_on, at, "letter_on")
    refuse_answer(party, reply, text, needs_text=False)
    answer = Answer.objects.create(
        party=party, reply=reply, text=text.strip(), given_by=given_by.strip() or party.body.name_uk, way=Way.LETTER,
        letter_number=letter_number.strip(), letter_on=letter_on, given_at=at, confirmed_at=at, confirmed_by=by,
        origin=origin,
    )  # fmt: skip
    audit.record(
        verb="partnerships.answer.by_letter", by=by, subject=partnership, at=at, body=party.body,
        reply=reply, number=answer.letter_number, letter_on=letter_on.isoformat(), **named(party.body),
    )  # fmt: skip
    apply(partnership, answer, by, at)
    return answer


@transaction.atomic
def answer(*, party: Party, reply: str, text: str = "", origin: str = Origin.OWN, by: User, at: dt.datetime) -> Answer:
    """Answer for the own body, by its coordinator or signatory; counts at once."""
    partnership = locked(party.partnership)
    party = fresh(party)
    refuse_answer(party, reply, text)
    given = Answer.objects.create(
        party=party, reply=reply, text=text.strip(), given_by=by.name, way=Way.ACCOUNT,
        given_at=at, confirmed_at=at, confirmed_by=by, origin=origin,
    )  # fmt: skip
    audit.record(
        verb="partnerships.answer.given", by=by, subject=partnership, at=at, body=party.body,
        reply=reply, **named(party.body),
    )  # fmt: skip
    apply(partnership, given, by, at)
    return given


@transaction.atomic
def reply_to_question(*, answer: Answer, response: str, by: User | None, at: dt.datetime) -> SentLink | None:
    """Answer a party's question; one that asked by a link gets the reply with a new link."""
    partnership = locked(answer.party.partnership)
    answer = Answer.objects.select_related("party__body", "party__partnership").get(pk=answer.pk)
    if answer.reply != Reply.ASK or not answer.waits_for_a_response:
        raise AnswerSettled(_("This question has been replied to already, or is not confirmed yet."))
    if not response.strip():
        raise PartyRefused(_("Write the reply."), field="response")
    answer.response = response.strip()
    answer.responded_at = at
    answer.save(update_fields=["response", "responded_at"])
    save_changed(partnership)
    audit.record(
        verb="partnerships.question.replied", by=by, subject=partnership, at=at, body=answer.party.body,
        **named(answer.party.body),
    )  # fmt: skip
    telling.replied(partnership, answer, by=by, at=at)
    if answer.way != Way.LINK or not answer.party.body.official_email:
        return None
    return send_link(party=answer.party, message=answer.response, by=by, at=at)


@transaction.atomic
def study(*, party: Party, by: User | None, at: dt.datetime) -> Party:
    """An invited party says that it is looking into the proposal."""
    partnership = locked(party.partnership)
    party = fresh(party)
    if party.state != PartyState.INVITED:
        raise PartyRefused(_("Only an invited party begins to study the proposal."))
    party.state = PartyState.STUDYING
    party.save(update_fields=["state"])
    save_changed(partnership)
    audit.record(
        verb="partnerships.party.studying", by=by, subject=partnership, at=at, body=party.body, **named(party.body)
    )
    return party


def _waiting(answer: Answer) -> Answer:
    answer = Answer.objects.select_related("party__body", "party__partnership").get(pk=answer.pk)
    if not answer.waits_for_a_moderator:
        raise AnswerSettled(_("This answer has been confirmed or dismissed already."))
    return answer
