"""What can be done with bodies and terms of office."""

from pobratym.organisations.operations.abroad import enter_abroad
from pobratym.organisations.operations.bodies import (
    WITH_BODIES,
    AlreadyEntered,
    WrongCode,
    WrongTerritory,
    add_body,
    change_body,
    end_body,
    follow_body,
)
from pobratym.organisations.operations.office_holders import (
    AnotherPerson,
    NotPublishedYet,
    add_office_holder,
    change_office_holder,
    end_office_holder,
    set_office_holder_visibility,
)
from pobratym.organisations.operations.periods import WrongPeriod

__all__ = [
    "WITH_BODIES",
    "AlreadyEntered",
    "AnotherPerson",
    "NotPublishedYet",
    "WrongCode",
    "WrongPeriod",
    "WrongTerritory",
    "add_body",
    "add_office_holder",
    "change_body",
    "change_office_holder",
    "end_body",
    "end_office_holder",
    "enter_abroad",
    "follow_body",
    "set_office_holder_visibility",
]
