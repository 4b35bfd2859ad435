"""The read API: only what is public, with the mark of what was generated, as its description says."""

import pytest

from pobratym.partnerships.choices import Stage
from pobratym.portal.demonstration import story
from tests.portal.conftest import NOW, demonstration

__all__ = ["demonstration"]


def test_partnership_carries_the_mark_of_generated_figures(demonstration, client):
    story.build(Stage.PARTNERSHIP, at=NOW)

    found = client.get(f"/api/v1/partnerships/{story.current().pk}").json()

    values = [value for commitment in found["commitments"] for value in commitment["values"]]
    assert values
    assert {value["origin"] for value in values} == {"generated"}
    assert [party["place"]["code"] for party in found["parties"]] == ["UA26060170000091466", "UA23060070000082704"]


def test_what_is_not_public_is_not_there(demonstration, client):
    story.build(Stage.CONTACT, at=NOW)

    assert client.get(f"/api/v1/partnerships/{story.current().pk}").status_code == 404
    assert story.current().pk not in [line["id"] for line in client.get("/api/v1/partnerships").json()]


def test_publications_are_found_by_community(demonstration, client):
    story.build(Stage.MEMORANDUM, at=NOW)

    found = client.get("/api/v1/publications", {"hromada": "UA26060170000091466"}).json()

    assert {line["language"] for line in found} == {"uk", "en"} or {line["language"] for line in found} == {"uk"}
    one = client.get(f"/api/v1/publications/{found[0]['id']}").json()
    assert one["hromadas"] == ["UA23060070000082704", "UA26060170000091466"]
    assert len(one["quotations"]) == 2


@pytest.mark.parametrize(
    "address", ["partnerships/9999999999999999999999", "publications/999999", "partnerships?page=0"]
)
def test_bad_requests_are_refused_with_a_sentence(demonstration, client, address):
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code in {404, 422}
    assert answer.json()["detail"]
