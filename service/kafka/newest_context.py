"""TLS with the certificates that lie at the paths of the settings now, so that a renewed one needs no restart.

A certificate is read when a connection is opened. One that expires ends no connection; the next one is refused, and a
worker may meet that weeks after its start.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from service.settings import SettingsError

log = logging.getLogger(__name__)

Stamp = tuple[int, int, int] | None
"""What changes with a file: time of change, size, inode. None where no file is there."""


class NewestContext(ssl.SSLContext):
    """Open each connection with a context made of the files as they are then.

    Files that cannot be used, as one of a pair that is renewed just now, leave the context before in use.
    """

    _make: Callable[[], ssl.SSLContext]
    _files: Sequence[str]
    _stamps: list[Stamp]
    _context: ssl.SSLContext

    def __new__(cls, *_: object) -> Self:
        """Make the shell that clients are given; it holds no certificate of its own."""
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def __init__(self, make: Callable[[], ssl.SSLContext], files: Sequence[str]) -> None:
        """Take how a context is made of the files. Raises what `make` raises."""
        self._make, self._files = make, files
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
        return self._context

    def _found(self) -> list[Stamp]:
        return [_stamp(Path(name)) for name in self._files]


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
