"""Sealing all chains at a moment."""

import datetime as dt

from django.db import transaction

from pobratym.audit.models import Seal
from pobratym.audit.queries import heads_at, new_heads
from pobratym.audit.seal_file import Count, Statement

# One statement reads one snapshot, on PostgreSQL too: the seal covers what was committed when it began, whoever
# writes meanwhile. A head is taken where it is further than every sealed one, so a later seal never forgives that a
# sealed chain was cut or rewritten.
TAKE_HEADS = """
INSERT INTO audit_sealedhead (number, subject, position, digest)
SELECT %s, head.subject, head.position, head.digest FROM audit_entry head
WHERE NOT EXISTS (
    SELECT 1 FROM audit_entry later WHERE later.subject = head.subject AND later.position > head.position
) AND NOT EXISTS (
    SELECT 1 FROM audit_sealedhead sealed WHERE sealed.subject = head.subject AND sealed.position >= head.position
)
"""


@transaction.atomic
def seal(*, at: dt.datetime) -> Seal:
    """Write the next seal over the newest entry of every subject, chained to the seal before."""
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('audit.seal', 0))")
        last = Seal.objects.order_by("number").last()
        number = last.number + 1 if last else 1
        cursor.execute(TAKE_HEADS, [number])
    heads = Count.over(heads_at(number))
    statement = Statement(
        number=number,
        at=at,
        subjects=heads.subjects,
        entries=heads.entries,
        before=last.digest if last else "",
        changes=Count.over(new_heads(number)).digest(),
        heads=heads.digest(),
    )
    return Seal.objects.create(
        number=number,
        at=at,
        subjects=statement.subjects,
        entries=statement.entries,
        before=statement.before,
        changes=statement.changes,
        heads=statement.heads,
        digest=statement.digest(),
    )
