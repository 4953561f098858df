"""Where workers serve health and metrics, and how to ask there."""

from __future__ import annotations

import urllib.error
import urllib.request
from ipaddress import ip_address
from typing import Final

EVERYWHERE: Final = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked, not bound
BYTES_MAX: Final = 16_000_000

# A proxy of the environment has no business between us and a worker here.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def endpoint(host: str, port: int) -> str:
    """Return the address of a worker that listens on `host`, which may be all addresses of this machine.

    >>> endpoint("0.0.0.0", 9400), endpoint("::", 9400)
    ('http://127.0.0.1:9400', 'http://[::1]:9400')
    """
    host = EVERYWHERE.get(host, host)
    try:
        if ip_address(host).version == 6:
            host = f"[{host}]"
    except ValueError:
        pass  # a name
    return f"http://{host}:{port}"


def get(url: str, seconds_max: float) -> tuple[int, str]:
    """Fetch a page; return status and text, or status 0 and the reason if nobody answered."""
    try:
        with _opener.open(url, timeout=seconds_max) as answer:
            return answer.status, answer.read(BYTES_MAX).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(BYTES_MAX).decode("utf-8", "replace")
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return 0, str(reason)
