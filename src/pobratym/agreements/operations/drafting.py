"""A paper's text: versions, consents of the parties, parties that drop out before signing."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.agreements import telling
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.keeping import (
    PartiesRefused,
    TextRefused,
    locked,
    named,
    newest_text,
    party_of,
    refuse_unless_open,
    refuse_unless_unsigned,
    settle,
    write_text,
)
from pobratym.agreements.models import Agreement, AgreementParty, AgreementText
from pobratym.agreements.texts import Section
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import refuse_wider
from pobratym.vocabulary.choices import Origin, Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile


@transaction.atomic
def draft_agreement(
    *,
    kind: str,
    title_uk: str,
    title_en: str = "",
    bodies: Sequence[Body],
    sections: Sequence[Section],
    number: str = "",
    place_uk: str = "",
    place_en: str = "",
    in_force_until: dt.date | None = None,
    source_url: str = "",
    written_for: Body | None = None,
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> Agreement:
    """Begin a paper of two or more bodies with the first version of its text."""
    refuse_wider(visibility, by)
    _refuse_parties(bodies)
    if not title_uk.strip():
        raise TextRefused(_("Give the paper a title."), field="title_uk")
    agreement = Agreement.objects.create(
        kind=kind, title_uk=title_uk.strip(), title_en=title_en.strip(), number=number.strip(),
        place_uk=place_uk.strip(), place_en=place_en.strip(), in_force_until=in_force_until,
        source_url=source_url, origin=origin, visibility=visibility, made_at=at,
    )  # fmt: skip
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, body=body, position=position)
        for position, body in enumerate(bodies, start=1)
    )
    text = write_text(agreement, sections, written_for, at)
    audit.record(
        verb="agreements.agreement.drafted", by=by, subject=agreement, at=at, body=written_for,
        kind=kind, number=text.number,
    )  # fmt: skip
    telling.worded(agreement, text, written_for, by=by, at=at)
    return agreement


def _refuse_parties(bodies: Sequence[Body]) -> None:
    keys = [body.pk for body in bodies]
    if len(keys) < 2:
        raise PartiesRefused(_("A paper needs at least two parties: add the partner."))
    if len(set(keys)) < len(keys):
        raise PartiesRefused(_("A party is named twice: leave it once."))


@transaction.atomic
def revise_text(
    *,
    agreement: Agreement,
    sections: Sequence[Section],
    for_body: Body,
    version: int,
    by: User | None,
    at: dt.datetime,
) -> AgreementText:
    """Write a new version of the text; consents to earlier versions no longer count.

    Raises TextFrozen after the first signature, ChangedMeanwhile if the paper changed since it was read.
    """
    agreement = locked(agreement)
    refuse_unless_unsigned(agreement)
    party_of(agreement, for_body)
    if version != agreement.version:
        raise ChangedMeanwhile
    text = write_text(agreement, sections, for_body, at)
    agreement.parties.update(agreed_text=None)
    agreement.state = AgreementState.DRAFT
    agreement.version += 1
    agreement.save(update_fields=["state", "version"])
    audit.record(
        verb="agreements.text.revised", by=by, subject=agreement, at=at, body=for_body,
        number=text.number, **named(for_body),
    )  # fmt: skip
    telling.worded(agreement, text, for_body, by=by, at=at)
    return text


@transaction.atomic
def agree_text(
    *, agreement: Agreement, body: Body, text_number: int, by: User | None, at: dt.datetime
) -> AgreementParty:
    """Record a party's consent to the newest text; when all present parties agree, the text is agreed.

    Raises ChangedMeanwhile if a newer version was written meanwhile.
    """
    agreement = locked(agreement)
    refuse_unless_open(agreement)
    party = party_of(agreement, body)
    if text_number != newest_text(agreement).number:
        raise ChangedMeanwhile
    if party.agreed_text == text_number:
        raise TextRefused(_("This party has agreed to this version already; the others are next."))
    party.agreed_text = text_number
    party.save(update_fields=["agreed_text"])
    settle(agreement)
    audit.record(
        verb="agreements.text.agreed", by=by, subject=agreement, at=at, body=body, number=text_number, **named(body)
    )
    telling.ready(agreement, text_number, by=by, at=at)
    return party


@transaction.atomic
def drop_party(*, agreement: Agreement, body: Body, on: dt.date, by: User | None, at: dt.datetime) -> Agreement:
    """Go on without a party that refused or left before it signed.

    The others' consents and signatures stand. With one party left the paper ends.
    """
    agreement = locked(agreement)
    refuse_unless_open(agreement)
    party = party_of(agreement, body)
    if party.signed_on is not None:
        raise PartiesRefused(_("This party has signed: it can only withdraw from the paper by its own terms."))
    party.dropped_on = on
    party.save(update_fields=["dropped_on"])
    settle(agreement)
    audit.record(
        verb="agreements.party.dropped", by=by, subject=agreement, at=at, body=body, on=on.isoformat(), **named(body)
    )
    telling.ready(agreement, newest_text(agreement).number, by=by, at=at)
    return agreement
