#!/usr/bin/env python3
"""Writes Tests/AccountsTests/Fixtures/SignedTokens.swift: tokens signed by PyJWT with fresh keys, and their key set.

Needs the Debian packages python3-jwt and python3-cryptography. Run it again only to add a case.
"""
import base64
import json
import pathlib

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLAIMS = {
    "sub": "ann", "email": "ann@example.org", "name": "Ann", "iat": 1_700_000_000, "exp": 4_102_444_800,
    "iss": "https://app.example", "aud": "https://app.example",
}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int, length: int | None = None) -> str:
    return b64(value.to_bytes(length or (value.bit_length() + 7) // 8, "big"))


def jwk(key, kid: str) -> dict:
    public = key.public_key()
    if isinstance(key, ed25519.Ed25519PrivateKey):
        x = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "x": b64(x), "kid": kid, "alg": "EdDSA"}
    numbers = public.public_numbers()
    if isinstance(key, rsa.RSAPrivateKey):
        return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e), "kid": kid, "use": "sig"}
    name, length = {"secp256r1": ("P-256", 32), "secp384r1": ("P-384", 48), "secp521r1": ("P-521", 66)}[
        key.curve.name]
    return {"kty": "EC", "crv": name, "x": number(numbers.x, length), "y": number(numbers.y, length), "kid": kid}


def main() -> None:
    shared = rsa.generate_private_key(65537, 2048)
    cases = [
        ("eddsa", "EdDSA", ed25519.Ed25519PrivateKey.generate()),
        ("rotated", "EdDSA", ed25519.Ed25519PrivateKey.generate()),
        ("es256", "ES256", ec.generate_private_key(ec.SECP256R1())),
        ("es384", "ES384", ec.generate_private_key(ec.SECP384R1())),
        ("es512", "ES512", ec.generate_private_key(ec.SECP521R1())),
        ("rs256", "RS256", shared),
        ("ps256", "PS256", shared),
        ("weak", "RS256", rsa.generate_private_key(65537, 1024)),
    ]
    lines = [
        "// swift-format-ignore-file", "// Made by scripts/token-vectors.py.", "",
        "/// Tokens that PyJWT signed, valid until 2100, and the keys to check them with.",
        "enum SignedTokens {",
    ]
    for name, algorithm, key in cases:
        token = jwt.encode(CLAIMS, key, algorithm=algorithm, headers={"kid": name})
        lines.append(f'  static let {name} = Signed(\n    token: "{token}",\n'
                     f'    key: #"{json.dumps(jwk(key, name))}"#)')
    lines += ["}", "", "struct Signed: Sendable {", "  var token: String", "  /// A JSON Web Key.",
              "  var key: String", "}", ""]
    path = pathlib.Path(__file__).parent.parent / "Tests/AccountsTests/Fixtures/SignedTokens.swift"
    path.write_text("\n".join(lines))


main()
