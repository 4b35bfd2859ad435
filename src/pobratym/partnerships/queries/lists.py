"""Which partnerships a person finds."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from hromadkit.places import search_key
from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships.choices import PRESENT
from pobratym.partnerships.models import (
    Answer,
    Commitment,
    OneTimeLink,
    Partnership,
    PartnershipQuerySet,
    Party,
    ProgressNote,
    Value,
)
from pobratym.territory.models import CommunityAbroad


def visible_to(user: object) -> PartnershipQuerySet:
    """The partnerships that the user may see, with their parties."""
    return Partnership.objects.visible_to(user).with_parties()


def partnerships_for_page(user: object) -> PartnershipQuerySet:
    """The same, for a page's address."""
    return visible_to(user)


def parties_for_page(user: object) -> QuerySet[Party]:
    """Parties of own partnerships (for a moderator of all), with the others beside them.

    Answers carry names, letters and questions: who takes no part finds no such page, be the partnership public.
    """
    found = Partnership.objects.visible_to(user)
    mine = circle_of(user)
    if not mine.is_moderator:
        found = found.filter(pk__in=Party.objects.filter(body_id__in=mine.bodies).values("partnership_id"))
    return (
        Party.objects.filter(partnership__in=found)
        .select_related("body__unit", "body__abroad")
        .prefetch_related(Prefetch("partnership", visible_to(user)))
    )


def commitments_for_page(user: object) -> QuerySet[Commitment]:
    """Visible commitments of visible partnerships."""
    return (
        Commitment.objects.visible_to(user)
        .filter(partnership__in=Partnership.objects.visible_to(user))
        .select_related("party__body")
        .prefetch_related(Prefetch("partnership", visible_to(user)))
    )


def showable_in(partnership: Partnership, user: object) -> dict[str, QuerySet[Any]]:
    """What of a partnership can be shown one by one, as far as the user sees it, by its name in a form."""
    own = commitments_for_page(user).filter(partnership=partnership)
    return {
        "commitment": own,
        "note": ProgressNote.objects.visible_to(user).filter(commitment__in=own).select_related("commitment"),
        "value": Value.objects.visible_to(user).filter(commitment__in=own).select_related("commitment"),
        # A text that is still being worked on is shown by signing it.
        "paper": Agreement.objects.visible_to(user).filter(partnerships=partnership).exclude(signed_on=None),
        "decision": CouncilDecision.objects.filter(partnerships=partnership),
    }


def direction_in(record: Any) -> str:
    """The direction on whose page a record stands; papers and decisions stand on none."""
    return str(getattr(getattr(record, "commitment", record), "direction", ""))


def answers_for_page(user: object) -> QuerySet[Answer]:
    """Answers in the same partnerships."""
    return (
        Answer.objects.filter(party__in=parties_for_page(user).values("pk"))
        .select_related("party__body")
        .prefetch_related(Prefetch("party__partnership", visible_to(user)))
    )


def link_of(token: str) -> OneTimeLink | None:
    """The one-time link behind an address, open or not."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return OneTimeLink.objects.select_related("party__body", "party__partnership").filter(token_digest=digest).first()


def partnerships_of(unit_codes: Collection[str], user: object) -> PartnershipQuerySet:
    """Visible partnerships with a present party in one of the units, or within one of them (an oblast, a raion)."""
    codes = list(unit_codes)
    inside = (
        Q(body__unit_id__in=codes)
        | Q(body__unit__oblast_id__in=codes)
        | Q(body__unit__raion_id__in=codes)
        | Q(body__unit__hromada_id__in=codes)
    )
    parties = Party.objects.filter(inside, state__in=PRESENT)
    return visible_to(user).filter(pk__in=parties.values("partnership_id")).order_by("-began_on", "-pk")


def partnerships_of_bodies(bodies: Collection[int], user: object) -> PartnershipQuerySet:
    """Visible partnerships in which one of the bodies takes part."""
    parties = Party.objects.filter(body_id__in=list(bodies), state__in=PRESENT)
    return visible_to(user).filter(pk__in=parties.values("partnership_id")).order_by("-began_on", "-pk")


def filtered(
    user: object, *, stage: str = "", oblast: str = "", direction: str = "", words: str = "", ended: bool = False
) -> PartnershipQuerySet:
    """The list of visible partnerships, newest first, narrowed by stage, oblast, direction and words."""
    found = visible_to(user).order_by("-began_on", "-pk")
    found = found.exclude(ended_on=None) if ended else found.going()
    if stage:
        found = found.filter(stage=stage)
    if oblast:
        inside = Party.objects.filter(Q(body__unit_id=oblast) | Q(body__unit__oblast_id=oblast), state__in=PRESENT)
        found = found.filter(pk__in=inside.values("partnership_id"))
    if direction:
        promised = Commitment.objects.visible_to(user).filter(direction=direction)
        found = found.filter(pk__in=promised.values("partnership_id"))
    abroad = _names_abroad() if words else []
    for word in search_key(words).split():
        named = Party.objects.filter(
            Q(body__unit__search_key__contains=word)
            | Q(body__unit__centre__search_key__contains=word)
            | Q(body__unit__oblast__search_key__contains=word)
            | Q(body__abroad__in=[key for key, names in abroad if word in names])
        )
        found = found.filter(pk__in=named.values("partnership_id"))
    return found


def _names_abroad() -> list[tuple[int, str]]:
    """Communities abroad with both names as search keys: they are few and carry no key of their own."""
    rows = CommunityAbroad.objects.values_list("pk", "name_uk", "name_en")
    return [(key, search_key(f"{name_uk} {name_en}")) for key, name_uk, name_en in rows]
