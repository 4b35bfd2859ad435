"""Secrets at rest: nothing readable, nothing bent unnoticed, and a change of key that loses nothing."""

import pytest

from pobratym.accounts import sealing

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
