"""A device with a passkey, played by cryptography alone: it answers rightly, or as a test bends it."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG


class Device:
    """Keeps one passkey; `origin` and `verifies_user` are what a test bends."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.verifies_user = True
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.user_handle = b""

    def make(self, options: str) -> str:
        """The answer to the page that asks for a new passkey."""
        asked = json.loads(options)["publicKey"]
        self.user_handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        data = AuthenticatorData.create(self._hash(asked["rp"]["id"]), self._flags() | FLAG.AT, 0, credential)
        attested = AttestationObject.create("none", data, {})
        said = self._said("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": said.b64, "attestationObject": websafe_encode(bytes(attested))})

    def prove(self, options: str) -> str:
        """The answer to the page that asks for a proof."""
        asked = json.loads(options)["publicKey"]
        data = AuthenticatorData.create(self._hash(asked["rpId"]), self._flags(), 1)
        said = self._said("webauthn.get", asked["challenge"])
        signature = self.key.sign(bytes(data) + said.hash, ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": said.b64,
                "authenticatorData": websafe_encode(bytes(data)),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(self.user_handle),
            }
        )

    def _flags(self) -> Any:
        return FLAG.UP | (FLAG.UV if self.verifies_user else FLAG(0))

    def _said(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=challenge, origin=self.origin)

    def _answer(self, response: dict[str, str]) -> str:
        number = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": number,
                "rawId": number,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )

    @staticmethod
    def _hash(host: str) -> bytes:
        return hashlib.sha256(host.encode()).digest()
