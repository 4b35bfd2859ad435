"""What the tests of the trail share: three subjects, and an attacker with the rights of the owner."""

# the attacker writes his statements as he likes

import datetime as dt
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection

from pobratym.audit.chains import Wrong, digest
from pobratym.audit.checking import check
from pobratym.audit.models import Entry, Seal
from pobratym.audit.operations import record
from pobratym.audit.queries import seal_file
from pobratym.audit.seal_file import SealFile

AT = dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)


class Subject:
    """Stands for any record: the trail knows no more of one than its name."""

    class _meta:  # noqa: N801
        label_lower = "test.record"

    def __init__(self, pk):
        self.pk = pk


A, B, C = Subject(1), Subject(2), Subject(3)
NAMES = {"a": "test.record:1", "b": "test.record:2", "c": "test.record:3"}
ONE_ENTRY = f"WHERE subject = '{NAMES['a']}' AND position = "


def write(subject, number):
    moment = AT + dt.timedelta(hours=number)
    return record(verb="test.record.changed", by=None, subject=subject, at=moment, number=number, done=True)


def kept(tmp_path, number=None):
    """The seal as a file in the operator's drawer."""
    stored = Seal.objects.get(number=number) if number else Seal.objects.order_by("number").last()
    path = tmp_path / f"seal-{stored.number}.txt"
    path.write_text("".join(seal_file(stored)), encoding="ascii", newline="")
    return path


def findings(*paths):
    """What a check says; that the triggers are off is left out, it is a test of its own."""
    report = check([SealFile(path) for path in paths])
    return [finding for finding in report.findings if finding.wrong != Wrong.UNPROTECTED]


def rewrite(name):
    """Compute all digests of a subject anew: the chain looks sound afterwards."""
    before = ""
    for position, entry in enumerate(Entry.objects.about(NAMES[name]), start=1):
        before = digest(entry, before=before, position=position)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE audit_entry SET digest = %s, position = %s WHERE id = %s", [before, position, entry.pk]
            )


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("audit", *arguments, stdout=out, stderr=err)
    except CommandError as refusal:
        return refusal.returncode, out.getvalue(), err.getvalue() + str(refusal)
    return 0, out.getvalue(), err.getvalue()
