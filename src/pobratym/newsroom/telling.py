"""What people hear of from the newsroom: each function is called in the transaction of what happened."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.accounts.rules import coordinates_any
from pobratym.newsroom.models import Publication
from pobratym.newsroom.queries import edits_any, waiting_for
from pobratym.notices import kinds
from pobratym.notices.choices import When
from pobratym.notices.operations import notify
from pobratym.notices.queries import people_with
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Party


def handed_in(publication: Publication, *, by: User | None, at: dt.datetime) -> None:
    """Editors who may publish the item hear that it waits."""
    bodies: set[int | None] = {None}
    bodies |= set(Party.objects.filter(partnership=publication.partnership_id).values_list("body_id", flat=True))
    bodies |= set(Body.objects.filter(unit__in=publication.hromadas.all()).values_list("pk", flat=True))
    _notify("newsroom.handed_in", publication, people_with(Role.EDITOR, bodies=bodies, at=at), by, at)


def answered(publication: Publication, *, by: User | None, at: dt.datetime) -> None:
    """The writer hears that the item was published, returned or withdrawn."""
    if publication.written_by is not None:
        _notify("newsroom.answered", publication, [publication.written_by], by, at)


def _notify(kind: str, publication: Publication, people: Iterable[User], by: User | None, at: dt.datetime) -> None:
    notify(
        kind=kind, people=people, key=f"{kind}:{publication.pk}:{publication.version}",
        template=f"newsroom/notices/{kind.partition('.')[2]}.txt",
        data={"title": publication.title, "state": str(publication.state), "reason": publication.editor_note},
        path=["newsroom:item", publication.pk], about=publication, by=by, at=at,
    )  # fmt: skip


def _still_waits(person: User, reference: str) -> bool:
    """The item waits, and the person may publish it."""
    return waiting_for(person).filter(pk=reference.partition(":")[2]).exists()


def _still_wrote(person: User, reference: str) -> bool:
    return Publication.objects.filter(pk=reference.partition(":")[2], written_by=person).exists()


kinds.register(
    "newsroom.handed_in", _("An item waits for an editor"), default=When.AT_ONCE,
    audience=edits_any, still=_still_waits,
)  # fmt: skip
kinds.register(
    "newsroom.answered", _("Your item is published or returned"), default=When.AT_ONCE,
    audience=lambda person: edits_any(person) or bool(coordinates_any(person)), still=_still_wrote,
)  # fmt: skip
