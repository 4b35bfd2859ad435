"""What the newsroom holds about persons with an account, what they leave open, and how long it keeps it."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import handover, personal, retention
from pobratym.accounts.choices import SUBSTITUTED_ROLES
from pobratym.accounts.handover import Open
from pobratym.accounts.models import Membership, User
from pobratym.accounts.personal import Row, plain
from pobratym.newsroom.models import Author, PlaceDecision, Publication, Quotation
from pobratym.newsroom.queries import unfinished_of


def _publications(person: User, _at: dt.datetime) -> Iterable[Row]:
    mine = Publication.objects.filter(Q(written_by=person) | Q(published_by=person)).order_by("pk")
    for item in mine:
        yield plain(
            item, "type", "state", "language", "title", "dated_on", "changed_at", "published_at",
            part="writer" if item.written_by_id == person.pk else "publisher",
        )  # fmt: skip


def _authors(person: User, _at: dt.datetime) -> Iterable[Row]:
    for author in Author.objects.filter(name=person.name).order_by("pk"):
        yield plain(author, "name", "post", "institution", publication=author.publication_id)


def _quotations(person: User, _at: dt.datetime) -> Iterable[Row]:
    for quotation in Quotation.objects.filter(speaker=person.name).order_by("pk"):
        yield plain(quotation, "speaker", "office", "text", publication=quotation.publication_id)


def _places(person: User, _at: dt.datetime) -> Iterable[Row]:
    for decision in PlaceDecision.objects.filter(decided_by=person).order_by("pk"):
        yield plain(decision, "decided_at", "words", publication=decision.publication_id, unit=decision.unit_id)


def _drafts(membership: Membership, _at: dt.datetime) -> Iterable[Open]:
    if membership.role not in SUBSTITUTED_ROLES:
        return
    for item in unfinished_of(membership.person):
        yield Open(item.title, reverse("newsroom:item", args=[item.pk]))


PUBLISHED = _("What was published under a name stays with it, as in a paper library; an editor corrects an item.")

personal.register(
    "newsroom.publication",
    title=_("Publications that you wrote or published"),
    export=_publications,
    erase=None,
    kept=_("A publication stays; who wrote or published it becomes an erased person."),
    retention="publications",
)
personal.register(
    "newsroom.author",
    title=_("Publications that name you as author"),
    export=_authors,
    erase=None,
    kept=PUBLISHED,
    retention="publications",
)
personal.register(
    "newsroom.quotation",
    title=_("Words of yours that are quoted"),
    export=_quotations,
    erase=None,
    kept=PUBLISHED,
    retention="publications",
)
personal.register(
    "newsroom.placedecision",
    title=_("Communities that you put under publications"),
    export=_places,
    erase=None,
    kept=_("A publication stays; who wrote or published it becomes an erased person."),
    retention="publications",
)
retention.register(
    "publications",
    what=_("Publications with authors and quotations"),
    ground=_("freedom of the press and the record of what was said in public"),
    happens=_("stay; an editor corrects or withdraws an item"),
    law=_("Law “On Media” 2849-IX; for partners abroad GDPR articles 17(3)(a) and 85"),
)
handover.register("newsroom.publication", title=_("Drafts"), rows=_drafts)
