"""Sentences for what happened in a partnership."""

from django.utils.translation import gettext_lazy as _

from pobratym.agreements.choices import AgreementKind
from pobratym.audit import history
from pobratym.partnerships.choices import PartyRole, Reply, Stage
from pobratym.vocabulary.choices import Direction, Visibility

history.register(
    {
        "partnerships.partnership.proposed": _("%(party_en)s proposed the partnership."),
        "partnerships.party.invited": _("%(party_en)s was invited."),
        "partnerships.party.studying": _("%(party_en)s is studying the proposal."),
        "partnerships.party.left": _("%(party_en)s left the partnership on %(on)s."),
        "partnerships.link.sent": _(
            "A one-time link was sent to the official address of %(party_en)s; it is valid until %(until)s."
        ),
        "partnerships.answer.received": _(
            "An answer of %(party_en)s came by the link: “%(reply)s”. It waits for a moderator."
        ),
        "partnerships.answer.confirmed": _("A moderator confirmed the answer of %(party_en)s: “%(reply)s”."),
        "partnerships.answer.dismissed": _("A moderator dismissed the answer in the name of %(party_en)s."),
        "partnerships.answer.by_letter": _(
            "%(party_en)s answered outside the platform, by letter № %(number)s of %(letter_on)s: “%(reply)s”."
        ),
        "partnerships.answer.given": _("%(party_en)s answered on the platform: “%(reply)s”."),
        "partnerships.question.replied": _("The question of %(party_en)s was replied to."),
        "partnerships.partnership.suspended": _("The partnership was suspended from %(on)s."),
        "partnerships.partnership.resumed": _("The partnership was resumed on %(on)s."),
        "partnerships.partnership.ended": _("The partnership ended on %(on)s: %(reason_en)s"),
        "partnerships.partnership.raised": _("Visibility raised: %(before)s → %(after)s."),
        "partnerships.partnership.lowered": _("Visibility lowered: %(before)s → %(after)s."),
        "partnerships.commitment.raised": _("A commitment (%(direction)s) was shown to more: %(before)s → %(after)s."),
        "partnerships.commitment.lowered": _(
            "A commitment (%(direction)s) was shown to fewer: %(before)s → %(after)s."
        ),
        "partnerships.progress.shown": _("A note (%(direction)s) is seen by others now: %(before)s → %(after)s."),
        "partnerships.value.shown": _("A value (%(direction)s) is seen by others now: %(before)s → %(after)s."),
        "partnerships.stage.reached": _("The stage “%(stage)s” was reached on %(reached_on)s."),
        "partnerships.paper.drafted": _("A paper was drafted: %(kind)s."),
        "partnerships.paper.signed": _("%(party_en)s signed on %(signed_on)s: %(kind)s."),
        "partnerships.decision.added": _("A decision of %(party_en)s was added: № %(number)s of %(decided_on)s."),
        "partnerships.commitment.added": _("A commitment was added: %(direction)s."),
        "partnerships.commitment.changed": _("A commitment was changed: %(direction)s."),
        "partnerships.commitment.done": _("A commitment was fulfilled: %(direction)s."),
        "partnerships.progress.noted": _("Progress was noted: %(direction)s."),
        "partnerships.value.recorded": _("A value was recorded: %(direction)s."),
    },
    choices={
        "reply": dict(Reply.choices),
        "stage": dict(Stage.choices),
        "before": {**dict(Stage.choices), **dict(Visibility.choices)},
        "after": dict(Visibility.choices),
        "kind": dict(AgreementKind.choices),
        "direction": dict(Direction.choices),
        "role": dict(PartyRole.choices),
    },
    # Not what is told of papers and promises: each of them has a visibility of its own.
    public={
        "partnerships.partnership.proposed",
        "partnerships.partnership.suspended",
        "partnerships.partnership.resumed",
        "partnerships.partnership.ended",
        "partnerships.partnership.raised",
        "partnerships.partnership.lowered",
        "partnerships.party.left",
        "partnerships.stage.reached",
    },
    named={
        "partnerships.partnership": _("The partnership as a whole"),
        "partnerships.party": _("Parties"),
        "partnerships.link": _("Answers"),
        "partnerships.answer": _("Answers"),
        "partnerships.question": _("Answers"),
        "partnerships.stage": _("Stages"),
        "partnerships.paper": _("Papers and decisions"),
        "partnerships.decision": _("Papers and decisions"),
        "partnerships.commitment": _("Commitments and progress"),
        "partnerships.progress": _("Commitments and progress"),
        "partnerships.value": _("Commitments and progress"),
    },
)
