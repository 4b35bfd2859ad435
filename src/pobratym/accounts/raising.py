"""Records of lower contexts that can be shown to more people after a second person agreed."""

from typing import Any

from pobratym.accounts import second
from pobratym.accounts.rules import answers_for_office
from pobratym.organisations import operations as organisations
from pobratym.organisations.models import OfficeHolder


def show_office_holder(holder: OfficeHolder, **change: Any) -> None:
    """Write the office-holder's visibility."""
    organisations.set_office_holder_visibility(holder=holder, **change)


second.register("organisations.officeholder", apply=show_office_holder, may_answer=answers_for_office)
