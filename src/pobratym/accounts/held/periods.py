"""How long accounts and the contexts below keep each kind of record.

No article was read in the official text for these rows, so none is marked as verified: the page says so.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from pobratym.accounts.operations.retention import (
    forget_absences,
    forget_invitations,
    forget_sessions,
    forget_tasks,
)
from pobratym.accounts.retention import register
from pobratym.audit import operations as audit
from pobratym.limits import operations as limits
from pobratym.outbox import operations as outbox

NO_LONGER_THAN_NEEDED = _("Law “On Personal Data Protection” 2297-VI, articles 6 and 15")
PUBLIC_RECORD = _("Law “On Access to Public Information” 2939-VI; Law “On Local Self-Government in Ukraine” 280/97")
PROOF_OF_RIGHTS = _("Law “On Personal Data Protection” 2297-VI, articles 8 and 15; GDPR article 5(2)")


def _invitations(before: dt.datetime, at: dt.datetime) -> int:
    return forget_invitations(before=before, at=at)


def _sessions(before: dt.datetime, at: dt.datetime) -> int:
    return forget_sessions(before=before, at=at)


def _mails(before: dt.datetime, at: dt.datetime) -> int:
    return outbox.forget_texts(before=before, at=at)


def _attempts(before: dt.datetime, _at: dt.datetime) -> int:
    return limits.sweep(at=before)


def _seen(before: dt.datetime, _at: dt.datetime) -> int:
    return audit.forget_seen(before=before)


def _tasks(before: dt.datetime, at: dt.datetime) -> int:
    return forget_tasks(before=before, at=at)


def _absences(before: dt.datetime, at: dt.datetime) -> int:
    return forget_absences(before=before, at=at)


register(
    "accounts",
    what=_("Account: name, address, what proves you at sign-in"),
    ground=_("without it nobody can work here"),
    happens=_("emptied when its person asks to be erased"),
    law=NO_LONGER_THAN_NEEDED,
)
register(
    "roles",
    what=_("Roles and hand-overs: who answered for which body, from when till when"),
    ground=_("shows whose decision it was"),
    happens=_("stays; after an erasure without a name"),
    law=PUBLIC_RECORD,
)
register(
    "substitutions",
    what=_("Substitutions"),
    period=dt.timedelta(days=3 * 365),
    ground=_("shows who acted for whom"),
    happens=_("deleted; the history still tells that it was"),
    law=NO_LONGER_THAN_NEEDED,
    apply=_absences,
)
register(
    "invitations",
    what=_("Invitations: the address invited"),
    period=dt.timedelta(days=90),
    ground=_("to answer the question who invited whom"),
    happens=_("deleted, counted from the day the link stopped working"),
    law=NO_LONGER_THAN_NEEDED,
    apply=_invitations,
)
register(
    "sessions",
    what=_("Sessions and devices signed in"),
    period=dt.timedelta(days=1),
    ground=_("so that you can see and end your sessions"),
    happens=_("deleted, counted from the end of the session"),
    law=NO_LONGER_THAN_NEEDED,
    apply=_sessions,
)
register(
    "attempts",
    what=_("Counts of failed sign-ins and of other attempts, under a pseudonym that changes daily"),
    period=dt.timedelta(days=1),
    ground=_("so that nobody guesses a password or stops the work of others"),
    happens=_("deleted"),
    law=NO_LONGER_THAN_NEEDED,
    apply=_attempts,
)
register(
    "mails",
    what=_("Mails: address, subject and text"),
    period=dt.timedelta(days=90),
    ground=_("to clear up what did not arrive"),
    happens=_("emptied; the day of sending stays"),
    law=NO_LONGER_THAN_NEEDED,
    apply=_mails,
)
register(
    "erasures",
    what=_("Wishes to be erased: days and the letter’s number, no name"),
    ground=_("proves that what was asked was done"),
    happens=_("stays"),
    law=PROOF_OF_RIGHTS,
)
register(
    "trail",
    what=_("History: who did what and when"),
    ground=_("nobody may bend the record of public decisions; its chain would break"),
    happens=_("stays; the name stands in one place only and is emptied there by an erasure"),
    law=PUBLIC_RECORD,
)
register(
    "seen",
    what=_("Log of who saw restricted records"),
    period=dt.timedelta(days=365),
    ground=_("to find out how something restricted came out"),
    happens=_("deleted"),
    law=NO_LONGER_THAN_NEEDED,
    apply=_seen,
)
register(
    "tasks",
    what=_("Queue of background work"),
    period=dt.timedelta(days=7),
    ground=_("to find out why something was not done"),
    happens=_("deleted, counted from the day the work was done"),
    law=NO_LONGER_THAN_NEEDED,
    apply=_tasks,
)
register(
    "files",
    what=_("Stored files"),
    ground=_("belong to the record they prove"),
    happens=_("stay as long as the record"),
    law=PUBLIC_RECORD,
)
register(
    "offices",
    what=_("Names of office-holders and of those who signed a paper"),
    ground=_("a public office is held and a paper signed in public; an account’s erasure does not change them"),
    happens=_("stay as they stand in the paper"),
    law=_("Law 2297-VI, articles 8 and 15, Law 2939-VI; for partners abroad GDPR article 17(3)"),
)
