"""Secrets at rest: nothing readable, nothing bent unnoticed, and a change of key that loses nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from pobratym.accounts import operations, queries, sealing
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import code_at, long_ago, set_up, sign_in, text_of

SECRET = "JBSWY3DPEHPK3PXP"


def test_sealed_secret_is_not_in_what_is_stored_and_opens_again():
    sealed = sealing.seal(SECRET)

    assert SECRET not in sealed
    assert sealing.seal(SECRET) != sealed
    assert sealing.unseal(sealed) == SECRET


def test_bent_secret_is_not_opened():
    sealed = sealing.seal(SECRET)

    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(sealed[:-3] + ("A" if sealed[-3] != "A" else "B") + sealed[-2:])


def test_changed_key_opens_what_the_old_one_sealed_only_while_the_old_one_is_named(settings):
    sealed, old = sealing.seal(SECRET), settings.SECRET_KEY
    settings.SECRET_KEY = "another key of the same kind"
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(sealed)

    settings.SECRET_KEY_FALLBACKS = [old]
    assert sealing.unseal(sealed) == SECRET
    anew = sealing.reseal(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.unseal(anew) == SECRET


def test_used_factor_moves_to_the_new_key_and_a_lost_key_is_told(make, settings, client):
    person, other = make(), make()
    codes = {one: set_up(one, long_ago()) for one in (person, other)}
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the same kind", [old]
    at = timezone.now()
    use = {"recovery": True, "language": "uk"}
    operations.prove_by_code(person=person, code=code_at(at), at=at, **use)
    operations.prove_by_code(person=person, code=codes[person][0], at=at, **use)

    settings.SECRET_KEY_FALLBACKS = []

    later = at + dt.timedelta(minutes=1)
    assert operations.prove_by_code(person=person, code=code_at(later), at=later, **use) == "code"
    assert operations.prove_by_code(person=person, code=codes[person][1], at=later, **use) == "recovery"
    with pytest.raises(sealing.CannotOpen):
        operations.prove_by_code(person=other, code=code_at(later), at=later, **use)
    sign_in(client, other, PASSWORD)
    answer = client.post("/accounts/sign-in/second/", {"code": code_at(later)})
    assert answer.status_code == 409
    assert "більше не можна прочитати" in text_of(answer)
    assert queries.recovery_codes_left(other) == 0
