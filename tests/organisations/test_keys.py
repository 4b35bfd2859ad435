"""Bodies entered before there were keys are found and ordered after the migration."""

from importlib import import_module

import pytest
from django.apps import apps

from pobratym.organisations import operations
from pobratym.organisations.models import Body
from pobratym.territory.models import Unit
from tests.organisations.test_following import TOWN
from tests.organisations.test_operations import KALUSH, council

pytestmark = pytest.mark.django_db


def test_migration_writes_the_keys_that_operations_write(at):
    council(Unit.objects.get(pk=KALUSH), at, edrpou="32855961")
    operations.enter_abroad(**TOWN, by=None, at=at)
    written = list(Body.objects.order_by("pk").values_list("keys", "sort_key"))
    Body.objects.update(keys="", sort_key="")

    import_module("pobratym.organisations.migrations.0002_bodies_in_order").write_keys(apps, None)

    assert written[0][0] == "|калуш|kalush|калуська міська рада|kalush city council|32855961|"
    assert list(Body.objects.order_by("pk").values_list("keys", "sort_key")) == written
