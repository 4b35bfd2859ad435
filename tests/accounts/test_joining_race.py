"""Several at once, by threads over a database of their own: one decision, one answer, one request."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
NAME = "pobratym_joining_race"

MEET = """
import datetime as dt, re, threading
import django
django.setup()
from django.db import connections
from pobratym.accounts.joining import Joining, Verification
from pobratym.accounts.models import Invitation
from pobratym.accounts.operations import give_role, joining as operations, make_person
from pobratym.organisations.operations import add_body
from pobratym.outbox.models import Message
from pobratym.territory.models import Unit
from pobratym.vocabulary.refusals import Refusal
at = dt.datetime(2024, 2, 20, 12, tzinfo=dt.UTC)
hour = dt.timedelta(hours=1)
unit = Unit.objects.create(
    code="UA26060170000091466", kind="hromada", name="Калуська", short_name="Калуш", name_en="Kalush",
    council="urban", search_key="калуш", keys="|калуш|", sort_key="1",
)
add_body(
    kind="council", name_uk="Рада", name_en="Council", short_name_uk="Калуш", short_name_en="Kalush", unit=unit,
    official_email="rada@kalush.example", by=None, at=at,
)
moderators = [make_person(email=f"{n}@b.example", name="Модерація", by=None, at=at) for n in range(4)]
for moderator in moderators:
    give_role(person=moderator, role="moderator", by=None, at=at)

def at_once(*acts):
    begin, results = threading.Barrier(len(acts)), []
    def run(act):
        begin.wait(timeout=30)
        try:
            results.append("nothing" if act() is None else "done")
        except Refusal as refusal:
            results.append(type(refusal).__name__)
        finally:
            connections.close_all()
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    [thread.start() for thread in threads]
    [thread.join(timeout=60) for thread in threads]
    return sorted(results)

def token(page):
    return re.search(rf"/{page}/([\\w-]+)/", Message.objects.filter(text__contains=f"/{page}/").latest("pk").text)[1]

def ask():
    return operations.ask_to_join(unit=unit, name="Калуш", post="голова", email="a@kalush.example", at=at)

print(*at_once(*[ask] * 4), Joining.objects.count(), Message.objects.count())
mine = token("confirm")
print(*at_once(*[lambda: operations.confirm_joining(token=mine, at=at)] * 4))
joining = Joining.objects.get()
operations.send_official_link(joining=joining, by=moderators[0], at=at)
theirs = token("official")
print(*at_once(*[lambda: operations.answer_officially(token=theirs, agreed=True, at=at + hour)] * 4))
print(*at_once(
    *[lambda by=by: operations.accept_joining(joining=joining, by=by, at=at + hour) for by in moderators[:3]],
    lambda: operations.refuse_joining(joining=joining, reason="unclear", by=moderators[3], at=at + hour),
))
print(Verification.objects.count() == Invitation.objects.count() <= 1)
"""


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a product with an empty database of the kind that these tests run on."""
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env = kept | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "pobratym.config.settings",
        "POBRATYM_DATA": str(tmp_path),
    }
    if connection.vendor != "postgresql":
        yield env
        return
    given = connection.settings_dict
    where = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute(f"CREATE DATABASE {NAME}")
        try:
            yield env | {"POBRATYM_DB_NAME": NAME}
        finally:
            server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.mark.django_db
def test_of_several_at_once_one_counts_and_the_others_are_told(own_database: dict[str, str]) -> None:
    def run(*words: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=own_database, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.splitlines()

    run("-m", "pobratym", "migrate", "--verbosity", "0")
    said = run("-c", MEET)

    assert said == [
        "done nothing nothing nothing 1 1",
        "LinkGone LinkGone LinkGone done",
        "LinkGone LinkGone LinkGone done",
        "AlreadyDecided AlreadyDecided AlreadyDecided done",
        "True",
    ]
