"""Fetch the web addresses among the sources of a command, within bounds of time and size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from service import __version__
from service.reading.source_records import Fetched, Report, Source, Unreadable
from service.reading.syndication import FEED_BYTES_MAX

SECONDS_MAX: Final = 60.0
"""Maximum time for a whole answer, in seconds."""

CONNECT_SECONDS_MAX: Final = 10.0
REDIRECTS_MAX: Final = 5

HEADERS: Final = {
    "User-Agent": f"copydesk/{__version__} (feed reader)",
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.9, */*;q=0.1",
}

_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,20})://")
_LOGIN: Final = re.compile(r"//[^/@?#]*@")


def is_address(path: Source) -> bool:
    """Return whether a source is an address and no path of a file."""
    return isinstance(path, str) and _ADDRESS.match(path) is not None


async def with_fetched(
    paths: Sequence[str], report: Report, *, seconds_max: float = SECONDS_MAX, bytes_max: int = FEED_BYTES_MAX
) -> list[Source]:
    """Return the sources with each web address replaced by what its server answered; report those that failed."""
    sources: list[Source] = []
    for path in paths:
        if not is_address(path):
            sources.append(path)
            continue
        shown = _LOGIN.sub("//", path)
        try:
            sources.append(await _fetch(path, shown, seconds_max, bytes_max))
        except _NotFetched as error:
            report(Unreadable(shown, None, str(error)))
    return sources


class _NotFetched(Exception):  # noqa: N818 - it is what happened
    """The reason why an address was not fetched."""


async def _fetch(url: str, shown: str, seconds_max: float, bytes_max: int) -> Fetched:
    if url.split("://")[0].lower() not in ("http", "https"):
        raise _NotFetched("only addresses of http and https are fetched")
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=seconds_max, connect=CONNECT_SECONDS_MAX)
    try:
        async with (
            aiohttp.ClientSession(headers=HEADERS, timeout=timeout, trust_env=True) as session,
            session.get(url, max_redirects=REDIRECTS_MAX) as answer,
        ):
            if answer.status != 200:
                raise _NotFetched(f"the server answered {answer.status} {answer.reason or ''}".rstrip())
            content = bytearray()
            async for part in answer.content.iter_chunked(65_536):
                content += part
                if len(content) > bytes_max:
                    raise _NotFetched(f"is longer than {bytes_max} bytes")
            return Fetched(_LOGIN.sub("//", str(answer.url)), bytes(content), answer.charset or "")
    except TimeoutError:
        raise _NotFetched(f"gave no whole answer within {seconds_max:g} s") from None
    except (aiohttp.ClientError, ValueError, OSError) as error:
        raise _NotFetched(_LOGIN.sub("//", _why(error))) from None


def _why(error: Exception) -> str:
    """Say in one sentence why an address was not fetched; aiohttp's own words have several lines, or none."""
    import aiohttp

    match error:
        case aiohttp.TooManyRedirects():
            return f"leads on to other addresses more than {REDIRECTS_MAX} times"
        case aiohttp.RedirectClientError():
            return f"leads on to {error.args[0]!s:.200}, which is no address of http or https"
        case aiohttp.InvalidURL():
            return "is no address that can be fetched"
        case aiohttp.ClientConnectorCertificateError():
            untrusted = getattr(error.certificate_error, "verify_message", "") or error.certificate_error
            return f"its certificate is not accepted: {untrusted}"
        case aiohttp.ClientSSLError():
            return f"no secure connection can be made: {error.os_error}"
        case aiohttp.ClientConnectorError():
            trouble = error.os_error.strerror or str(error.os_error) or "the connection was closed"
            return f"cannot be reached: {trouble}"
        case aiohttp.ClientPayloadError():
            return "the answer breaks off, or is not packed as it says"
        case aiohttp.ClientResponseError():
            return "the answer is not what HTTP allows, or packed otherwise than was asked"
        case _:
            words = " ".join(str(error).split())
            return f"cannot be fetched: {words[:200] or type(error).__name__}"
