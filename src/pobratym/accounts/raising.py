"""Records of lower contexts that can be shown to more people after a second person agreed."""

from typing import Any

from pobratym.accounts import second
from pobratym.accounts.rules import answers_for_office
from pobratym.files import operations as files
from pobratym.files import owners
from pobratym.files.models import StoredFile
from pobratym.organisations import operations as organisations
from pobratym.organisations.models import OfficeHolder


def show_office_holder(holder: OfficeHolder, **change: Any) -> None:
    """Write the office-holder's visibility."""
    organisations.set_office_holder_visibility(holder=holder, **change)


second.register("organisations.officeholder", apply=show_office_holder, may_answer=answers_for_office)


def show_file(file: StoredFile, **change: Any) -> None:
    """Write the visibility of the version that was asked about; a newer one refuses."""
    files.set_visibility(file=file, **change)


def works_on_file(user: Any, file: StoredFile) -> bool:
    """Who may add and replace the record's files; the record is read for it, since wishes about files are few."""
    owner = owners.find(file.owner)
    return owner is not None and owner.body_for(user) is not None


second.register("files.storedfile", apply=show_file, may_answer=works_on_file)
