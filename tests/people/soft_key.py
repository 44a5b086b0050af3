"""A passkey made of software: it answers as a browser does, so that pages can be tried without one."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
SEEN, RECOGNISED, NEW = FLAG.UP, FLAG.UV, FLAG.AT
"""Flags: somebody was there; it was the owner; a new key comes along."""


@dataclass
class SoftKey:
    """One passkey for one host. `origin` is where it believes to be."""

    host: str = "testserver"
    origin: str = "https://testserver"
    flags: AuthenticatorData.FLAG = SEEN | RECOGNISED
    number: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    handle: str = ""
    """What the site calls the owner, as it said when the passkey was made."""
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, challenge: str, handle: str) -> str:
        """What a browser sends where a passkey was made for whom the site calls by this handle."""
        self.handle = handle
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        new = AttestedCredentialData.create(b"\0" * 16, self.number, public)
        data = AuthenticatorData.create(self._host(), self.flags | NEW, 0, new)
        attested = AttestationObject.create("none", data, {})
        response = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", challenge)),
            "attestationObject": websafe_encode(attested),
        }
        return self._sent(response, {"credProps": {"rk": True}})

    def shown(self, challenge: str) -> str:
        """What a browser sends where the passkey was used."""
        data = self._host() + struct.pack(">BI", self.flags, 0)
        client = self._client("webauthn.get", challenge)
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.handle,
        }
        return self._sent(response, {})

    def _host(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _sent(self, response: dict[str, str], results: dict[str, object]) -> str:
        number = websafe_encode(self.number)
        sent = {"id": number, "rawId": number, "type": "public-key", "clientExtensionResults": results}
        return json.dumps({**sent, "response": response})
