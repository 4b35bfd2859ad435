"""What is next, whose turn it is, by when: one sentence with one button."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pobratym.accounts.choices import Role
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement, AgreementParty
from pobratym.organisations.visibility import Circle, circle_of
from pobratym.partnerships.choices import PartyState, Reply, Stage
from pobratym.partnerships.models import Answer, Partnership, Party

WAITED_FOR = (PartyState.INVITED, PartyState.STUDYING)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step; `url` and `action` only if the user may act."""

    title: str
    text: str
    whose: str = ""
    by: dt.date | None = None
    url: str = ""
    action: str = ""


def next_step(partnership: Partnership, user: object, on: dt.date) -> NextStep:
    """The one step that leads on, as the user sees it."""
    mine = circle_of(user)
    if partnership.ended_on is not None:
        words = {"day": f"{partnership.ended_on:%d.%m.%Y}", "reason": partnership.condition_reason}
        return NextStep(_("The partnership has ended"), _("On %(day)s: %(reason)s") % words)
    if partnership.is_suspended(on):
        step = NextStep(_("The partnership is suspended"), partnership.condition_reason)
        return _for(step, _coordinates(mine, partnership), "condition", partnership.pk, _("Resume"))
    return _answers(partnership, mine, on) or _by_paper(partnership, user, mine) or _by_stage(partnership, mine)


def _answers(partnership: Partnership, mine: Circle, on: dt.date) -> NextStep | None:
    """Answers come first while nobody agreed, and always for the one who can act on them."""
    answers = Answer.objects.filter(party__partnership=partnership, dismissed_at=None, responded_at=None)
    for answer in answers.select_related("party__body").order_by("given_at", "pk"):
        waits = answer.waits_for_a_moderator
        if waits and (mine.is_moderator or partnership.stage == Stage.CONTACT):
            title = _("Next: a moderator checks the answer of %(body)s")
            step = NextStep(
                title % {"body": answer.party.body.short_name},
                _("The answer came by the one-time link; it counts once a moderator has made sure whose it is."),
                _("moderator"),
            )
            return _for(step, mine.is_moderator, "confirm", answer.pk, _("Check the answer"))
        if answer.waits_for_a_response and answer.reply == Reply.ASK and partnership.stage == Stage.CONTACT:
            title = _("Next: a reply to the question of %(body)s")
            # What was asked is for the parties; others learn whose turn it is.
            shared = mine.is_moderator or not mine.bodies.isdisjoint(party.body_id for party in partnership.present)
            text = answer.text if shared else ""
            step = NextStep(title % {"body": answer.party.body.short_name}, text, _proposer(partnership))
            acts = _coordinates(mine, partnership) and answer.party.body_id not in mine.bodies
            return _for(step, acts, "party", answer.party_id, _("Reply"))
    return _invitation(partnership, mine, on)


def _invitation(partnership: Partnership, mine: Circle, on: dt.date) -> NextStep | None:
    waited = [party for party in partnership.present if party.state in WAITED_FOR]
    own = [party for party in waited if party.body_id in mine.trusted]
    if own:
        step = NextStep(_("Next: your answer"), _("You agree, refuse or ask a question."), own[0].body.short_name)
        return _for(step, True, "party", own[0].pk, _("Answer the proposal"))
    if not waited or partnership.stage != Stage.CONTACT:
        return None
    party = waited[0]
    words = {"body": party.body.short_name}
    link = party.links.filter(used_at=None, closed_at=None, expires_at__date__gt=on).order_by("made_at").last()
    if link is not None:
        until = link.expires_at.date()
        text = _("A one-time link was sent to the official address; it works until %(day)s.") % {
            "day": f"{until:%d.%m.%Y}"
        }
        step = NextStep(_("Next: the answer of %(body)s") % words, text, party.body.short_name, until)
        return _for(step, _coordinates(mine, partnership), "party", party.pk, _("Record a letter or send again"))
    step = NextStep(
        _("Next: the proposal goes to %(body)s") % words,
        _("Send a one-time link to the official address, or record the answer by its letter."),
        _proposer(partnership),
    )
    return _for(step, _coordinates(mine, partnership), "party", party.pk, _("Send the proposal"))


