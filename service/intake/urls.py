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
    r"__twitter_impression|amp|amp_\w+|__amp_\w+)(?:=|$)|output(?:type)?=amp$|ref=share\w*$|"
    r"(?:ref|src|source|partner|mod|feature|cid)=(?:rss|feed|twitter|facebook|share)$",
    re.IGNORECASE,
)
_OTHER_HOSTS = ("www.", "m.", "mobile.", "amp.")
"""Hosts under which sites show the same pages: without them, for telephones, and as AMP."""
_MOBILE_WIKI = ".m.wiki"
_AMP_CACHE = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]{1,3})/(s/)?(?=.)"
)
"""What Google puts in front of the address of a page; `s/` says that the page is at https."""
_AMP_PATH = re.compile(r"(?:/amp|\.amp)$|\.amp(?=\.html?$)", re.IGNORECASE)
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

    Scheme, fragment, tracking parameters, default port and final slash are dropped, and so is what leads to the same
    page without `www.`, for telephones or as AMP.

    >>> canonical_url("HTTPS://Example.org:443/a/?utm_source=x&id=7#top")
    '//example.org/a?id=7'
    >>> canonical_url("https://www.google.com/amp/s/m.example.org/a/amp/"), canonical_url("http://example.org/a?amp=1")
    ('//example.org/a', '//example.org/a')
    """
    parts = _split(_AMP_CACHE.sub("https://", url, count=1))
    if parts is None:
        return url
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    path = _AMP_PATH.sub("", parts.path.rstrip("/"))
    return f"//{_site(_host(parts).lower())}{path}{'?' + query if query else ''}"


def _site(host: str) -> str:
    """Return a host in small letters without what stands for another view of the same site.

    >>> _site("www.example.org"), _site("en.m.wikipedia.org"), _site("m.example")
    ('example.org', 'en.wikipedia.org', 'm.example')
    """
    for other in _OTHER_HOSTS:
        if host.startswith(other) and "." in host[len(other) :]:
            host = host[len(other) :]
    return host.replace(_MOBILE_WIKI, ".wiki")


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
