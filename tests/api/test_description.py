"""The API answers as its description says, to right and to wrong requests: schemathesis over every operation."""

import dataclasses

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from pobratym.config.wsgi import application
from pobratym.limits import rates
from pobratym.partnerships.choices import Stage
from pobratym.portal.demonstration import story
from tests.portal.conftest import NOW, demonstration

pytestmark = pytest.mark.usefixtures("_connection_stays")

__all__ = ["demonstration"]

OPERATIONS = {
    "GET /api/v1/partnerships",
    "GET /api/v1/partnerships/{number}",
    "GET /api/v1/publications",
    "GET /api/v1/publications/{number}",
}


@pytest.fixture
def described(demonstration, monkeypatch):
    """The description as it is served, with something to find behind it and without a limit of requests."""
    monkeypatch.setitem(rates.RATES, "api", dataclasses.replace(rates.RATES["api"], limit=1_000_000))
    story.build(Stage.PARTNERSHIP, at=NOW)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_described(described, mode):
    assert {check.__name__ for check in CHECKS.get_all()} >= {
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
        "negative_data_rejection",
        "positive_data_acceptance",
        "unsupported_method",
    }
    tried = set()
    for found in described.get_all_operations():
        operation = found.ok()
        tried.add(operation.label)

        @settings(
            max_examples=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def answers(case):
            case.call_and_validate()

        answers()

    assert tried >= OPERATIONS


def test_people_read_the_same_description_without_a_script(client, db):
    page = client.get("/api/v1/docs").content.decode()

    described = client.get("/api/v1/openapi.json").json()
    for address, methods in described["paths"].items():
        assert f"GET {address}" in page
        assert methods["get"]["summary"] in page
    for shape in described["components"]["schemas"]:
        assert shape in page
    assert "ninja" not in page
