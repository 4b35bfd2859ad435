"""What may be seen, and in what order. Lists hold each item once, in the reader's language if it is there."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.accounts.queries import Circle, circle, circle_at
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.happenings import Reader, coming
from pobratym.newsroom.models import Publication, PublicationQuerySet, Quotation, Tag, Topic, open_to_all
from pobratym.partnerships.models import Partnership, Party
from pobratym.territory.choices import Kind
from pobratym.territory.models import Unit


def visible_to(user: object, at: dt.datetime | None = None) -> PublicationQuerySet:
    """What the person may open; without `at`, at present.

    Everyone: what is published. A writer: the own items. An editor of the platform: all; an editor of a body: those
    about its communities and partnerships. People of a party: what waits for an editor about their partnership.
    """
    mine = _circle(user, at)
    if mine.is_editor:
        return Publication.objects.all()
    seen = open_to_all()
    if isinstance(user, User):
        seen |= Q(written_by=user) | _about_bodies(_edited(mine))
        seen |= Q(state=PublicationState.REVIEW) & _in_partnership_of(mine.bodies)
    return Publication.objects.filter(seen)


def for_page(user: object) -> PublicationQuerySet:
    """What the person may open, with all that a page of it shows."""
    return visible_to(user).for_page()


def edited_by(user: object, at: dt.datetime | None = None) -> PublicationQuerySet:
    """What the person answers for as an editor."""
    mine = _circle(user, at)
    return Publication.objects.all() if mine.is_editor else Publication.objects.filter(_about_bodies(_edited(mine)))


def waiting_for(user: User, at: dt.datetime | None = None) -> PublicationQuerySet:
    """What this editor may publish now: in review and written by another."""
    others = ~Q(written_by=user) | Q(written_by=None)
    return edited_by(user, at).filter(others).waiting().select_related("written_by", "partnership")


def unfinished_of(user: User) -> PublicationQuerySet:
    """The own items that are not published, the last changed first."""
    unfinished = [PublicationState.DRAFT, PublicationState.REVIEW]
    return Publication.objects.filter(written_by=user, state__in=unfinished).order_by("-changed_at", "-pk")


def edits_any(user: object) -> bool:
    """Whether the person is an editor of the platform or of a body."""
    return any(role == Role.EDITOR for role, _body in circle(user).roles)


def _circle(user: object, at: dt.datetime | None) -> Circle:
    return circle(user) if at is None else circle_at(user, at)


def _edited(mine: Circle) -> list[int]:
    """The bodies that the circle edits for."""
    return [body for role, body in mine.roles if role == Role.EDITOR and body is not None]


def _about_bodies(bodies: Iterable[int]) -> Q:
    through = Publication.hromadas.through.objects.filter(publication=OuterRef("pk"), unit__bodies__in=list(bodies))
    return Q(Exists(through)) | _in_partnership_of(bodies)


def _in_partnership_of(bodies: Iterable[int]) -> Q:
    parties = Party.objects.filter(partnership=OuterRef("partnership"), body__in=list(bodies))
    return Q(Exists(parties))


def listed(
    language: str | None = None,
    *,
    type: str = "",  # noqa: A002  # the field's name
    oblast: str = "",
    hromada: str = "",
    tag: str = "",
    direction: str = "",
) -> QuerySet[Publication]:
    """Published items, newest first, narrowed by codes, slug and choices; ready for cards."""
    found = Publication.objects.published().in_language(language or get_language() or "uk")
    if type:
        found = found.filter(type=type)
    if oblast:
        found = found.filter(oblasts=oblast)
    if hromada:
        found = found.filter(hromadas=hromada)
    if tag:
        found = found.filter(tags__slug=tag)
    if direction:
        found = found.filter(topics__direction=direction)
    return found.newest_first().for_cards()


def about_partnership(partnership: Partnership, language: str | None = None) -> QuerySet[Publication]:
    """The partnership in the news."""
    return listed(language).filter(partnership=partnership)


def about_place(unit: Unit, language: str | None = None) -> QuerySet[Publication]:
    """The news of an oblast, a raion, a hromada, or of the hromada of a settlement."""
    if unit.kind == Kind.OBLAST:
        return listed(language, oblast=unit.pk)
    if unit.kind == Kind.RAION:
        within = Publication.hromadas.through.objects.filter(publication=OuterRef("pk"), unit__raion=unit)
        return listed(language).filter(Exists(within))
    hromada = unit.hromada_id if not unit.is_community else unit.pk
    return listed(language, hromada=hromada) if hromada else listed(language).none()


def upcoming(on: dt.date, reader: Reader, language: str | None = None) -> list[Publication]:
    """Announced happenings from the day on, the nearest first; see `happenings.coming`."""
    month = timezone.make_aware(dt.datetime.combine(on.replace(day=1), dt.time.min))
    found = listed(language).filter(Q(happening__starts_at__gte=month) | Q(happening__ends_at__gte=month))
    return coming(found, reader, on)


def related(publication: Publication, limit: int = 4, language: str | None = None) -> list[Publication]:
    """What stands beside an item: by shared hromadas, then directions, then tags, then date; the newest fill up."""
    original = publication.translation_of_id or publication.pk
    others = listed(language or get_language()).exclude(Q(pk=original) | Q(translation_of=original))
    ranked = others.annotate(
        by_hromada=_shared(Publication.hromadas.through.objects.filter(unit__in=publication.hromadas.values("pk"))),
        by_direction=_shared(Topic.objects.filter(direction__in=publication.topics.values("direction"))),
        by_tag=_shared(Publication.tags.through.objects.filter(tag__in=publication.tags.values("pk"))),
    )
    order = ("-by_hromada", "-by_direction", "-by_tag", "-dated_on", "-published_at", "-pk")
    return list(ranked.order_by(*order)[:limit])


def _shared(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows belong to the publication in question."""
    own = rows.filter(publication=OuterRef("pk")).order_by().values("publication")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), Value(0))


