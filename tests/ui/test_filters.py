"""Figures and dates in the way of each language."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from pobratym.ui.templatetags.ui import day, figure, moment, month, percent, proof_label

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "uk", "en"),
    [
        (710052, f"710{NBSP}052", "710,052"),
        (Decimal("412.00"), "412", "412"),
        (Decimal("9.50"), "9,5", "9.5"),
        (9.5, "9,5", "9.5"),
        (Decimal(1000), f"1{NBSP}000", "1,000"),
        (0, "0", "0"),
        (None, "—", "—"),
        ("", "—", "—"),
        ("4 з 5", "4 з 5", "4 з 5"),
    ],
)
def test_figure(value: Decimal | float | str | None, uk: str, en: str) -> None:
    with translation.override("uk"):
        assert figure(value) == uk
    with translation.override("en"):
        assert figure(value) == en


@pytest.mark.parametrize(
    ("language", "said"), [("uk", f"20{NBSP}лютого{NBSP}2024"), ("en", f"20{NBSP}February{NBSP}2024")]
)
def test_day(language: str, said: str) -> None:
    with translation.override(language):
        assert day(dt.date(2024, 2, 20)) == said
        assert day(None) == "—"


def test_month_stands_alone_in_the_nominative() -> None:
    with translation.override("uk"):
        assert month(dt.date(2024, 2, 20)) == f"лютий{NBSP}2024"
    with translation.override("en"):
        assert month(dt.date(2024, 2, 20)) == f"February{NBSP}2024"


def test_moment() -> None:
    with translation.override("uk"):
        assert moment(dt.datetime(2025, 11, 27, 9, 30)) == f"27{NBSP}листопада{NBSP}2025, 9:30"  # noqa: DTZ001


@pytest.mark.parametrize(("language", "said"), [("uk", f"42{NBSP}%"), ("en", "42%")])
def test_percent(language: str, said: str) -> None:
    with translation.override(language):
        assert percent(Decimal("0.421")) == said
        assert percent(None) == "—"


def test_proof_in_words() -> None:
    with translation.override("uk"):
        assert proof_label("measured") == "виміряно"
        assert proof_label("за словами голови") == "за словами голови"
