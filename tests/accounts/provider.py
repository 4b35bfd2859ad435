"""A small identity provider that runs in the tests, and lies as it is told to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "pobratym", "shared-secret-of-the-tests"


class Provider:
    """Authorisation, token, keys and userinfo of OpenID Connect; `lies` changes what it says."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {"sub": "person-1", "email": "x@pobratym.example", "email_verified": True}
        self.lies: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"

    def authorise(self, address: str) -> dict[str, str]:
        """What the browser brings back after the person agreed at the address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def description(self) -> dict[str, Any]:
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }
        return found | self.lies.get("description", {})

    def keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [key | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def token(self, sent: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if (
            asked is None
            or authorization != f"Basic {basic}"
            or sent.get("redirect_uri") != asked["redirect_uri"]
            or asked.get("code_challenge_method") != "S256"
            or challenge != asked.get("code_challenge")
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"], **self.claims}
        said |= self.lies.get("token", {})
        said = {name: value for name, value in said.items() if value is not None}
        key = self.lies.get("key", self.key)
        signed = jwt.encode(said, key, algorithm=self.lies.get("algorithm", "RS256"), headers={"kid": "1"})
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": signed}

    def handler(provider) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # the handler below is `self`
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/authorise?"):
                    # The person agrees at once.
                    back = parse_qs(urlsplit(self.path).query)["redirect_uri"][0]
                    self.send_response(302)
                    self.send_header("Location", f"{back}?{urlencode(provider.authorise(self.path))}")
                    self.end_headers()
                    return
                found = {
                    "/.well-known/openid-configuration": provider.description,
                    "/keys": provider.keys,
                    "/userinfo": lambda: provider.lies.get("userinfo", provider.claims),
                }.get(self.path)
                self.say(404, {}) if found is None else self.say(200, found())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                sent = {name: values[0] for name, values in parse_qs(body).items()}
                self.say(*provider.token(sent, self.headers.get("Authorization", "")))

            def say(self, status: int, what: dict[str, Any]) -> None:
                provider.asked.append(self.path)
                body = json.dumps(what).encode() + b" " * provider.lies.get("padding", 0)
                self.send_response(provider.lies.get("status", status))
                self.send_header("Content-Type", "application/json")
                if "location" in provider.lies:
                    self.send_header("Location", provider.lies["location"])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                pass

        return Handler


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers on loopback until the end of the test."""
    provider = Provider()
    thread = threading.Thread(target=provider.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.server.shutdown()
        provider.server.server_close()
        thread.join(timeout=5)
