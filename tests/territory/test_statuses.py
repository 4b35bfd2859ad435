"""Dated statuses: what holds on a day, what is refused, and a list that is taken whole or not at all."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from pobratym.audit.queries import history_of
from pobratym.territory.choices import Status
from pobratym.territory.models import TerritoryStatus, Unit
from pobratym.territory.operations import (
    OverlappingStatus,
    StatusesRefused,
    WithoutSource,
    WrongPeriod,
    end_status,
    load_statuses,
    record_status,
)
from pobratym.territory.queries import is_at_risk, status, statuses_of

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 3, 1)
ORDER = "Наказ Мінрозвитку від 28.02.2025 № 376"
HEAD = "code,status,valid_from,valid_to,source\n"


@pytest.fixture
def zaporizhzhia():
    return Unit.objects.get(pk="UA23060070000082704")


def record(unit, at, **changes):
    values = {"status": Status.POSSIBLE, "valid_from": DAY, "valid_to": None, "source": ORDER, "by": None, "at": at}
    return record_status(unit=unit, **values | changes)


@pytest.mark.parametrize("name", ["Сімферополь", "Севастополь", "Ялтинська"])
def test_crimea_and_sevastopol_are_occupied_since_2014_by_law(name):
    unit = Unit.objects.get(name=name, code__regex="^UA(01|85)")
    row = status(unit, DAY)

    assert status(unit, dt.date(2014, 2, 19)) is None
    assert (row.status, row.valid_from.isoformat(), row.valid_to) == (Status.OCCUPIED, "2014-02-20", None)
    assert "1207-VII" in row.source
    assert is_at_risk(unit, DAY)


def test_unknown_is_unknown(zaporizhzhia):
    assert status(zaporizhzhia, DAY) is None
    assert not is_at_risk(zaporizhzhia, DAY)


def test_the_nearest_unit_above_that_knows_decides(zaporizhzhia, at):
    village = zaporizhzhia.settlements.first()
    of_oblast = record(zaporizhzhia.oblast, at)
    assert status(village, DAY) == of_oblast

    of_hromada = record(zaporizhzhia, at, status=Status.ACTIVE)

    assert status(village, DAY) == of_hromada
    assert status(zaporizhzhia.raion, DAY) == of_oblast
    assert list(statuses_of(village)) == [of_oblast, of_hromada]


def test_period_is_half_open(zaporizhzhia, at):
    row = record(zaporizhzhia, at, valid_to=dt.date(2025, 6, 1))

    assert status(zaporizhzhia, dt.date(2025, 5, 31)) == row
    assert status(zaporizhzhia, dt.date(2025, 6, 1)) is None


def test_after_a_risk_unknown_stays_at_risk(zaporizhzhia, at):
    record(zaporizhzhia, at, status=Status.ACTIVE, valid_to=dt.date(2025, 6, 1))
    assert is_at_risk(zaporizhzhia, dt.date(2026, 1, 1))

    record(zaporizhzhia, at, valid_from=dt.date(2026, 1, 1))

    assert not is_at_risk(zaporizhzhia, dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (DAY, None),
        (dt.date(2025, 5, 31), None),
        (dt.date(2024, 1, 1), dt.date(2025, 3, 2)),
        (dt.date(2024, 1, 1), None),
        (dt.date(2025, 4, 1), dt.date(2025, 4, 2)),
    ],
)
def test_overlapping_is_refused(zaporizhzhia, at, start, end):
    row = record(zaporizhzhia, at, valid_to=dt.date(2025, 6, 1))

    with pytest.raises(OverlappingStatus) as refusal:
        record(zaporizhzhia, at, status=Status.ACTIVE, valid_from=start, valid_to=end)

    assert "2025-03-01" in str(refusal.value)
    assert list(zaporizhzhia.statuses.all()) == [row]


def test_next_status_may_begin_on_the_day_the_former_ends(zaporizhzhia, at):
    row = record(zaporizhzhia, at)
    end_status(status=row, valid_to=dt.date(2025, 6, 1), by=None, at=at)

    record(zaporizhzhia, at, status=Status.ACTIVE, valid_from=dt.date(2025, 6, 1))

    assert status(zaporizhzhia, dt.date(2025, 6, 1)).status == Status.ACTIVE
    assert [line.verb for line in history_of(zaporizhzhia)] == [
        "territory.status.recorded",
        "territory.status.ended",
        "territory.status.recorded",
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"valid_to": DAY}, WrongPeriod), ({"source": " "}, WithoutSource)],
)
def test_impossible_status_leaves_no_trace(zaporizhzhia, at, changes, refusal):
    with pytest.raises(refusal):
        record(zaporizhzhia, at, **changes)

    assert not zaporizhzhia.statuses.exists()
    assert history_of(zaporizhzhia) == []


def test_ended_status_does_not_end_again(zaporizhzhia, at):
    row = record(zaporizhzhia, at, valid_to=dt.date(2025, 6, 1))

    with pytest.raises(OverlappingStatus):
        end_status(status=row, valid_to=dt.date(2025, 5, 1), by=None, at=at)
    row.refresh_from_db()

    assert row.valid_to == dt.date(2025, 6, 1)


def test_end_before_the_beginning_is_refused(zaporizhzhia, at):
    with pytest.raises(WrongPeriod):
        end_status(status=record(zaporizhzhia, at), valid_to=DAY, by=None, at=at)


def test_database_itself_keeps_two_open_statuses_apart(zaporizhzhia, at):
    record(zaporizhzhia, at)

    with pytest.raises(IntegrityError), transaction.atomic():
        TerritoryStatus.objects.create(
            unit=zaporizhzhia, status=Status.ACTIVE, valid_from=dt.date(2026, 1, 1), source=ORDER
        )


def test_list_is_loaded_and_loading_it_again_changes_nothing(zaporizhzhia, at):
    text = f"\ufeff{HEAD}{zaporizhzhia.pk},possible,2025-03-01,,{ORDER}\nUA26060170000091466,possible,01.03.2025,,x\n"

    assert load_statuses(text=text, by=None, at=at) == 2
    assert load_statuses(text=text, by=None, at=at) == 0
    assert status(zaporizhzhia, DAY).source == ORDER


def test_list_with_an_end_date_ends_the_known_status(zaporizhzhia, at):
    record(zaporizhzhia, at)
    text = f"{HEAD}{zaporizhzhia.pk},possible,2025-03-01,2025-06-01,{ORDER}\n"

    assert load_statuses(text=text.replace(",", ";"), by=None, at=at) == 1
    assert status(zaporizhzhia, dt.date(2025, 6, 1)) is None


def test_list_does_not_open_an_ended_status_again(zaporizhzhia, at):
    record(zaporizhzhia, at, valid_to=dt.date(2025, 6, 1))

    with pytest.raises(StatusesRefused, match="уже закінчився"):
        load_statuses(text=f"{HEAD}{zaporizhzhia.pk},possible,2025-03-01,,{ORDER}\n", by=None, at=at)

    assert status(zaporizhzhia, dt.date(2025, 6, 1)) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("UA23060070000082705,possible,2025-03-01,,x", "UA23060070000082705"),
        ("2310100000,possible,2025-03-01,,x", "КОАТУУ"),
        (",possible,2025-03-01,,x", "UA і 17 цифр"),
        ("UA23060070000082704,calm,2025-03-01,,x", "calm"),
        ("UA23060070000082704,possible,,,x", "з якого діє"),
        ("UA23060070000082704,possible,1 березня,,x", "1 березня"),
        ("UA23060070000082704,possible,2025-03-01,2025-02-01,x", "раніше"),
        ("UA23060070000082704,possible,2025-03-01,,", "наказ чи закон"),
        ("UA23060070000082704,active,2025-03-02,,x", "2025-03-01"),
        ("UA23060070000082704", "статус"),
        (f"UA23060070000082704,possible,2025-03-01,,{'x' * 301}", "300 знаків"),
        (f"UA23060070000082704,possible,2025-03-01,,{'x' * 140_000}", "CSV UTF-8"),
    ],
)
def test_dirty_row_is_named_and_nothing_is_written(zaporizhzhia, at, line, reason):
    text = f"{HEAD}{zaporizhzhia.pk},possible,2025-03-01,,{ORDER}\n{line}\n"

    with pytest.raises(StatusesRefused) as refusal:
        load_statuses(text=text, by=None, at=at)

    assert [problem.row for problem in refusal.value.problems] == [3]
    assert reason in str(refusal.value)
    assert not zaporizhzhia.statuses.exists()
    assert history_of(zaporizhzhia) == []


def test_all_dirty_rows_are_named_in_their_order(at):
    text = f"{HEAD}x,possible,2025-03-01,,x\nUA23060070000082704,possible,2025-03-01,2025-01-01,x\ny,,,,\n"

    with pytest.raises(StatusesRefused) as refusal:
        load_statuses(text=text, by=None, at=at)

    assert [problem.row for problem in refusal.value.problems] == [2, 3, 4]
    assert str(refusal.value).startswith("Файл не завантажено: треба виправити 3 рядки.")


@pytest.mark.parametrize("text", ["", "code,status\n", "щось інше"])
def test_file_without_the_columns_is_refused(text, at):
    with pytest.raises(StatusesRefused, match="valid_from"):
        load_statuses(text=text, by=None, at=at)


def test_command_loads_a_file(tmp_path, zaporizhzhia):
    path = tmp_path / "list.csv"
    path.write_text(f"{HEAD}{zaporizhzhia.pk},possible,2025-03-01,,{ORDER}\n", encoding="utf-8-sig")
    out = io.StringIO()

    call_command("load_statuses", str(path), stdout=out)

    assert out.getvalue() == "Statuses loaded: 1 changed.\n"
    assert zaporizhzhia.statuses.count() == 1


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "cannot be read"), (b"\xc0\xe1", "UTF-8"), (b"a", "valid_from")]
)
def test_command_refuses_what_is_no_list(tmp_path, content, reason):
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        call_command("load_statuses", str(path))