def quotations_of(partnership: Partnership, language: str | None = None) -> QuerySet[Quotation]:
    """The voices about a partnership, each once, in the reader's language if it was translated."""
    told = Publication.objects.published().in_language(language or get_language() or "uk")
    return (
        Quotation.objects.filter(publication__in=told.filter(partnership=partnership))
        .select_related("community", "publication")
        .order_by("publication__dated_on", "publication", "position")
    )


def translation_in(publication: Publication, language: str) -> Publication | None:
    """The same item in the language, if readers may open it."""
    original = publication.translation_of_id or publication.pk
    same = Publication.objects.published().filter(Q(pk=original) | Q(translation_of=original), language=language)
    return same.first()


def tags_in_use() -> QuerySet[Tag]:
    """Tags that a published item carries."""
    return Tag.objects.filter(Exists(_published_with(Publication.tags.through, tag=OuterRef("pk")))).order_by("slug")


def oblasts_in_use() -> QuerySet[Unit]:
    """Oblasts that a published item is about."""
    carried = _published_with(Publication.oblasts.through, unit=OuterRef("pk"))
    return Unit.objects.filter(Exists(carried)).order_by("sort_key")


def hromadas_in_use(oblast: str = "") -> QuerySet[Unit]:
    """Hromadas that a published item is about, of one oblast if it is chosen."""
    carried = _published_with(Publication.hromadas.through, unit=OuterRef("pk"))
    found = Unit.objects.filter(Exists(carried)).select_related("raion", "oblast").order_by("sort_key")
    return found.filter(Q(oblast=oblast) | Q(pk=oblast)) if oblast else found


def _published_with(through: type[Model], **of: OuterRef) -> QuerySet[Any]:
    rows = through._default_manager  # noqa: SLF001  # Django's documented model API
    return rows.filter(publication__in=Publication.objects.published(), **of)
