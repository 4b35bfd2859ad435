"""A trail of three subjects, and somebody who may bend it."""

# the attacker writes his statements as he likes

import pytest
from django.db import connection

from pobratym.audit import protection
from pobratym.audit.models import Actor
from tests.audit.bending import A, B, C, write


@pytest.fixture
def trail(db):
    """Three subjects with five, three and one entries, by an actor for a body."""
    actor = Actor.objects.create(user_id=900, name="Калуш, координація")
    for number in range(1, 6):
        write(A, number)
    for number in range(1, 4):
        write(B, number)
    write(C, 1)
    return actor


@pytest.fixture
def owner(trail):
    """Somebody who may do anything to the database, and takes the triggers off first."""
    protection.unprotect(connection)

    def run(*statements):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return run
