"""What is held about a person: nothing is forgotten by the registry, and the archive holds it without a secret."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db import models

from pobratym.accounts import operations, personal, retention
from pobratym.accounts.models import Membership, User
from pobratym.audit.models import Entry
from tests.accounts import persons
from tests.accounts.whole import PASSWORD, a_busy_person

NOT_KEPT = {"password", "token", "session_key", "digest", "data"}


def test_every_model_with_a_person_is_registered():
    assert persons.unregistered(apps.get_models(), personal.kinds) == []


def test_every_registered_kind_is_a_model_of_this_product():
    known = {model._meta.label_lower for model in apps.get_models()}

    assert set(personal.kinds) - known == set()
    assert set(persons.NO_PERSON) - known == set()


def test_every_kind_names_a_period_and_has_a_title():
    assert {
        kind.label: kind.retention for kind in personal.kinds.values() if kind.retention not in retention.rules
    } == {}
    assert [kind.label for kind in personal.kinds.values() if str(kind.title) == kind.label] == []


class Planted(models.Model):  # noqa: DJ008  # never shown
    """A model that somebody forgot to register."""

    who = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        app_label = "planted"


class PlantedName(models.Model):  # noqa: DJ008  # never shown
    signatory_uk = models.CharField(max_length=10)

    class Meta:
        app_label = "planted"


class PlantedThing(models.Model):  # noqa: DJ008  # never shown
    weight = models.IntegerField()

    class Meta:
        app_label = "planted"


def test_planted_model_with_a_person_is_found():
    assert persons.unregistered([Planted, PlantedName, PlantedThing, Membership], {"accounts.membership"}) == [
        "planted.planted: who",
        "planted.plantedname: signatory_uk",
    ]


def test_kind_that_is_kept_says_why():
    with pytest.raises(personal.KeptWithoutGround):
        personal.register("planted.planted", export=lambda *_: [], erase=None, retention="accounts")

    assert "planted.planted" not in personal.kinds


def test_rule_with_a_period_does_something():
    with pytest.raises(retention.EndWithoutDeed):
        retention.register("planted", what="x", ground="x", happens="x", apply=lambda *_: 0)

    assert "planted" not in retention.rules


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["uk", "en"])
def test_archive_holds_everything_and_no_secret(language, kalush, make, at):
    person = a_busy_person(kalush, make, at)

    content = operations.export_person(language=language, by=person, at=at)

    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    schema = json.loads(archive.read("schema.json"))
    files = {kind["file"]: kind for kind in schema["kinds"]}
    assert set(archive.namelist()) == {*files, "schema.json", "index.html"}
    for name, kind in files.items():
        rows = json.loads(archive.read(name))["rows"]
        assert len(rows) == kind["rows"] > 0
        assert sorted({field for row in rows for field in row}) == kind["fields"]
        assert not NOT_KEPT & set(kind["fields"])
    assert {kind["kind"] for kind in schema["kinds"]} >= {
        "accounts.user",
        "accounts.membership",
        "accounts.invitation",
        "accounts.absence",
        "accounts.handover",
        "audit.entry",
        "mfa.authenticator",
        "newsroom.publication",
        "outbox.message",
        "sessions.session",
        "usersessions.usersession",
    }
    index = archive.read("index.html").decode()
    assert person.name in index
    assert {"uk": "Що «Побратим» зберігає про вас", "en": "What Pobratym holds about you"}[language] in index
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert person.password not in everything
    assert "таємниця-ключа" not in everything
    assert PASSWORD not in everything
    assert [entry.facts["rows"] for entry in Entry.objects.filter(verb="audit.export.made")] == [
        sum(kind["rows"] for kind in schema["kinds"])
    ]


@pytest.mark.django_db
def test_archive_holds_nothing_of_another_person(kalush, make, at):
    person, other = a_busy_person(kalush, make, at), make(("signatory", kalush))
    operations.invite(email="third@pobratym.example", role="reader", body=kalush, by=person, at=at)

    archive = zipfile.ZipFile(io.BytesIO(operations.export_person(by=person, at=at)))

    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert other.email not in everything
    assert "third@pobratym.example" not in everything
