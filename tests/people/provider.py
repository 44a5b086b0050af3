"""A small OpenID Connect provider on this machine: everybody is signed in there already, as whom a test says.

It keeps to the standard where it matters here: a code serves once, only with the secret and what proves the code
(PKCE), and tokens are signed with RS256. What it says can be made wrong through `claims`, `config` and `signer`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

CLIENT, SECRET = "palermo-client", "a secret of the client"


@cache
def _key() -> rsa.RSAPrivateKey:
    # One for all tests: making it takes longer than most of them.
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


@dataclass
class Provider:
    """The provider, and what it was asked."""

    claims: dict[str, object] = field(default_factory=dict)
    """What is said of the person in the token; None leaves a claim out."""
    userinfo: dict[str, object] = field(default_factory=dict)
    config: dict[str, object] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=_key)
    signer: rsa.RSAPrivateKey | None = None
    """Who signs instead of the key that is published."""
    answer: dict[str, str] = field(default_factory=dict)
    """What comes back instead of a code, such as an error."""
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was asked with each code."""
    token_asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def document(self) -> dict[str, object]:
        """Where everything is."""
        parts = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        places = {name: f"{self.address}/{path}" for name, path in parts.items()}
        methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        return {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **places, **methods, **self.config}

    def keys(self) -> dict[str, object]:
        """The public key."""
        numbers = self.key.public_key().public_numbers()
        shown = {"kty": "RSA", "kid": "first", "use": "sig", "alg": "RS256"}
        return {"keys": [{**shown, "n": _number(numbers.n), "e": _number(numbers.e)}]}

    def back(self, asked: dict[str, str]) -> str:
        """Where the person is sent back to."""
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?" + urlencode({"state": asked["state"], **(self.answer or {"code": code})})

    def token(self, sent: dict[str, str]) -> dict[str, object] | None:
        """The token for a code; nothing for whoever cannot prove that it is theirs."""
        self.token_asked.append(sent)
        asked = self.asked.pop(sent.get("code", ""), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return None
        proof = _encoded(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if asked.get("code_challenge") != proof or asked["redirect_uri"] != sent.get("redirect_uri"):
            return None
        return {"access_token": "access", "token_type": "Bearer", "id_token": self._signed(asked)}

    def _signed(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "sub": "person-1", "iat": now, "exp": now + 300}
        said |= {"nonce": asked.get("nonce"), **self.claims}
        kept = {name: value for name, value in said.items() if value is not None}
        head = _encoded(json.dumps({"alg": "RS256", "kid": "first", "typ": "JWT"}).encode())
        signed = f"{head}.{_encoded(json.dumps(kept).encode())}"
        signature = (self.signer or self.key).sign(signed.encode(), padding.PKCS1v15(), SHA256())
        return f"{signed}.{_encoded(signature)}"

    @contextmanager
    def served(self) -> Iterator[Provider]:
        """Answer on a port of this machine."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.back(asked))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            pages: dict[str, Callable[[], dict[str, object]]] = {
                "/.well-known/openid-configuration": provider.document,
                "/keys": provider.keys,
                "/userinfo": lambda: provider.userinfo,
            }
            self._say(pages[parts.path]() if parts.path in pages else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, said: dict[str, object] | None) -> None:
            content = json.dumps(said or {"error": "invalid_request"}).encode()
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *_: object) -> None:
            """Say nothing."""

    return Handler
