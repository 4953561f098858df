"""Who may ask, and what a browser may do with an answer."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Access:
    """Hold who may ask: this machine only, or whoever has the password, or whom a proxy has let in."""

    host: str = "127.0.0.1"
    password: str = ""
    proxy_header: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def is_local(self) -> bool:
        """Tell whether only this machine reaches the page."""
        return is_loopback(self.host)

    def problem(self) -> str | None:
        """Return why the page must not start like this."""
        if self.is_local or self.password or self.proxy_header:
            return None
        return (
            f"desk.host is {self.host}, which other machines reach, so the page needs desk.password "
            "(or desk.password_file), or desk.proxy_header behind a proxy that asks who they are"
        )


def is_loopback(host: str) -> bool:
    """Tell whether an address is one of this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def guard(access: Access) -> Middleware:
    """Make the middleware that lets requests in and puts the headers on every answer."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        refused = _refusal(access, request)
        try:
            answer = refused or await handler(request)
        except web.HTTPException as error:
            error.headers.update(HEADERS)
            raise
        if not answer.prepared:
            answer.headers.update(HEADERS)
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return guarded


def _refusal(access: Access, request: web.Request) -> web.Response | None:
    if access.is_local and _host_name(request.host) not in LOCAL_NAMES:
        # A page of a stranger whose name was made to point to this machine (DNS rebinding).
        return web.Response(status=421, text="This page answers as localhost only.\n")
    if access.proxy_header and not access.password and not request.headers.get(access.proxy_header):
        return web.Response(status=403, text=f"The proxy did not send {access.proxy_header}.\n")
    if access.password and not _knows(access.password, request.headers.get("Authorization", "")):
        challenge = {"WWW-Authenticate": 'Basic realm="Copydesk", charset="UTF-8"'}
        return web.Response(status=401, text="The password is wanted; any name will do.\n", headers=challenge)
    return None


def _host_name(host: str) -> str:
    """Return the name in a Host header without its port."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _knows(password: str, header: str) -> bool:
    kind, _, encoded = header.partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return False
    return kind.lower() == "basic" and hmac.compare_digest(given, password.encode())
