"""Bodies and people of the stories: Kalush, Zaporizhzhia, Chernivtsi; persons carry their role as name."""

import datetime as dt
from typing import Any

from pobratym.accounts.operations import give_role, make_person
from pobratym.agreements import operations as papers
from pobratym.agreements.models import Agreement
from pobratym.organisations.choices import BodyKind, Mandate
from pobratym.organisations.models import Body
from pobratym.organisations.operations import add_body, add_office_holder
from pobratym.partnerships import operations
from pobratym.partnerships.choices import Reply
from pobratym.partnerships.models import Partnership, Party
from pobratym.territory.models import Unit

AT = dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)
TODAY = AT.date()

ENGLISH = {"Калуш": "Kalush", "Запоріжжя": "Zaporizhzhia", "Чернівці": "Chernivtsi", "Полтава": "Poltava"}


def body_of(name: str, **rest: Any) -> Body:
    """The council of a community, with an official address."""
    english = ENGLISH[name]
    unit = Unit.objects.get(kind="hromada", centre__name=name, centre__kind="city")
    facts: dict[str, Any] = {"official_email": f"rada@{english.lower()}.example.org"} | rest
    return add_body(
        kind=BodyKind.COUNCIL,
        name_uk=f"{name}: міська рада",
        name_en=f"{english} City Council",
        short_name_uk=name,
        short_name_en=english,
        unit=unit,
        by=None,
        at=AT,
        **facts,
    )


def member(role: str, body: Body | None = None) -> Any:
    """A person with a role that began before the story."""
    person = make_person(
        email=f"{role}.{body.pk if body else 'platform'}@example.org",
        name=f"{body.short_name_uk if body else 'Платформа'}: {role}",
        by=None,
        at=AT,
    )
    give_role(person=person, role=role, body=body, holds_from=dt.datetime(2023, 1, 1, tzinfo=dt.UTC), by=None, at=AT)
    return person


def head_of(body: Body, **rest: Any) -> Any:
    """Who may sign for the body."""
    facts: dict[str, Any] = {
        "person_uk": "Міський голова",
        "person_en": "City mayor",
        "mandate": Mandate.ELECTED,
        "may_sign": True,
    } | rest
    return add_office_holder(
        body=body,
        post_uk="міський голова",
        post_en="mayor",
        by=None,
        at=AT,
        **facts,
    )


def proposed(*bodies: Body, **rest: Any) -> Partnership:
    """A partnership that the first body proposes to the others."""
    facts: dict[str, Any] = {
        "subject_uk": "економічне партнерство",
        "subject_en": "economic partnership",
        "began_on": dt.date(2024, 1, 12),
        "by": None,
        "at": AT,
    } | rest
    return operations.propose(by_body=bodies[0], bodies=bodies[1:], **facts)


def party_of(partnership: Partnership, body: Body) -> Party:
    return partnership.parties.get(body=body)


def letter(partnership: Partnership, body: Body, reply: str = Reply.AGREE, **rest: Any) -> Any:
    """An answer by letter № 112."""
    facts: dict[str, Any] = {"letter_number": "112", "letter_on": dt.date(2024, 1, 25)} | rest
    return operations.answer_by_letter(party=party_of(partnership, body), reply=reply, by=None, at=AT, **facts)


def agreed(*bodies: Body, **rest: Any) -> Partnership:
    """A partnership to which every invited body agreed."""
    partnership = proposed(*bodies, **rest)
    for body in bodies[1:]:
        letter(partnership, body)
    partnership.refresh_from_db()
    return partnership


def memorandum(partnership: Partnership, **rest: Any) -> Agreement:
    """A memorandum to whose text every present party agreed."""
    agreement = operations.draft_memorandum(partnership=partnership, by=None, at=AT, **rest)
    for party in agreement.parties.select_related("body"):
        agree(agreement, party.body)
    return agreement


def agree(agreement: Agreement, body: Body) -> None:
    papers.agree_text(agreement=agreement, body=body, text_number=agreement.texts.count(), by=None, at=AT)


def sign(partnership: Partnership, agreement: Agreement, body: Body, **rest: Any) -> operations.Signed:
    """A signature of the body by its head."""
    facts: dict[str, Any] = {"signed_on": TODAY} | rest
    return operations.sign(
        partnership=partnership, agreement=agreement, party=party_of(partnership, body), by=None, at=AT, **facts
    )
