"""Ordering that an enterprise is out of sight, and ending such an order. The trail holds neither code nor name."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pobratym.audit import operations as audit
from pobratym.organisations.edrpou import is_edrpou
from pobratym.organisations.takedown import SHORTEST_NAME, Takedown, pattern_of
from pobratym.vocabulary.refusals import Refusal


class TakedownRefused(Refusal):
    """A code, a name or a ground that an order cannot rest on."""


class AlreadyTakenDown(Refusal):
    """An order for the code is in force."""

    field = "edrpou"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This code is hidden already. End that order first if its names must change."))


class AlreadyLifted(Refusal):
    """The order has ended."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This order has ended already: what it hid is shown again."))


def pattern_for(*, edrpou: str, names: Iterable[str], ground: str) -> str:
    """The expression of an order, for those who look before they act. Raises TakedownRefused."""
    if not is_edrpou(edrpou.strip()):
        raise TakedownRefused(_("This is not an EDRPOU code: enter its eight digits from the order."), field="edrpou")
    if any(len(name.strip()) < SHORTEST_NAME for name in names):
        raise TakedownRefused(
            ngettext_lazy(
                "A name has at least %(least)d letter: a shorter one would hide what has nothing to do with it.",
                "A name has at least %(least)d letters: a shorter one would hide what has nothing to do with it.",
                SHORTEST_NAME,
            )
            % {"least": SHORTEST_NAME},
            field="names",
        )
    if not ground.strip():
        raise TakedownRefused(_("Name the order by its number and date: it is the ground."), field="ground")
    return pattern_of(edrpou.strip(), names)


@transaction.atomic
def take_down(*, edrpou: str, names: Iterable[str], ground: str, by: AbstractBaseUser, at: dt.datetime) -> Takedown:
    """From this moment no reader outside finds what names the enterprise. Raises TakedownRefused, AlreadyTakenDown."""
    names = [" ".join(name.split()) for name in names if name.strip()]
    pattern = pattern_for(edrpou=edrpou, names=names, ground=ground)
    try:
        with transaction.atomic():
            order = Takedown.objects.create(
                edrpou=edrpou.strip(), names=names, ground=ground.strip(), hidden_from=at, pattern=pattern
            )
    except IntegrityError as error:
        raise AlreadyTakenDown from error
    audit.record(
        verb="organisations.takedown.ordered", by=by, subject=order, at=at, ground=order.ground, names=len(names)
    )
    return order


@transaction.atomic
def lift_takedown(*, order: Takedown, ground: str, by: AbstractBaseUser, at: dt.datetime) -> Takedown:
    """What the order hid is shown again, exactly as before. Raises AlreadyLifted, TakedownRefused."""
    order = Takedown.objects.select_for_update().get(pk=order.pk)
    if order.hidden_to is not None:
        raise AlreadyLifted
    if not ground.strip():
        raise TakedownRefused(_("Say on what ground the order ends."), field="ground")
    order.hidden_to = at
    order.save(update_fields=["hidden_to"])
    audit.record(verb="organisations.takedown.lifted", by=by, subject=order, at=at, ground=ground.strip())
    return order
