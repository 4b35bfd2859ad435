"""Writing, reviewing and publishing. Every change is in the audit trail; every refusal is a sentence."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pobratym.accounts.models import User
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement
from pobratym.audit.operations import record
from pobratym.newsroom import announcement, markup, telling
from pobratym.newsroom.choices import PublicationState, PublicationType
from pobratym.newsroom.content import AuthorLine, TagName, When, Words
from pobratym.newsroom.models import Publication, Quotation
from pobratym.newsroom.parts import Incomplete, Retagged, attach, confirm_places, quotation, retag, when_of, within
from pobratym.partnerships.models import Partnership
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Origin
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal

LIMITS = {"title": 200, "lead": 300, "body": 40_000, "source_name": 160}


class WrongState(Refusal):
    """The publication is not where this step begins."""


class SecondPersonNeeded(Refusal):
    """Nobody publishes or corrects in public what he or she wrote."""

    status = 403


class NotSigned(Refusal):
    """News is written from a signed paper only."""


class AlreadyTranslated(Refusal):
    """There is one translation a language."""


@transaction.atomic
def write_publication(
    *,
    title: str,
    lead: str = "",
    body: str = "",
    dated_on: dt.date | None = None,
    by: User | None,
    at: dt.datetime,
    type: str = PublicationType.NEWS,  # noqa: A002  # the field's name
    language: str = "uk",
    tags: Sequence[str | TagName] = (),
    hromadas: Sequence[Unit] = (),
    oblasts: Sequence[Unit] | None = None,
    directions: Sequence[str] = (),
    partnership: Partnership | None = None,
    agreement: Agreement | None = None,
    authors: Sequence[AuthorLine] = (),
    quotations: Sequence[Words] = (),
    happening: When | None = None,
    source_name: str = "",
    source_url: str = "",
    origin: str = Origin.OWN,
) -> Publication:
    """Write a draft. Without `oblasts` they are those of the hromadas; without `dated_on` it is the day of writing.

    Raises ActiveContent, TooLong, Incomplete or WrongPlace.
    """
    publication = Publication(
        type=type, language=language, origin=origin, written_by=by, changed_at=at,
        dated_on=dated_on or timezone.localdate(at), partnership=partnership, agreement=agreement,
    )  # fmt: skip
    _fill(publication, title=title, lead=lead, body=body, source_name=source_name, source_url=source_url)
    publication.save()
    attach(
        publication, tags=tags, hromadas=hromadas, oblasts=oblasts, directions=directions, authors=authors,
        quotations=quotations, happening=happening,
    )  # fmt: skip
    confirm_places(publication, by=by, at=at)
    record(verb="newsroom.publication.written", by=by, subject=publication, at=at, type=type, language=language)
    return publication


@transaction.atomic
def change_publication(
    *,
    publication: Publication,
    version: int,
    title: str,
    lead: str,
    body: str,
    dated_on: dt.date,
    by: User | None,
    at: dt.datetime,
    type: str,  # noqa: A002  # the field's name
    tags: Sequence[str | TagName],
    hromadas: Sequence[Unit],
    oblasts: Sequence[Unit] | None,
    directions: Sequence[str],
    authors: Sequence[AuthorLine],
    quotations: Sequence[Words],
    happening: When | None,
    source_name: str,
    source_url: str,
    partnership: Partnership | None,
) -> Publication:
    """Change the whole item. What is published is corrected by another editor than the writer.

    Raises ChangedMeanwhile, SecondPersonNeeded, WrongState, or what write_publication raises.
    """
    publication = _locked(publication)
    if publication.version != version:
        raise ChangedMeanwhile
    if publication.state == PublicationState.WITHDRAWN:
        raise WrongState(_("This item is withdrawn and is kept as it was. Write a new one."))
    if publication.is_published and by is not None and by.pk == publication.written_by_id:
        raise SecondPersonNeeded(_("The item is published: ask another editor to correct it."))
    publication.type = type
    publication.dated_on = dated_on
    publication.partnership = partnership
    publication.changed_at = at
    publication.version += 1
    _fill(publication, title=title, lead=lead, body=body, source_name=source_name, source_url=source_url)
    attach(
        publication, tags=tags, hromadas=hromadas, oblasts=oblasts, directions=directions, authors=authors,
        quotations=quotations, happening=happening,
    )  # fmt: skip
    confirm_places(publication, by=by, at=at)
    if publication.is_published:
        _require_complete(publication)
    publication.save()
    verb = "newsroom.publication.corrected" if publication.is_published else "newsroom.publication.changed"
    record(verb=verb, by=by, subject=publication, at=at)
    return publication


@transaction.atomic
def retag_publication(*, publication: Publication, at: dt.datetime) -> Retagged | None:
    """Bring the communities that no person put under the item up to its text; None if nothing changes.

    What a person chose stays, whatever the text says; oblasts follow the communities where they did before.
    """
    publication = _locked(publication)
    change = retag(publication, at=at)
    if change is not None:
        record(
            verb="newsroom.publication.retagged", by=None, subject=publication, at=at,
            added=len(change.added), removed=len(change.removed),
        )  # fmt: skip
    return change


@transaction.atomic
def submit_for_review(*, publication: Publication, by: User | None, at: dt.datetime) -> Publication:
    """Hand a draft to the editors. Raises WrongState or Incomplete."""
    publication = _locked(publication)
    if publication.state != PublicationState.DRAFT:
        raise WrongState(_("Only a draft is handed in; this item is: %(state)s.") % _state(publication))
    _require_complete(publication)
    publication.editor_note = ""
    moved = _moved(publication, PublicationState.REVIEW, "newsroom.publication.submitted", by=by, at=at)
    telling.handed_in(moved, by=by, at=at)
    return moved


@transaction.atomic
def return_to_draft(*, publication: Publication, reason: str, by: User, at: dt.datetime) -> Publication:
    """Give an item back to its writer with a reason. Raises WrongState or Incomplete."""
    publication = _locked(publication)
    if publication.state != PublicationState.REVIEW:
        raise WrongState(_("Only an item in review is returned; this item is: %(state)s.") % _state(publication))
    publication.editor_note = _reason(reason)
    moved = _moved(publication, PublicationState.DRAFT, "newsroom.publication.returned", by=by, at=at)
    telling.answered(moved, by=by, at=at)
    return moved


@transaction.atomic
def publish(*, publication: Publication, by: User, at: dt.datetime) -> Publication:
    """Show the item to everyone. Raises WrongState, SecondPersonNeeded or Incomplete."""
    publication = _locked(publication)
    if publication.state != PublicationState.REVIEW:
        raise WrongState(_("Only an item in review is published; this item is: %(state)s.") % _state(publication))
    if by.pk == publication.written_by_id:
        raise SecondPersonNeeded(_("You wrote this item: ask another editor to read and publish it."))
    _require_complete(publication)
    publication.editor_note = ""
    publication.published_by = by
    publication.published_at = at
    moved = _moved(publication, PublicationState.PUBLISHED, "newsroom.publication.published", by=by, at=at)
    telling.answered(moved, by=by, at=at)
    return moved


@transaction.atomic
def withdraw(*, publication: Publication, reason: str, by: User, at: dt.datetime) -> Publication:
    """Take a published item away from readers, with a reason. Raises WrongState or Incomplete."""
    publication = _locked(publication)
    if not publication.is_published:
        raise WrongState(_("Only a published item is withdrawn; this item is: %(state)s.") % _state(publication))
    publication.editor_note = _reason(reason)
    moved = _moved(publication, PublicationState.WITHDRAWN, "newsroom.publication.withdrawn", by=by, at=at)
    telling.answered(moved, by=by, at=at)
    return moved


@transaction.atomic
def add_translation(
    *,
    publication: Publication,
    language: str,
    title: str,
    lead: str,
    body: str,
    quotations: Sequence[Words] = (),
    authors: Sequence[AuthorLine] = (),
    happening: When | None = None,
    source_name: str = "",
    by: User | None,
    at: dt.datetime,
) -> Publication:
    """Write the item in another language: tags, places, directions, links and the time of the happening are kept.

    Raises AlreadyTranslated, or what write_publication raises.
    """
    original = publication.translation_of or publication
    original = _locked(original)
    if language == original.language or original.translations.filter(language=language).exists():
        raise AlreadyTranslated(
            _("The item exists in this language (%(language)s): change that text.")
            % {"language": dict(settings.LANGUAGES).get(language, language)}
        )
    translated = write_publication(
        title=title, lead=lead, body=body, language=language, by=by, at=at, type=original.type,
        dated_on=original.dated_on, partnership=original.partnership, agreement=original.agreement,
        hromadas=list(original.hromadas.all()), oblasts=list(original.oblasts.all()),
        directions=original.directions, authors=authors, quotations=quotations,
        happening=happening or when_of(original), source_name=source_name or original.source_name,
        source_url=original.source_url, origin=original.origin,
    )  # fmt: skip
    translated.tags.set(original.tags.all())
    translated.translation_of = original
    translated.save(update_fields=["translation_of"])
    record(verb="newsroom.publication.translated", by=by, subject=original, at=at, language=language)
    return translated


@transaction.atomic
def add_quotation(*, publication: Publication, words: Words, by: User | None, at: dt.datetime) -> Quotation:
    """Add a quotation after those that are there. Raises WrongState or Incomplete."""
    publication = _locked(publication)
    if publication.is_published or publication.state == PublicationState.WITHDRAWN:
        raise WrongState(_("Only a draft takes quotations; this item is: %(state)s.") % _state(publication))
    added = quotation(publication, publication.quotations.count() + 1, words)
    added.save()
    publication.version += 1
    publication.changed_at = at
    publication.save(update_fields=["version", "changed_at"])
    record(verb="newsroom.publication.changed", by=by, subject=publication, at=at)
    return added


@transaction.atomic
def write_from_agreement(
    *, agreement: Agreement, partnership: Partnership, by: User | None = None, at: dt.datetime
) -> Publication:
    """Write the news of a signed paper in both languages, waiting for an editor; a second call finds the first.

    Returns the Ukrainian text. Raises NotSigned.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.state != AgreementState.SIGNED or agreement.signed_on is None:
        raise NotSigned(_("News is written once all parties have signed; this paper is not signed yet."))
    known = Publication.objects.filter(
        agreement=agreement, type=PublicationType.NEWS, translation_of=None
    ).order_by("-is_announcement", "pk").first()  # fmt: skip
    if known is not None:
        return known
    facts = announcement.facts_of(agreement, partnership)
    with translation.override("uk"):
        texts = announcement.texts(facts)
        original = write_publication(
            title=texts.title, lead=texts.lead, body=texts.body, language="uk", by=by, at=at,
            dated_on=agreement.signed_on, partnership=partnership, agreement=agreement, tags=facts.tags,
            hromadas=facts.hromadas, directions=facts.directions, source_name=texts.source_name,
            source_url=agreement.source_url, origin=agreement.origin,
        )  # fmt: skip
    with translation.override("en"):
        texts = announcement.texts(facts)
        translated = add_translation(
            publication=original, language="en", title=texts.title, lead=texts.lead, body=texts.body,
            source_name=texts.source_name, by=by, at=at,
        )  # fmt: skip
    for draft in (original, translated):
        draft.state = PublicationState.REVIEW
        draft.is_announcement = True
        draft.save(update_fields=["state", "is_announcement"])
        record(verb="newsroom.publication.announced", by=by, subject=draft, at=at, agreement=agreement.pk)
    telling.handed_in(original, by=by, at=at)
    return original


