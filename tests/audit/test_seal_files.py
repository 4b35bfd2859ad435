"""The command and the seal as a file: what operators hold, and what is refused."""

# ruff: noqa: S608  # the attacker writes his statements as he likes

import re
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pobratym.audit import protection
from pobratym.audit.chains import Finding, Wrong
from pobratym.audit.checking import check
from pobratym.audit.models import Entry, Seal
from pobratym.audit.operations import seal
from pobratym.audit.seal_file import NotASeal, SealFile
from tests.audit.bending import NAMES, ONE_ENTRY, A, kept, run, write


def test_command_seals_exports_and_verifies(trail, tmp_path):
    number, stored = run("seal")[1].split()
    code, text, _err = run("export-seal", "--number", number)
    path = tmp_path / "seal.txt"
    path.write_text(text, encoding="ascii", newline="")

    assert (code, number, stored) == (0, "1", Seal.objects.get().digest)
    assert text == run("export-seal")[1]
    # The two exports are noted in a chain of their own.
    assert Entry.objects.about("audit.export:audit.seal:" + str(Seal.objects.get().pk)).count() == 2
    code, said, err = run("verify", "--seal", str(path))
    assert (code, err) == (0, "")
    assert [int(number) for number in re.findall(r"\d+", said)] == [11, 4, 1, 1]


def test_command_names_what_is_wrong_and_fails(owner):
    owner(f"DELETE FROM audit_entry {ONE_ENTRY}2")
    protection.protect(connection)

    code, said, err = run("verify")

    assert (code, said) == (1, "")
    assert err.splitlines()[0] == Finding(Wrong.MISSING, 2, NAMES["a"]).sentence()
    assert NAMES["a"] in err


def test_command_asks_for_a_seal_that_exists(db):
    code, said, err = run("export-seal", "--number", "7")

    assert (code, said) == (1, "")
    assert err


SPOILT = {
    "empty": lambda _text: "",
    "another file": lambda _text: "Протокол засідання\n",
    "binary": lambda _text: "\x00\x01" * 400,
    "a digit of a head": lambda text: text[:-90] + ("0" if text[-90] != "0" else "1") + text[-89:],
    "a line less": lambda text: text[: text.rindex("\n", 0, -1) + 1],
    "a line more": lambda text: text + f"{'a' * 64} 1 zz.zz:1\n",
    "a moment": lambda text: text.replace("2024-02-20", "2024-02-21"),
    "a number": lambda text: text.replace("number: 1\n", "number: 2\n"),
    "no number": lambda text: text.replace("number: 1\n", "number: one\n"),
    "lines in another order": lambda text: "\n".join([*text.split("\n")[:-3], *text.split("\n")[-2:-4:-1], ""]),
    "a moment without zone": lambda text: text.replace("+00:00", ""),
    "line endings": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_file_that_is_no_seal_is_refused_with_a_sentence(trail, at, tmp_path, spoil):
    seal(at=at)
    path = kept(tmp_path)
    text = path.read_text(encoding="ascii")
    assert spoil(text) != text
    path.write_text(spoil(text), encoding="utf-8", newline="")

    with pytest.raises(NotASeal) as refusal:
        SealFile(path)

    assert path.name in str(refusal.value)
    assert run("verify", "--seal", str(path))[0] == 2


def test_missing_file_is_refused_with_a_sentence(db, tmp_path):
    assert run("verify", "--seal", str(tmp_path / "nothing"))[0] == 2


def test_seal_file_can_be_checked_without_the_product(trail, at, tmp_path):
    """With `sha256sum` alone, as the operator's page says."""
    stored = seal(at=at)
    head, below = kept(tmp_path).read_bytes().split(b"\n\n")
    lines = head.split(b"\n")

    assert sha256(below).hexdigest() == stored.heads
    assert sha256(b"".join(line + b"\n" for line in lines[1:-1])).hexdigest() == stored.digest
    assert lines[-1] == b"digest: " + stored.digest.encode()


def test_seal_file_holds_names_of_records_and_digests_only(trail, at, tmp_path):
    seal(at=at)

    for line in kept(tmp_path).read_text(encoding="ascii").split("\n\n")[1].splitlines():
        digest_told, position, subject = line.split(" ")
        assert (len(digest_told), position.isdigit(), subject in NAMES.values()) == (64, True, True)


def test_checking_asks_no_more_for_more_entries(trail, at):
    seal(at=at)
    with CaptureQueriesContext(connection) as few:
        check()
    for number in range(6, 60):
        write(A, number)

    with CaptureQueriesContext(connection) as many:
        check()

    assert len(many) == len(few)
