"""The cast of the newsroom: two bodies, a coordinator, two editors, a reader; a memorandum that both signed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pobratym.accounts.choices import Role
from pobratym.accounts.models import Membership, User
from pobratym.agreements.choices import AgreementKind, AgreementState
from pobratym.agreements.models import Agreement, AgreementParty, AgreementText
from pobratym.newsroom import operations
from pobratym.newsroom.models import Publication
from pobratym.organisations.choices import BodyKind, Mandate
from pobratym.organisations.models import Body
from pobratym.partnerships.choices import PartyState, Stage
from pobratym.partnerships.models import Commitment, Partnership, Party
from pobratym.territory.choices import Kind
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Direction, Origin, Visibility

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@dataclass
class Cast:
    """Who and what the tests speak of."""

    kalush: Unit
    zaporizhzhia: Unit
    kalush_council: Body
    zaporizhzhia_council: Body
    coordinator: User
    editor: User
    other_editor: User
    reader: User


def person(name: str, role: str, body: Body | None) -> User:
    user = User.objects.create_user(email=f"{name}@example.org".replace(" ", "-"), name=name)
    Membership.objects.create(person=user, role=role, body=body, holds_from=LONG_AGO)
    return user


def council(unit: Unit, uk: str, en: str) -> Body:
    return Body.objects.create(
        kind=BodyKind.COUNCIL,
        name_uk=f"{uk} міська рада",
        name_en=f"{en} City Council",
        short_name_uk={"Калуська": "Калуш", "Запорізька": "Запоріжжя"}[uk],
        short_name_en=en,
        unit=unit,
    )


def hromada(name: str, oblast: str) -> Unit:
    return Unit.objects.get(kind=Kind.HROMADA, name=name, oblast__name=oblast)


@pytest.fixture
def cast(db: None) -> Cast:
    kalush = hromada("Калуська", "Івано-Франківська")
    zaporizhzhia = hromada("Запорізька", "Запорізька")
    first, second = council(kalush, "Калуська", "Kalush"), council(zaporizhzhia, "Запорізька", "Zaporizhzhia")
    return Cast(
        kalush=kalush,
        zaporizhzhia=zaporizhzhia,
        kalush_council=first,
        zaporizhzhia_council=second,
        coordinator=person("coordinator of Kalush", Role.COORDINATOR, first),
        editor=person("editor", Role.EDITOR, None),
        other_editor=person("other editor", Role.EDITOR, None),
        reader=person("reader", Role.READER, None),
    )


@pytest.fixture
def partnership(cast: Cast) -> Partnership:
    made = Partnership.objects.create(
        subject_uk="економічне партнерство",
        subject_en="economic partnership",
        stage=Stage.MEMORANDUM,
        began_on=dt.date(2024, 1, 15),
        visibility=Visibility.PUBLIC,
    )
    for position, body in enumerate((cast.kalush_council, cast.zaporizhzhia_council), 1):
        Party.objects.create(partnership=made, body=body, position=position, state=PartyState.SIGNED)
    for direction in Direction:
        Commitment.objects.create(partnership=made, direction=direction, text_uk=f"Робота: {direction}")
    return made


@pytest.fixture
def memorandum(cast: Cast, at: dt.datetime) -> Agreement:
    made = Agreement.objects.create(
        kind=AgreementKind.MEMORANDUM,
        title_uk="Меморандум про економічне партнерство",
        title_en="Memorandum on economic partnership",
        state=AgreementState.SIGNED,
        signed_on=dt.date(2024, 2, 20),
        source_url="https://decentralization.gov.ua/news/17698",
        origin=Origin.FOUNDING,
        made_at=at,
    )
    sections = [{"title": "Наміри", "paragraphs": ["Сторони мають намір стати містами-побратимами."]}]
    AgreementText.objects.create(agreement=made, number=1, sections=sections, written_at=at, sha256="0" * 64)
    posts = (
        ("міський голова", "mayor", Mandate.ELECTED),
        ("секретар ради", "secretary of the council", Mandate.ACTING),
    )
    for position, (body, (uk, en, mandate)) in enumerate(
        zip((cast.kalush_council, cast.zaporizhzhia_council), posts, strict=True), 1
    ):
        AgreementParty.objects.create(
            agreement=made, body=body, position=position, signed_on=dt.date(2024, 2, 20),
            signatory_uk=f"Підписант {position}", signatory_en=f"Signatory {position}",
            post_uk=uk, post_en=en, mandate=mandate,
        )  # fmt: skip
    return made


def write(by: User | None, at: dt.datetime, **fields: Any) -> Publication:
    """A draft that is ready for review."""
    ready = {
        "title": "Калуш і Запоріжжя уклали меморандум",
        "lead": "Два промислові міста домовилися працювати разом.",
        "body": "<p>Меморандум охоплює шість напрямів.</p>",
        "source_name": "Портал «Децентралізація»",
        "source_url": "https://decentralization.gov.ua/news/17698",
    }
    return operations.write_publication(by=by, at=at, **{**ready, **fields})


def published(cast: Cast, at: dt.datetime, **fields: Any) -> Publication:
    """An item that everyone sees."""
    draft = write(cast.coordinator, at, **fields)
    operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)
    return operations.publish(publication=draft, by=cast.editor, at=at)


def handed_in(publication: Publication) -> dict[str, Any]:
    """The item as a form would hand it in again, unchanged."""
    return {
        "version": publication.version,
        "type": publication.type,
        "title": publication.title,
        "lead": publication.lead,
        "body": publication.body,
        "dated_on": publication.dated_on,
        "tags": [tag.name_uk for tag in publication.tags.all()],
        "hromadas": list(publication.hromadas.all()),
        "oblasts": list(publication.oblasts.all()),
        "directions": publication.directions,
        "authors": (),
        "quotations": (),
        "happening": None,
        "source_name": publication.source_name,
        "source_url": publication.source_url,
        "partnership": publication.partnership,
    }


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, publication: Publication | None = None, language: str = "uk") -> str:
    with translation.override(language):
        return reverse(f"newsroom:{name}", args=[publication.pk] if publication else [])


def page(client: Client, at_address: str, status: int = 200) -> str:
    answer = client.get(at_address)
    assert answer.status_code == status
    return answer.content.decode()
