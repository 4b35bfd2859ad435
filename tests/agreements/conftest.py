"""Bodies of the stories."""

import pytest

from pobratym.organisations.models import Body
from tests.partnerships.cast import body_of, head_of


@pytest.fixture
def kalush(db: None) -> Body:
    body = body_of("Калуш")
    head_of(body)
    return body


@pytest.fixture
def zaporizhzhia(db: None) -> Body:
    body = body_of("Запоріжжя")
    head_of(body)
    return body


@pytest.fixture
def chernivtsi(db: None) -> Body:
    body = body_of("Чернівці")
    head_of(body)
    return body
