"""The codifier in the database: whole, once, and the same as in the kit."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from hromadkit import places
from pobratym.territory.models import FormerName, LoadedTable, TerritoryStatus, Unit
from pobratym.territory.operations import load_territory

pytestmark = pytest.mark.django_db


def test_all_units_are_loaded():
    columns = ("code", "kind", "name", "oblast_id", "raion_id", "hromada_id", "centre_id")
    loaded = set(Unit.objects.values_list(*columns))

    assert loaded == {
        (unit.code, unit.kind.value, unit.name, unit.oblast, unit.raion, unit.hromada, unit.centre)
        for unit in places.units()
    }
    assert FormerName.objects.count() == len(places.former_names())


def test_loading_again_changes_nothing(django_assert_num_queries):
    with django_assert_num_queries(3):  # savepoint, checksums, release
        done = load_territory()

    assert done is False


def test_loading_another_table_writes_it_over():
    LoadedTable.objects.filter(name="units.tsv.gz").update(sha256="")
    Unit.objects.filter(pk="UA26060170000091466").update(name="Інша", weight=0)
    steps = []

    done = load_territory(progress=lambda done, total: steps.append((done, total)))

    kalush = Unit.objects.get(pk="UA26060170000091466")
    assert done is True
    assert (kalush.name, kalush.weight) == ("Калуська", 65_088)
    assert steps[-1] == (31_744, 31_744)
    assert Unit.objects.count() == 31_744
    assert TerritoryStatus.objects.count() == 2


def test_command_tells_that_there_is_nothing_to_do():
    out = io.StringIO()

    call_command("load_territory", stdout=out)

    assert out.getvalue() == "Territory is up to date.\n"


def test_command_tells_how_far_it_is():
    LoadedTable.objects.all().delete()
    out = io.StringIO()

    call_command("load_territory", stdout=out)

    assert "\r2000 / 31744" in out.getvalue()
    assert out.getvalue().endswith("Territory loaded: 31744 units.\n")


def test_former_names_keep_their_dates_and_unknown_stays_unknown():
    kropyvnytskyi = FormerName.objects.get(name="Кіровоград")
    chervonohradska = FormerName.objects.get(name="Червоноградська")

    assert kropyvnytskyi.used_until.isoformat() == "2016-07-14"
    assert kropyvnytskyi.unit.name == "Кропивницький"
    assert (chervonohradska.renamed_on, chervonohradska.used_until) == (None, None)


def test_no_row_refers_to_a_missing_one():
    connection.check_constraints([Unit._meta.db_table])
