"""A person about whom every kind of record is held, and a search through the whole database."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from pobratym.accounts import operations
from pobratym.accounts.models import Identity, User
from pobratym.accounts.signing_in import BACKEND
from pobratym.agreements.models import Agreement, AgreementParty
from pobratym.audit import operations as audit
from pobratym.newsroom.models import Author, Publication, Quotation
from pobratym.organisations import operations as organisations
from pobratym.organisations.choices import Mandate
from pobratym.outbox import operations as outbox
from pobratym.outbox.models import Message
from pobratym.partnerships.models import Answer, Partnership, Party

PASSWORD = "пароль, якого ніде не видно 4"
NAME = "Особа, яка піде"
ADDRESS = "who.leaves@pobratym.example"
DAY = dt.timedelta(days=1)

# Where a name stays after an erasure: public offices, signatures, authors and speakers.
STAYS = {"organisations_officeholder", "agreements_agreementparty", "newsroom_author", "newsroom_quotation"}


def a_busy_person(kalush, make, at) -> User:
    """Coordinates Kalush beside a colleague, and has left something in every place."""
    colleague = make(("coordinator", kalush), ("reader", kalush))
    invitation = operations.invite(email=ADDRESS, role="coordinator", body=kalush, by=colleague, at=at)
    person = operations.accept_invitation(token=invitation.token, name=NAME, password=PASSWORD, by=None, at=at)
    operations.give_role(person=person, role="editor", body=kalush, by=colleague, at=at)
    operations.name_substitute(
        body=kalush, substitute=colleague, holds_from=at + DAY, holds_to=at + 2 * DAY, by=person, at=at
    )
    operations.name_substitute(
        body=kalush, substitute=person, holds_from=at + DAY, holds_to=at + 2 * DAY, by=colleague, at=at
    )
    operations.hand_over(
        membership=person.memberships.get(role="editor"), successor=colleague, by=person, at=at + dt.timedelta(hours=1)
    )
    _signs_in(person, at)
    _works(person, kalush, at)
    _is_written_to(person, colleague, at)
    return person


def _signs_in(person: User, at: dt.datetime) -> None:
    client = Client()
    client.force_login(person, backend=BACKEND)
    UserSession.objects.get_or_create(
        session_key=client.session.session_key, defaults={"user": person, "ip": "192.0.2.7", "user_agent": "Firefox"}
    )
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "ключ", "credential": "таємниця-ключа"})
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Identity.objects.create(person=person, issuer="https://id.example", subject="77", linked_at=at)
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {"email": person.email}},
        task_path="pobratym.accounts.tasks.send_reset",
        backend_name="default",
        run_after=at,
    )


def _works(person: User, kalush, at: dt.datetime) -> None:
    mayor = organisations.add_office_holder(
        body=kalush, person_uk=NAME, person_en="Who Leaves", post_uk="голова", post_en="mayor",
        mandate=Mandate.ELECTED, by=person, at=at,
    )  # fmt: skip
    operations.ask_second(subject=mayor, title="Голова Калуша", raise_to="public", by=person, at=at)
    item = Publication.objects.create(title="Новина", dated_on=at.date(), changed_at=at, written_by=person)
    Author.objects.create(publication=item, position=1, name=NAME)
    Quotation.objects.create(publication=item, position=1, text="Сказано.", speaker=NAME, office="голова")
    paper = Agreement.objects.create(kind="memorandum", title_uk="Меморандум", made_at=at)
    AgreementParty.objects.create(agreement=paper, body=kalush, position=1, signatory_uk=NAME, signed_on=at.date())
    partnership = Partnership.objects.create(subject_uk="Партнерство", began_on=at.date())
    party = Party.objects.create(partnership=partnership, body=kalush, position=1)
    Answer.objects.create(party=party, reply="agree", given_by=NAME, way="account", given_at=at, confirmed_by=person)
    audit.record(
        verb="partnerships.answer.given", by=person, subject=partnership, at=at, body=kalush,
        reply="agree", party_uk="Калуш", party_en="Kalush",
    )  # fmt: skip


def _is_written_to(person: User, colleague: User, at: dt.datetime) -> None:
    Message.objects.filter(to=person.email).update(state="sent", sent_at=at)
    Message.objects.create(
        key="x:1", to=person.email, subject="Лист", text="Вітаємо!", queued_at=at, due_at=at, last_error="550 no"
    )
    outbox.queue(
        key="x:2", to=colleague.email, template="accounts/mail/absence.txt", at=at,
        data={"absence": person.absences.get()},
    )  # fmt: skip


def found_in(*words: str) -> set[str]:
    """The tables and files in which one of the words stands, whatever column or case."""
    lowered = [word.casefold() for word in words]
    return {where for where, text in _everything() if any(word in text for word in lowered)}


def _everything() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name the database gave
            # A JSON column may hold its letters escaped.
            for row in cursor.fetchall():
                text = " ".join(str(cell) for cell in row)
                yield table, f"{text} {text.encode().decode('unicode_escape', 'ignore')}".casefold()
    for folder in (settings.MEDIA_ROOT, Path(settings.DATA) / "mail"):
        for path in Path(folder).rglob("*"):
            if path.is_file():
                yield f"file {path.name}", path.read_bytes().decode("utf-8", "ignore").casefold()
