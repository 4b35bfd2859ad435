"""The bytes of a mail: the same each time, Ukrainian in seven bits, no header added by a name, the way out."""

import email
from email.policy import default
from pathlib import Path

import pytest
from django.core.mail import get_connection

from pobratym.outbox import folder, operations
from pobratym.outbox.letters import compose, message_id
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db
SUBJECT = "Пам’ятка «Калуш і Запоріжжя»: меморандум чекає на ваш підпис, пане міський голово, щонайпізніше до п’ятниці"


def row(at, **changes) -> Message:
    values = {"key": "letter:1", "to": "rada@kalush.example", "subject": SUBJECT, "text": "Текст з апострофом ’.\n"}
    return Message.objects.create(queued_at=at, due_at=at, **{**values, **changes})


def composed(message: Message) -> bytes:
    return compose(message, get_connection()).message().as_bytes()


def test_letter_is_the_same_at_every_attempt(at):
    message = row(at)

    assert composed(message) == composed(Message.objects.get())


def test_ukrainian_arrives_whole_in_seven_bits(at):
    written = composed(row(at))
    read = email.message_from_bytes(written, policy=default)

    assert written.isascii()
    assert max(len(line) for line in written.splitlines()) < 998
    assert read["Subject"] == SUBJECT
    assert read.get_content() == "Текст з апострофом ’.\n"
    assert read["Date"].datetime == at
    assert (read["Message-ID"], read["Auto-Submitted"]) == (message_id("letter:1"), "auto-generated")


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r", "\x85", "\u2028", "\x0b"])
def test_name_with_a_line_break_adds_no_header(at, line):
    class Body:
        name = f"Рада{line}Bcc: y@evil.example"

    message = operations.queue(
        key="letter:1", to="rada@kalush.example", template="partnerships/mail/invitation.txt", at=at,
        data={"body": Body.name, "parties": [], "subject": Body.name, "address": "", "until": "", "message": ""},
    )  # fmt: skip
    read = email.message_from_bytes(composed(message), policy=default)

    assert read["Bcc"] is None
    assert set(read.keys()) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Message-ID", "Date",
        "Auto-Submitted",
    }  # fmt: skip


def test_way_out_by_one_click_is_for_https(at):
    secure = email.message_from_bytes(composed(row(at, unsubscribe="https://p.example/x")), policy=default)
    plain = email.message_from_bytes(composed(row(at, key="2", unsubscribe="http://p.example/x")), policy=default)

    assert secure["List-Unsubscribe"] == "<https://p.example/x>"
    assert secure["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert plain["List-Unsubscribe"] == "<http://p.example/x>"
    assert plain["List-Unsubscribe-Post"] is None


def test_letter_that_nobody_can_decline_offers_no_way_out(at):
    read = email.message_from_bytes(composed(row(at)), policy=default)

    assert read["List-Unsubscribe"] is None


def test_folder_holds_each_letter_once(tmp_path: Path, at):
    connection = folder.EmailBackend(file_path=tmp_path / "mail")
    mails = [compose(row(at, key=key), connection) for key in ("a", "b")]

    assert connection.send_messages(mails) == 2
    written = {path.name: path.read_bytes() for path in (tmp_path / "mail").iterdir()}
    assert connection.send_messages(mails) == 2

    assert len(written) == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "mail").iterdir()} == written
    assert list((tmp_path / "mail-unfinished").iterdir()) == []


def test_name_of_a_file_never_leads_out_of_the_folder(tmp_path: Path):
    assert folder._name("<../../etc/passwd@host>") == "------etc-passwd"


def test_what_a_killed_process_began_is_cleared_away(tmp_path: Path, at):
    connection = folder.EmailBackend(file_path=tmp_path / "mail")
    name = message_id("letter:1").strip("<>").partition("@")[0]
    (tmp_path / "mail-unfinished").mkdir()
    (tmp_path / "mail-unfinished" / f"{name}.eml.1").write_bytes(b"half")

    connection.send_messages([compose(row(at), connection)])

    assert [path.name for path in (tmp_path / "mail").iterdir()] == [f"{name}.eml"]
    assert list((tmp_path / "mail-unfinished").iterdir()) == []
