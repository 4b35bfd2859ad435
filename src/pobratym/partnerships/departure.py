"""What follows when a party refuses or leaves: the others go on, unless only one is left."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.agreements import operations as agreements
from pobratym.agreements.models import Agreement, AgreementParty
from pobratym.audit import operations as audit
from pobratym.partnerships.choices import PartyState
from pobratym.partnerships.keeping import save_changed
from pobratym.partnerships.models import Partnership, Party
from pobratym.partnerships.passage import Backing, reach_by_paper
from pobratym.vocabulary.wording import in_both


def depart(
    partnership: Partnership, party: Party, state: PartyState, on: dt.date, *, by: User | None, at: dt.datetime
) -> None:
    """Set the party's last state, take it out of unsigned papers, and end a partnership of fewer than two.

    A paper that waited only for this party becomes signed, and its stage is reached in the same transaction.
    """
    party.state = state
    party.left_on = on
    party.save(update_fields=["state", "left_on"])
    for paper in _papers_without_signature(partnership, party):
        left = agreements.drop_party(agreement=paper, body=party.body, on=on, by=by, at=at)
        reach_by_paper(partnership, left, Backing(agreement=left, origin=left.origin), by=by, at=at)
    if sum(other.is_present for other in partnership.parties.all()) < 2:
        finish(partnership, on, in_both("reason", _("Only one party is left.")), by=by, at=at)
    else:
        save_changed(partnership)


def finish(partnership: Partnership, on: dt.date, reason: dict[str, str], *, by: User | None, at: dt.datetime) -> None:
    """End a locked partnership on the day."""
    partnership.ended_on = on
    partnership.condition_reason_uk = reason["reason_uk"]
    partnership.condition_reason_en = reason["reason_en"]
    save_changed(partnership, "ended_on", "condition_reason_uk", "condition_reason_en")
    audit.record(
        verb="partnerships.partnership.ended", by=by, subject=partnership, at=at, on=on.isoformat(),
        reason_uk=reason["reason_uk"], reason_en=reason["reason_en"],
    )  # fmt: skip


def _papers_without_signature(partnership: Partnership, party: Party) -> list[Agreement]:
    unsigned = AgreementParty.objects.filter(body=party.body, signed_on=None, dropped_on=None)
    going = partnership.papers.filter(state__in=("draft", "agreed"))
    return list(going.filter(pk__in=unsigned.values("agreement_id")).order_by("pk"))
