"""TLS with the certificates that lie at the paths of the settings now, so that a renewed one needs no restart.

A certificate is read when a connection is opened. One that expires ends no connection; the next one is refused, and a
worker may meet that weeks after its start.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from service.kafka.certificate_dates import valid_until
from service.settings import SettingsError

log = logging.getLogger(__name__)

Stamp = tuple[int, int, int] | None
"""What changes with a file: time of change, size, inode. None where no file is there."""


_told: set[tuple[str, Stamp]] = set()
"""Certificates of ours that were said to have expired: every client has a context, and every connection asks."""


class NewestContext(ssl.SSLContext):
    """Open each connection with a context made of the files as they are then.

    Files that cannot be used, as one of a pair that is renewed just now, leave the context before in use.
    """

    _make: Callable[[], ssl.SSLContext]
    _files: Sequence[str]
    _stamps: list[Stamp]
    _context: ssl.SSLContext
    _own: str

    def __new__(cls, *_: object) -> Self:
        """Make the shell that clients are given; it holds no certificate of its own."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def __init__(self, make: Callable[[], ssl.SSLContext], files: Sequence[str], own: str = "") -> None:
        """Take how a context is made of the files, and which of them is our certificate. Raises what `make` raises."""
        self._make, self._files, self._own = make, files, own
        self._stamps = self._found()
        self._context = make()

    def wrap_bio(self, *args: Any, **options: Any) -> ssl.SSLObject:
        """Begin a connection, as asyncio does."""
        return self._newest().wrap_bio(*args, **options)

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        """Begin a connection on a socket."""
        return self._newest().wrap_socket(*args, **options)

    def _newest(self) -> ssl.SSLContext:
        found = self._found()
        if found != self._stamps:
            self._stamps = found
            try:
                self._context = self._make()
                log.info("certificates_renewed", extra={"files": " ".join(self._files)})
            except (SettingsError, OSError) as error:
                log.warning("certificates_not_renewed", extra={"error": str(error)})
        if self._own:
            _tell_if_expired(Path(self._own))
        return self._context

    def _found(self) -> list[Stamp]:
        return [_stamp(Path(name)) for name in self._files]


def _tell_if_expired(file: Path) -> None:
    """Say once that a certificate of ours has expired: a broker that refuses it only closes the connection."""
    seen = (str(file), _stamp(file))
    if seen in _told:
        return
    try:
        until = valid_until(file.read_text("utf-8", "replace"))
    except (OSError, ValueError):
        return  # it could be loaded before, and a broker says more than we know
    if until <= datetime.now(UTC):
        _told.add(seen)
        log.error(
            "certificate_expired",
            extra={
                "file": str(file),
                "valid_until": until.isoformat(),
                "detail": "brokers that ask for it close the connection; put a new one at the same path",
            },
        )


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
