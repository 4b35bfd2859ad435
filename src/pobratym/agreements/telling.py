"""What people hear of about a paper: each function is called in the transaction of what happened."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.accounts.rules import answers_for_any
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement, AgreementParty, AgreementText
from pobratym.notices import kinds
from pobratym.notices.choices import When
from pobratym.notices.operations import notify
from pobratym.notices.queries import people_with
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of


def worded(agreement: Agreement, text: AgreementText, body: Body | None, *, by: User | None, at: dt.datetime) -> None:
    """The other parties hear of a text to which they have not agreed yet."""
    others = [party.body_id for party in _present(agreement) if body is None or party.body_id != body.pk]
    notify(
        kind="agreements.worded", people=people_with(Role.COORDINATOR, Role.SIGNATORY, bodies=others, at=at),
        key=f"agreements.worded:{text.pk}", template="agreements/notices/worded.txt",
        data={**_title(agreement), "number": text.number}, path=["agreements:agreement", agreement.pk],
        about=agreement, by=by, at=at,
    )  # fmt: skip


def ready(agreement: Agreement, text_number: int, *, by: User | None, at: dt.datetime) -> None:
    """When all present parties agree, the signatories of those that have not signed hear that it can be signed."""
    if agreement.state != AgreementState.AGREED:
        return
    signing = [party.body_id for party in _present(agreement) if party.signed_on is None]
    notify(
        kind="agreements.ready", people=people_with(Role.SIGNATORY, bodies=signing, at=at),
        key=f"agreements.ready:{agreement.pk}:{text_number}", template="agreements/notices/ready.txt",
        data=_title(agreement), path=["agreements:agreement", agreement.pk], about=agreement, by=by, at=at,
    )  # fmt: skip


def signed(agreement: Agreement, body: Body, *, by: User | None, at: dt.datetime) -> None:
    """The other parties hear of a signature, and whether it was the last one."""
    others = [party.body_id for party in _present(agreement) if party.body_id != body.pk]
    notify(
        kind="agreements.signed", people=people_with(Role.COORDINATOR, Role.SIGNATORY, bodies=others, at=at),
        key=f"agreements.signed:{agreement.pk}:{body.pk}", template="agreements/notices/signed.txt",
        data={
            **_title(agreement), "party_uk": body.short_name_uk, "party_en": body.short_name_en,
            "all": agreement.state == AgreementState.SIGNED,
        },
        path=["agreements:agreement", agreement.pk], about=agreement, by=by, at=at,
    )  # fmt: skip


def _present(agreement: Agreement) -> Iterable[AgreementParty]:
    """As they are now, not as the caller has fetched them."""
    parties: QuerySet[AgreementParty] = AgreementParty.objects.filter(agreement=agreement).order_by("position", "pk")
    return [party for party in parties if party.is_present]


def _title(agreement: Agreement) -> dict[str, str]:
    return {"title_uk": agreement.title_uk, "title_en": agreement.title_en}


def _still_takes_part(person: User, reference: str) -> bool:
    """The person answers for a party that still takes part, and sees the paper."""
    found = Agreement.objects.visible_to(person).filter(pk=reference.partition(":")[2]).first()
    return found is not None and bool(circle_of(person).trusted & {party.body_id for party in _present(found)})


for name, label in {
    "agreements.worded": _("A text waits for your agreement"),
    "agreements.ready": _("A paper can be signed"),
    "agreements.signed": _("Another side signs a paper"),
}.items():
    kinds.register(name, label, default=When.AT_ONCE, audience=answers_for_any, still=_still_takes_part)
