"""The papers and decisions that a partnership rests on."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships.models import Partnership, Party
from pobratym.vocabulary.choices import Visibility


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with what it is, its day and where it can be read."""

    title: str
    note: str
    url: str
    docx_url: str
    kind: str
    origin: str
    on: dt.date | None
    record: Agreement | CouncilDecision | None = None


def documents_of(partnership: Partnership, user: object) -> list[DocumentRow]:
    """Visible papers and decisions, and the documents that stages name.

    A decision that was added to the partnership is shared with its other parties' teams.
    """
    papers = Agreement.objects.visible_to(user).filter(partnerships=partnership).order_by("made_at", "pk")
    visible = Q(pk__in=CouncilDecision.objects.visible_to(user).values("pk"))
    if _is_of_the_team(partnership, user):
        visible |= ~Q(visibility=Visibility.RESTRICTED)
    decisions = partnership.decisions.filter(visible).select_related("body")
    named = partnership.transitions.exclude(document_uk="").order_by("reached_on", "pk")
    return [
        *(_paper(paper) for paper in papers),
        *(_decision(decision) for decision in decisions.order_by("decided_on", "pk")),
        *(
            DocumentRow(step.document, str(step.get_stage_display()), "", "", "document", step.origin, step.reached_on)
            for step in named
        ),
    ]


def draft_for(party: Party) -> Agreement | None:
    """The paper that is being worked on with the party, for the one who answers by a link."""
    going = party.partnership.papers.filter(state__in=(AgreementState.DRAFT, AgreementState.AGREED))
    mine = going.filter(parties__body=party.body_id, parties__dropped_on=None).with_parties()
    return mine.order_by("made_at", "pk").first()


def _is_of_the_team(partnership: Partnership, user: object) -> bool:
    """Whether the user belongs to a party that still takes part."""
    return bool(circle_of(user).bodies & {party.body_id for party in partnership.present})


def _paper(paper: Agreement) -> DocumentRow:
    state = str(paper.get_state_display())
    if paper.state == AgreementState.SIGNED and paper.signed_on is not None:
        state = _("signed on %(day)s") % {"day": f"{paper.signed_on:%d.%m.%Y}"}
    return DocumentRow(
        title=paper.title,
        note=state,
        url=reverse("agreements:agreement", kwargs={"pk": paper.pk}),
        docx_url=reverse("agreements:docx", kwargs={"pk": paper.pk}),
        kind=paper.kind,
        origin=paper.origin,
        on=paper.signed_on,
        record=paper,
    )


def _decision(decision: CouncilDecision) -> DocumentRow:
    note = _("%(body)s, decision № %(number)s of %(day)s") % {
        "body": decision.body.short_name,
        "number": decision.number,
        "day": f"{decision.decided_on:%d.%m.%Y}",
    }
    return DocumentRow(
        decision.title, note, decision.link, "", "decision", decision.origin, decision.decided_on, record=decision
    )
