"""What a confirmed answer changes: the party's state, the first intent, links and answers left behind."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.partnerships import telling
from pobratym.partnerships.choices import PartyState, Reply, Stage, Way
from pobratym.partnerships.departure import depart
from pobratym.partnerships.keeping import PartyRefused, save_changed
from pobratym.partnerships.models import Answer, Partnership, Party
from pobratym.partnerships.passage import Backing, reach
from pobratym.vocabulary.refusals import Refusal
from pobratym.vocabulary.wording import in_both

ANSWERABLE = (PartyState.INVITED, PartyState.STUDYING)


class AnswerSettled(Refusal):
    """The answer has had its effect."""

    status = 409


def refuse_answer(party: Party, reply: str, text: str, *, needs_text: bool = True) -> None:
    """Only an invited or studying party answers; a question needs its words."""
    if party.state not in ANSWERABLE:
        raise AnswerSettled(_("This party has answered already: see its answer in the partnership."))
    if reply not in Reply.values:
        raise PartyRefused(_("Choose one of the answers."), field="reply")
    if needs_text and reply == Reply.ASK and not text.strip():
        raise PartyRefused(_("Write your question."), field="text")


def apply(partnership: Partnership, answer: Answer, by: User | None, at: dt.datetime) -> None:
    """Let a confirmed answer count, in the transaction that confirmed it."""
    party = answer.party
    if party.state not in ANSWERABLE:
        raise AnswerSettled(_("This party has answered already: dismiss this answer."))
    on = _day_of(answer)
    _close_others(answer, at)
    if answer.reply == Reply.REFUSE:
        depart(partnership, party, PartyState.REFUSED, on, by=by, at=at)
        telling.answered(partnership, answer, by=by, at=at)
        return
    party.state = PartyState.AGREED if answer.reply == Reply.AGREE else PartyState.STUDYING
    party.save(update_fields=["state"])
    save_changed(partnership)
    # The first agreement of two sides is their intent: no one need record it a second time.
    if answer.reply == Reply.AGREE and partnership.stage == Stage.CONTACT:
        _reach_intent(partnership, answer, on, by=by, at=at)
    telling.answered(partnership, answer, by=by, at=at)


def _reach_intent(partnership: Partnership, answer: Answer, on: dt.date, *, by: User | None, at: dt.datetime) -> None:
    if partnership.is_suspended(timezone.localdate(at)):
        return
    if sum(party.state == PartyState.AGREED for party in partnership.parties.all()) < 2:
        return
    contact = partnership.transitions.get(stage=Stage.CONTACT)
    if answer.way == Way.LETTER:
        words = {"number": answer.letter_number, "day": f"{answer.letter_on:%d.%m.%Y}"}
        document = in_both("document", _("letter № %(number)s of %(day)s"), **words)
    else:
        document = in_both("document", _("answer of %(day)s"), day=f"{on:%d.%m.%Y}")
    backing = Backing(document_uk=document["document_uk"], document_en=document["document_en"], origin=answer.origin)
    reach(partnership, Stage.INTENT, max(on, contact.reached_on), backing, by=by, at=at)


def _day_of(answer: Answer) -> dt.date:
    return answer.letter_on or timezone.localdate(answer.given_at)


def _close_others(answer: Answer, at: dt.datetime) -> None:
    """What was left open by another way no longer waits."""
    answer.party.links.filter(used_at=None, closed_at=None).update(closed_at=at)
    others = answer.party.answers.filter(confirmed_at=None, dismissed_at=None).exclude(pk=answer.pk)
    others.update(dismissed_at=at, dismissed_reason=str(_("answered by another way")))
