"""Tell a supervisor that this process is ready, by the protocol of systemd: sd_notify(3).

`copydesk run` listens to its stages in this way, and a unit with `Type=notify` works as it is.
"""

from __future__ import annotations

import os
import socket
from typing import Final

ADDRESS: Final = "NOTIFY_SOCKET"
"""Environment variable: a path, or "@" and a name in the abstract namespace of Linux."""


def notify(message: str) -> bool:
    """Send a message such as "READY=1"; return whether a supervisor listens. A supervisor that is gone is no error."""
    address = os.environ.get(ADDRESS, "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            sender.setblocking(False)
            sender.sendto(message.encode(), address)
    except OSError:
        return False
    return True
