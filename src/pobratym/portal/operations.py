"""Operations over several contexts, each in one transaction."""

import datetime as dt

from django.db import transaction

from pobratym.accounts.models import User
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement
from pobratym.newsroom import operations as newsroom
from pobratym.organisations.models import OfficeHolder
from pobratym.partnerships import operations as partnerships
from pobratym.partnerships.models import Partnership, Party


@transaction.atomic
def sign(
    *,
    partnership: Partnership,
    agreement: Agreement,
    party: Party,
    office_holder: OfficeHolder,
    signed_on: dt.date,
    by: User,
    at: dt.datetime,
) -> bool:
    """Sign for a party; when that was the last signature, write the news draft from the record.

    Returns whether the paper is now signed by all. Refusals are those of `partnerships.operations.sign`.
    """
    signed = partnerships.sign(
        partnership=partnership,
        agreement=agreement,
        party=party,
        office_holder=office_holder,
        signed_on=signed_on,
        by=by,
        at=at,
    )
    if signed.agreement.state != AgreementState.SIGNED:
        return False
    newsroom.write_from_agreement(agreement=signed.agreement, partnership=partnership, by=None, at=at)
    return True