def _locked(publication: Publication) -> Publication:
    """The row as it is now: another editor may have been quicker."""
    return Publication.objects.select_for_update().get(pk=publication.pk)


def _moved(
    publication: Publication, state: PublicationState, verb: str, *, by: User | None, at: dt.datetime
) -> Publication:
    publication.state = state
    publication.changed_at = at
    publication.version += 1
    publication.save()
    record(verb=verb, by=by, subject=publication, at=at)
    return publication


def _state(publication: Publication) -> dict[str, str]:
    return {"state": publication.get_state_display()}


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Incomplete(_("Say why in a sentence; the writer reads it."), field="reason")
    return within("reason", reason, 300)


def _fill(publication: Publication, *, title: str, lead: str, body: str, source_name: str, source_url: str) -> None:
    if not title.strip():
        raise Incomplete(_("Give the item a title."), field="title")
    publication.title = within("title", title.strip(), LIMITS["title"])
    publication.lead = within("lead", lead.strip(), LIMITS["lead"])
    publication.body = markup.cleaned(within("body", body, LIMITS["body"]))
    publication.source_name = within("source_name", source_name.strip(), LIMITS["source_name"])
    if source_url and not source_url.startswith(("https://", "http://")):
        raise Incomplete(_("Give the whole address of the source, beginning with https://."), field="source_url")
    publication.source_url = source_url


def _require_complete(publication: Publication) -> None:
    """What readers need: something to read, and where it is from."""
    if not publication.lead:
        raise Incomplete(_("Write a lead: one or two sentences that say what happened."), field="lead")
    if not markup.has_paragraph(publication.body):
        raise Incomplete(_("Write at least one paragraph of text."), field="body")
    if not publication.source_name and publication.origin != Origin.OWN:
        raise Incomplete(_("Name the source: readers see where this is from."), field="source_name")
