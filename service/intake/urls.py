"""URLs of articles: what may travel on, and what makes two of them the same page."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

URL_CHARS_MAX = 2_048

_SCHEMES = frozenset(("http", "https"))
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|srsltid|msclkid|yclid|twclid|ttclid|igshid|mibextid|mc_cid|mc_eid|"
    r"mkt_tok|_hs\w+|cmp|cmpid|icid|ncid|ns_\w+|at_\w+|wt[._]mc\w*|wt_zmc|xtor|smid|smtyp|ftag|s_cid|_ga|ocid|spm|"
    r"trk|fb_ref|fb_source|gaa_\w+|_gl|igsh|taid|guccounter|guce_\w+|wpisrc|intcid|ref_src|"
    r"__twitter_impression)(?:=|$)|ref=share\w*$|"
    r"(?:ref|src|source|partner|mod|feature|cid)=(?:rss|feed|twitter|facebook|share)$",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,31}://)[^\s/?#@\"'<>]{0,1024}@")
_AS_WANTED = re.compile(
    r"https?://[A-Za-z0-9.-]+(?:/[^\x00-\x20\x7f-\x9f?#]*)?(?:\?[^\x00-\x20\x7f-\x9f#]+)?(?:#[^\x00-\x20\x7f-\x9f]+)?"
)
"""No port, no credentials, nothing empty: nothing that `public_url` would change."""
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f]")


def without_credentials(text: str) -> str:
    """Cut `user:password@` out of every URL in a text.

    >>> without_credentials("see https://ann:secret@example.org/a")
    'see https://example.org/a'
    """
    if "://" not in text or "@" not in text:
        return text
    return _CREDENTIALS.sub(r"\1", text)


def public_url(text: str | None) -> str | None:
    """Return a web address fit to be published: http or https, no credentials, no white space; None for others."""
    if text and len(text) <= URL_CHARS_MAX and _AS_WANTED.fullmatch(text):
        return text
    parts = _split(text) if text and ":" in text else None
    if parts is None:
        return None
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=_host(parts)))


def is_front_page(url: str) -> bool:
    """Return whether an address names a site and no page of it.

    >>> is_front_page("https://example.org/"), is_front_page("https://example.org/a")
    (True, False)
    """
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def canonical_url(url: str) -> str:
    """Reduce a URL to what stays the same however a page is linked.

    Scheme, fragment, tracking parameters, default port and final slash are dropped.

    >>> canonical_url("HTTPS://Example.org:443/a/?utm_source=x&id=7#top")
    '//example.org/a?id=7'
    """
    parts = _split(url)
    if parts is None:
        return url
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    path = parts.path.rstrip("/")
    return f"//{_host(parts).lower()}{path}{'?' + query if query else ''}"


def _split(text: str | None) -> SplitResult | None:
    if not text or len(text) > URL_CHARS_MAX:
        return None
    try:
        parts = urlsplit(_UNPRINTABLE.sub("", text))
        has_place = parts.scheme.lower() in _SCHEMES and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if has_place else None


def _host(parts: SplitResult) -> str:
    """Return host and port as written, without credentials and without the default port."""
    host = parts.netloc.rpartition("@")[2]
    return host.removesuffix(f":{_DEFAULT_PORTS[parts.scheme.lower()]}").removesuffix(":")
