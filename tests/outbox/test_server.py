"""A real mail server that takes, refuses for now, refuses for good, or is away."""

import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.utils import DNS_NAME

from pobratym.outbox import operations
from pobratym.outbox.choices import State
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db


class Server:
    """Answers each receiver as the part before the @ says."""

    def __init__(self) -> None:
        self.taken = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's name
        if address.startswith("nobody"):
            return "550 no such mailbox"
        if address.startswith("later"):
            return "451 greylisted, come back"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 refused by content"
        self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def server(settings, monkeypatch):
    monkeypatch.setattr(DNS_NAME, "_fqdn", "localhost", raising=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    handler = Server()
    handler.controller = Controller(handler, hostname="127.0.0.1", port=port, server_hostname="localhost")
    handler.controller.start()
    yield handler
    if handler.controller:
        handler.controller.stop()


def letter(to: str, at) -> Message:
    return Message.objects.create(
        key=to, to=f"{to}@kalush.example", subject="Запрошення", text="Вас запрошують.\n", queued_at=at, due_at=at
    )


def state(to: str) -> tuple[str, int, str]:
    message = Message.objects.get(key=to)
    return message.state, message.attempts, message.last_error


def test_server_gets_the_letter_as_it_was_written(server, at):
    letter("rada", at)

    assert operations.deliver(at=at) == 1
    [taken] = server.taken
    assert (taken["To"], taken["Subject"], taken.get_content()) == (
        "rada@kalush.example", "Запрошення", "Вас запрошують.\n",
    )  # fmt: skip


@pytest.mark.parametrize("to", ["nobody", "spam"])
def test_refusal_for_good_is_not_asked_again_and_holds_nobody_up(server, at, to):
    letter(to, at)
    letter("rada", at)

    assert operations.deliver(at=at) == 1
    found, attempts, error = state(to)
    assert (found, attempts) == (State.FAILED, 1)
    assert error.startswith("SMTP")
    assert state("rada")[0] == State.SENT


def test_refusal_for_now_is_tried_later(server, at):
    letter("later", at)

    assert operations.deliver(at=at) == 0
    assert state("later")[:2] == (State.QUEUED, 1)
    assert not Message.objects.get().doubted


def test_server_that_is_away_costs_no_attempt(server, at):
    server.controller.stop()
    server.controller = None
    letter("rada", at)
    letter("second", at)

    assert operations.deliver(at=at) == 0
    assert {state(to)[:2] for to in ("rada", "second")} == {(State.QUEUED, 0)}
    assert "refused" in state("rada")[2]
    assert Message.objects.get(key="rada").due_at > at


def test_conversation_that_breaks_off_may_have_delivered(server, at, monkeypatch):
    """The connection goes down after the letter was handed over and before the answer is read."""
    letter("rada", at)

    async def cut(self, peer, _session, envelope):
        await Server.handle_DATA(self, peer, _session, envelope)
        peer.transport.abort()
        return "250 OK"

    monkeypatch.setattr(server, "handle_DATA", cut.__get__(server), raising=False)
    server.controller.handler = server
    operations.deliver(at=at)

    message = Message.objects.get()
    assert (message.state, message.doubted) == (State.QUEUED, True)
    monkeypatch.undo()
    DNS_NAME._fqdn = "localhost"
    assert operations.deliver(at=message.due_at) == 1
    assert len({str(taken["Message-ID"]) for taken in server.taken}) == 1
    assert len(server.taken) == 2
