"""Proposing a partnership, inviting parties, sending the one-time link to a side without an account."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pobratym.accounts.models import User
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import refuse_wider
from pobratym.outbox import operations as outbox
from pobratym.partnerships import telling
from pobratym.partnerships.choices import PartyRole, PartyState, Programme, Stage
from pobratym.partnerships.keeping import PartyRefused, fresh, locked, named, refuse_future, save_changed
from pobratym.partnerships.models import LONGEST_MESSAGE, OneTimeLink, Partnership, Party, Transition
from pobratym.vocabulary.choices import Origin, Visibility
from pobratym.vocabulary.refusals import Refusal
from pobratym.vocabulary.wording import in_both

LINK_LASTS = dt.timedelta(days=14)
ANSWERABLE = (PartyState.INVITED, PartyState.STUDYING)


class AlreadyTogether(Refusal):
    """The same parties have a partnership of the same programme that has not ended."""


class NoOfficialAddress(Refusal):
    """There is nowhere to send a link to."""


@dataclass(frozen=True, slots=True)
class SentLink:
    """A link with its token, known only now: stored is the digest."""

    link: OneTimeLink
    token: str


@transaction.atomic
def propose(
    *,
    by_body: Body,
    bodies: Sequence[Body],
    subject_uk: str,
    subject_en: str = "",
    message: str = "",
    programme: str = Programme.OWN,
    roles: Mapping[int, str] | None = None,
    began_on: dt.date | None = None,
    document_uk: str = "",
    document_en: str = "",
    source_url: str = "",
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> Partnership:
    """Propose a partnership of `by_body` to the other `bodies`; the contact is its first stage.

    `roles` gives the role of a body by its key. Raises PartyRefused, AlreadyTogether or DateRefused.
    """
    refuse_wider(visibility, by)
    began_on = began_on or timezone.localdate(at)
    refuse_future(began_on, at, "began_on")
    if not subject_uk.strip():
        raise PartyRefused(_("Write in a few words what the partnership is about."), field="subject_uk")
    if len(message.strip()) > LONGEST_MESSAGE:
        raise PartyRefused(_("The first words are too long: shorten them, or tell the rest later."), field="message")
    parties = [by_body, *bodies]
    _refuse_bodies(parties, began_on)
    _refuse_same({body.pk for body in parties}, programme)
    partnership = Partnership.objects.create(
        subject_uk=subject_uk.strip(), subject_en=subject_en.strip(), message=message.strip(), programme=programme,
        began_on=began_on,
        source_url=source_url, origin=origin, visibility=visibility,
    )  # fmt: skip
    _write_parties(partnership, parties, roles or {}, began_on)
    _write_contact(partnership, document_uk, document_en, at)
    audit.record(
        verb="partnerships.partnership.proposed", by=by, subject=partnership, at=at, body=by_body, **named(by_body)
    )
    telling.proposed(partnership, bodies, by=by, at=at)
    return partnership


@transaction.atomic
def invite_party(
    *, partnership: Partnership, body: Body, role: str = PartyRole.PARTY, by: User | None, at: dt.datetime
) -> Party:
    """Invite one more body, or again one that refused or left."""
    partnership = locked(partnership)
    on = timezone.localdate(at)
    known = partnership.parties.filter(body=body).first()
    if known is not None and known.is_present:
        raise PartyRefused(_("This body is a party already: see its state in the list of parties."), field="body")
    present = [party.body for party in partnership.parties.select_related("body") if party.is_present]
    _refuse_bodies([*present, body], on)
    _refuse_same({body.pk, *(other.pk for other in present)}, partnership.programme)
    party = known or Party(partnership=partnership, body=body, position=partnership.parties.count() + 1)
    party.role, party.state, party.invited_on, party.left_on = role, PartyState.INVITED, on, None
    party.save()
    save_changed(partnership)
    audit.record(
        verb="partnerships.party.invited", by=by, subject=partnership, at=at, body=body, role=role, **named(body)
    )
    telling.proposed(partnership, [body], by=by, at=at)
    return party


@transaction.atomic
def send_link(*, party: Party, message: str = "", by: User | None, at: dt.datetime) -> SentLink:
    """Send a one-time link to the body's official address; earlier links of the party are closed.

    Raises NoOfficialAddress, or PartyRefused for a party that has answered.
    """
    partnership = locked(party.partnership)
    party = fresh(party)
    if party.state not in ANSWERABLE:
        raise PartyRefused(_("This party has answered already: there is nothing left to ask by a link."))
    if not party.body.official_email:
        raise NoOfficialAddress(
            _("The body has no official e-mail here. Enter it on the body’s page, or record the answer by its letter.")
        )
    party.links.filter(used_at=None, closed_at=None).update(closed_at=at)
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        party=party, token_digest=digest_of(token=token), sent_to=party.body.official_email,
        made_at=at, expires_at=at + LINK_LASTS,
    )  # fmt: skip
    _queue_letter(partnership, link, token, message, at)
    audit.record(
        verb="partnerships.link.sent", by=by, subject=partnership, at=at, body=party.body,
        until=timezone.localdate(link.expires_at).isoformat(), **named(party.body),
    )  # fmt: skip
    return SentLink(link, token)


def digest_of(*, token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _queue_letter(partnership: Partnership, link: OneTimeLink, token: str, message: str, at: dt.datetime) -> None:
    """One letter per link; a municipality abroad is written to in English."""
    body = link.party.body
    language = "en" if body.abroad_id else "uk"
    with override(language):
        address = f"{settings.ADDRESS}{reverse('partnerships:answer', kwargs={'token': token})}"
        data = {
            "body": body.name,
            "parties": [party.body.name for party in partnership.parties.select_related("body") if party.is_present],
            "subject": partnership.subject,
            "address": address,
            "until": f"{timezone.localdate(link.expires_at):%d.%m.%Y}",
            "message": message,
            "words": partnership.message.splitlines(),
        }
    outbox.queue(
        key=f"partnerships.link:{link.pk}", to=link.sent_to, template="partnerships/mail/invitation.txt",
        data=data, at=at, language=language,
    )  # fmt: skip


def _refuse_bodies(bodies: Sequence[Body], on: dt.date) -> None:
    """Two or more different bodies, each acting on the day; their rows are locked, so that two proposals meet."""
    keys = [body.pk for body in bodies]
    if len(keys) < 2:
        raise PartyRefused(_("A partnership needs a partner: choose the body to invite."), field="bodies")
    if len(set(keys)) < len(keys):
        raise PartyRefused(_("A body is named twice: invite each body once, and not your own."), field="bodies")
    list(Body.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    acting = set(Body.objects.acting(on).filter(pk__in=keys).values_list("pk", flat=True))
    for body in bodies:
        if body.pk not in acting:
            raise PartyRefused(
                _("“%(body)s” does not act on that day: choose the body that acts for the community now.")
                % {"body": body.name},
                field="bodies",
            )


def _refuse_same(keys: set[int], programme: str) -> None:
    going = Partnership.objects.going().filter(programme=programme, parties__body_id=min(keys))
    for other in going.prefetch_related("parties"):
        if {party.body_id for party in other.parties.all() if party.is_present} == keys:
            raise AlreadyTogether(
                _("These parties already have a partnership of this programme: continue that one."), field="bodies"
            )


def _write_parties(
    partnership: Partnership, bodies: Sequence[Body], roles: Mapping[int, str], invited_on: dt.date
) -> None:
    Party.objects.bulk_create(
        Party(
            partnership=partnership,
            body=body,
            position=position,
            role=roles.get(body.pk, PartyRole.INITIATOR if position == 1 else PartyRole.PARTY),
            state=PartyState.AGREED if position == 1 else PartyState.INVITED,
            invited_on=None if position == 1 else invited_on,
        )
        for position, body in enumerate(bodies, start=1)
    )


def _write_contact(partnership: Partnership, document_uk: str, document_en: str, at: dt.datetime) -> None:
    document = {"document_uk": document_uk.strip(), "document_en": document_en.strip()}
    if not document["document_uk"]:
        document = in_both("document", _("proposal on the platform"))
    Transition.objects.create(
        partnership=partnership,
        stage=Stage.CONTACT,
        reached_on=partnership.began_on,
        recorded_at=at,
        origin=partnership.origin,
        **document,
    )
