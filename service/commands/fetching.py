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
            return Fetched(_LOGIN.sub("//", str(answer.url)), bytes(content), answer.content_type)
    except TimeoutError:
        raise _NotFetched(f"gave no whole answer within {seconds_max:g} s") from None
    except (aiohttp.ClientError, ValueError, OSError) as error:
        raise _NotFetched(f"cannot be fetched: {error or type(error).__name__}") from None
