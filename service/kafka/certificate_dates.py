"""Read until when a certificate is valid.

Python's ssl tells this of the other side's certificate only, and with TLS 1.3 a broker that refuses ours just closes
the connection: nobody would say why.
"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from typing import Final

SEQUENCE: Final = 0x30
VERSION: Final = 0xA0
UTC_TIME: Final = 0x17
"""Tags of DER (X.690)."""

FIELDS_BEFORE_VALIDITY: Final = 3
"""Serial number, algorithm of the signature, issuer (RFC 5280, section 4.1)."""

PEM_BEGINS, PEM_ENDS = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


def valid_until(pem: str) -> datetime:
    """Return the end of validity of the first certificate in a text. Raises: ValueError."""
    start, end = pem.find(PEM_BEGINS), pem.find(PEM_ENDS)
    if start < 0 or end < start:
        raise ValueError("there is no certificate in it")
    try:
        return _not_after(ssl.PEM_cert_to_DER_cert(pem[start : end + len(PEM_ENDS)]))
    except (IndexError, ValueError) as error:
        raise ValueError(f"the certificate cannot be read: {error}") from error


def _not_after(der: bytes) -> datetime:
    tag, at, _ = _element(der, _inside(der, 0))  # the signed part
    position = at
    if der[position] == VERSION:
        _, _, position = _element(der, position)
    for _ in range(FIELDS_BEFORE_VALIDITY):
        _, _, position = _element(der, position)
    _, _, position = _element(der, _inside(der, position))  # behind the beginning of validity
    tag, at, end = _element(der, position)
    digits = der[at:end].decode("ascii")
    if tag == UTC_TIME:
        digits = ("19" if digits[:2] >= "50" else "20") + digits
    return datetime.strptime(digits, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _inside(der: bytes, position: int) -> int:
    """Return where the content of a sequence begins."""
    tag, at, _ = _element(der, position)
    if tag != SEQUENCE:
        raise ValueError("it is not built as a certificate is")
    return at


def _element(der: bytes, position: int) -> tuple[int, int, int]:
    """Return the tag of an element, where its content begins, and where that ends."""
    tag, length = der[position], der[position + 1]
    at = position + 2
    if length & 0x80:
        size = length & 0x7F
        length = int.from_bytes(der[at : at + size], "big")
        at += size
    return tag, at, at + length
