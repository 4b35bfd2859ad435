"""What operations on papers share: the lock, the refusals, the state that follows from consents and signatures."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement, AgreementParty, AgreementText
from pobratym.agreements.texts import Section
from pobratym.organisations.models import Body
from pobratym.vocabulary.refusals import Refusal


class PartiesRefused(Refusal):
    """Too few parties, one twice, or a body that is no party."""


class TextRefused(Refusal):
    """An empty or unchanged text, or a consent that cannot be given."""


class TextFrozen(Refusal):
    """The first signature freezes the text."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("A party has signed, so the text cannot change any more. Draft an additional paper for the change.")
        )


def locked(agreement: Agreement) -> Agreement:
    """Read again under a lock: another party may have acted meanwhile."""
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def refuse_unless_open(agreement: Agreement) -> None:
    """A paper that is signed or has ended does not change any more."""
    if agreement.state == AgreementState.ENDED:
        raise TextRefused(_("This paper has ended: draft a new one."))
    if agreement.state == AgreementState.SIGNED:
        raise TextFrozen


def refuse_unless_unsigned(agreement: Agreement) -> None:
    """The text itself changes only before the first signature."""
    refuse_unless_open(agreement)
    if agreement.parties.exclude(signed_on=None).exists():
        raise TextFrozen


def party_of(agreement: Agreement, body: Body) -> AgreementParty:
    """The body's part in the paper; a stranger and one who dropped out are refused."""
    party = agreement.parties.filter(body=body).first()
    if party is None:
        raise PartiesRefused(_("This body is not a party to the paper: only its parties can do this."))
    if not party.is_present:
        raise PartiesRefused(_("This party no longer takes part in the paper."))
    return party


def settle(agreement: Agreement) -> None:
    """Bring the state up to what the present parties agreed and signed."""
    present = [party for party in agreement.parties.all() if party.is_present]
    newest = newest_text(agreement).number
    dates = [party.signed_on for party in present if party.signed_on is not None]
    if len(present) < 2:
        agreement.state = AgreementState.ENDED
    elif len(dates) == len(present):
        agreement.state = AgreementState.SIGNED
        agreement.signed_on = max(dates)
    elif all(party.agreed_text == newest for party in present):
        agreement.state = AgreementState.AGREED
    agreement.version += 1
    agreement.save(update_fields=["state", "signed_on", "version"])


def newest_text(agreement: Agreement) -> AgreementText:
    """The version that counts."""
    return agreement.texts.order_by("number").reverse()[0]


def write_text(
    agreement: Agreement, sections: Sequence[Section], written_for: Body | None, at: dt.datetime
) -> AgreementText:
    """Store the next version; an empty or unchanged one is refused."""
    kept = [section for section in sections if any(paragraph.strip() for paragraph in section["paragraphs_uk"])]
    if not kept:
        raise TextRefused(_("The text is empty: write at least one section in Ukrainian."))
    last = agreement.texts.order_by("number").last()
    sha256 = digest(kept)
    if last and last.sha256 == sha256:
        raise TextRefused(_("The text has not changed: change it, or agree to it as it is."))
    return AgreementText.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        sections=kept,
        written_for=written_for,
        written_at=at,
        sha256=sha256,
    )


def digest(sections: Sequence[Section]) -> str:
    """SHA-256 of a text: the same words give the same digest wherever they are stored."""
    content = json.dumps(list(sections), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def named(body: Body) -> dict[str, str]:
    """The party's name for an entry, in both languages."""
    return {"party_uk": body.short_name_uk, "party_en": body.short_name_en}
