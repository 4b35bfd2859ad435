"""What notices hold about a person, and how long."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from pobratym.accounts import personal, retention
from pobratym.accounts.models import User
from pobratym.accounts.personal import Row, blotted, plain
from pobratym.notices import operations
from pobratym.notices.models import Correspondence, Notice, Preference

KEPT_FOR = dt.timedelta(days=90)


def _preferences(person: User, _at: dt.datetime) -> Iterable[Row]:
    return [plain(row, "kind", "when", "chosen_at") for row in Preference.objects.filter(person=person)]


def _correspondence(person: User, _at: dt.datetime) -> Iterable[Row]:
    return [plain(row, "language", "weekday") for row in Correspondence.objects.filter(person=person)]


def _notices(person: User, _at: dt.datetime) -> Iterable[Row]:
    rows = Notice.objects.filter(person=person).order_by("pk")
    return [plain(row, "kind", "state", "happened_at", "told_at", "data") for row in rows]


def _erase_preferences(person: User, _at: dt.datetime) -> int:
    return Preference.objects.filter(person=person).delete()[0]


def _erase_correspondence(person: User, _at: dt.datetime) -> int:
    return Correspondence.objects.filter(person=person).delete()[0]


def _erase_notices(person: User, _at: dt.datetime) -> int:
    """The own notices go; what others were told loses the name."""
    changed = Notice.objects.filter(person=person).delete()[0]
    for notice in Notice.objects.iterator():
        told = blotted(person, notice.data)
        if told != notice.data:
            notice.data = told
            notice.save(update_fields=["data"])
            changed += 1
    return changed


def _forget(before: dt.datetime, at: dt.datetime) -> int:
    return operations.forget_told(before=before, at=at)


personal.register(
    "notices.preference", title=_("Letters that you chose or declined"), export=_preferences, erase=_erase_preferences,
    retention="notices_choices",
)  # fmt: skip
personal.register(
    "notices.correspondence", title=_("Language and day of your letters"), export=_correspondence,
    erase=_erase_correspondence, retention="notices_choices",
)  # fmt: skip
personal.register(
    "notices.notice", title=_("What you were told of"), export=_notices, erase=_erase_notices, retention="notices"
)
retention.register(
    "notices",
    what=_("What people were told of by letter"),
    period=KEPT_FOR,
    ground=_("so that nobody is told twice"),
    happens=_("the rows are deleted"),
    apply=_forget,
)
retention.register(
    "notices_choices",
    what=_("Which letters a person wants, in which language and when"),
    ground=_("needed as long as letters are sent to the person"),
    happens=_("deleted with the account"),
)