def _by_paper(partnership: Partnership, user: object, mine: Circle) -> NextStep | None:
    """A paper that is being worked on leads: its text is agreed, then it is signed. Its title is for its readers."""
    going = partnership.papers.filter(state__in=(AgreementState.DRAFT, AgreementState.AGREED)).with_parties()
    paper = going.order_by("made_at", "pk").first()
    if paper is None:
        return None
    places = [place for place in paper.parties.all() if place.is_present]
    readable = Agreement.objects.visible_to(user).filter(pk=paper.pk).exists()
    title = paper.title if readable else str(paper.get_kind_display())
    if paper.state == AgreementState.DRAFT:
        return _agreeing(paper, title, [place for place in places if place.agreed_text is None], mine)
    return _signing(partnership, title, [place for place in places if place.signed_on is None], mine)


def _agreeing(paper: Agreement, title: str, waiting: list[AgreementParty], mine: Circle) -> NextStep:
    names = _names(waiting)
    step = NextStep(
        _("Next: the text is agreed"),
        _("%(title)s. Turn of: %(names)s.") % {"title": title, "names": names},
        names,
    )
    acts = any(place.body_id in mine.trusted for place in waiting)
    url = reverse("agreements:agreement", kwargs={"pk": paper.pk})
    return NextStep(step.title, step.text, names, None, url, _("Read and agree")) if acts else step


def _signing(partnership: Partnership, title: str, waiting: list[AgreementParty], mine: Circle) -> NextStep:
    names = _names(waiting)
    step = NextStep(
        _("Next: signatures"),
        _("%(title)s: the text is agreed. Turn of: %(names)s.") % {"title": title, "names": names},
        names,
    )
    acts = any(mine.has(place.body_id, Role.SIGNATORY) for place in waiting)
    url = reverse("portal:sign", kwargs={"pk": partnership.pk})
    return NextStep(step.title, step.text, names, None, url, _("Sign the paper")) if acts else step


def _by_stage(partnership: Partnership, mine: Circle) -> NextStep:
    acts = _coordinates(mine, partnership)
    whose = ", ".join(partnership.names)
    steps: dict[str, Callable[[], NextStep]] = {
        Stage.MEMORANDUM: lambda: _for(
            NextStep(
                _("Next: the plan of joint action for a year"),
                _("The memorandum is signed. Agree who does what and when, then record the stage “Partnership”."),
                whose,
            ),
            acts, "stage", partnership.pk, _("Record the plan"),
        ),
        Stage.PARTNERSHIP: lambda: _councils(partnership, acts=acts),
        Stage.TWINS: lambda: _for(
            NextStep(
                _("Next: results"),
                _("The communities are twin cities. Note what was done and record what was measured."),
                whose,
            ),
            acts, "direction", partnership.pk, _("Record results"),
        ),
    }  # fmt: skip
    step = steps.get(partnership.stage)
    if step is not None:
        return step()
    drafting = NextStep(
        _("Next: the text of the memorandum"),
        _("The sides agreed to work together. Draft the memorandum from the template."),
        whose,
    )
    return _for(drafting, acts, "draft", partnership.pk, _("Draft the memorandum"))


def _councils(partnership: Partnership, *, acts: bool) -> NextStep:
    decided = set(partnership.decisions.values_list("body_id", flat=True))
    waiting = [party.body.short_name for party in partnership.present if party.body_id not in decided]
    names = ", ".join(waiting or partnership.names)
    step = NextStep(
        _("Next: the councils decide on twin cities"),
        _("Each council decides for itself. Turn of: %(names)s.") % {"names": names},
        names,
    )
    page, action = ("decision", _("Add a decision")) if waiting else ("stage", _("Record the stage"))
    return _for(step, acts, page, partnership.pk, action)


def _for(step: NextStep, acts: bool, page: str, pk: int, action: str) -> NextStep:  # noqa: FBT001
    """The step with its button, for one who may press it."""
    if not acts:
        return step
    arguments: dict[str, object] = {"pk": pk}
    if page == "direction":
        arguments["direction"] = "energy"
    return NextStep(
        step.title, step.text, step.whose, step.by, reverse(f"partnerships:{page}", kwargs=arguments), action
    )


def _coordinates(mine: Circle, partnership: Partnership) -> bool:
    return any(mine.has(party.body_id, Role.COORDINATOR) for party in partnership.present)


def _proposer(partnership: Partnership) -> str:
    ready: list[Party] = [party for party in partnership.present if party.state not in WAITED_FOR]
    return ready[0].body.short_name if ready else ""


def _names(places: list[AgreementParty]) -> str:
    return ", ".join(place.body.short_name for place in places)
