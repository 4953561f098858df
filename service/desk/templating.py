"""Answers -> HTML. Everything that is not markup of ours is escaped, and invisible characters in it are shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import jinja2
from markupsafe import Markup

from service.desk.wording import sentence, with_words_marked
from service.line.printable import printable
from service.spelt import number_in_words, quantity_in_words

REASONS: Final = {
    "rounding": "rounding",
    "period": "other periods",
    "published_later": "one was published later",
    "speaker": "other speakers",
}
"""Reason of a dispute -> how a person reads it; others stand as they are."""


def environment() -> jinja2.Environment:
    """Load the templates of this package."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("service.desk"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_plain,
        auto_reload=False,  # templates of a newer release do not fit the code that runs
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        when=when, share=share, link=web_address, words=in_words, figure=in_figures, number=number_in_words,
        marked=with_words_marked, reasons=in_reasons, sentence=sentence,
    )  # fmt: skip
    env.globals.update(address=address)
    for name in env.list_templates():
        env.get_template(name)  # 10 ms each, which the first reader of a page would wait for
    return env


def address(path: str, /, **parameters: Any) -> str:
    """Write an address of the page; empty parameters are left out."""
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def when(moment: str | None) -> str:
    """Write a time for a person.

    >>> when("2025-06-04T07:06:00.120Z"), when("2025-06-04T00:00:00Z")
    ('4 Jun 2025, 07:06', '4 Jun 2025')
    """
    if not moment:
        return "undated"
    try:
        found = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        return moment
    day = f"{found.day} {found:%b} {found.year}"
    return day if (found.hour, found.minute, found.second) == (0, 0, 0) else f"{day}, {found:%H:%M}"


def share(value: float) -> str:
    """Write a share in percent."""
    return f"{value:.0%}"


def web_address(url: str | None) -> str | None:
    """Return an address that may become a link: of the web, and nothing that runs in the page.

    >>> web_address("https://news.example/a"), web_address("javascript:alert(1)")
    ('https://news.example/a', None)
    """
    try:
        parsed = urlsplit(url or "")
    except ValueError:
        return None
    return url if parsed.scheme in ("http", "https") and parsed.netloc else None


def in_words(name: str) -> str:
    """Write a name of a closed list for a person: near_duplicate becomes near duplicate."""
    return name.replace("_", " ")


def in_reasons(reasons: list[str]) -> str:
    """Write why two figures may differ, so that it holds whichever of the two one reads it beside.

    >>> in_reasons(["period", "published_later"])
    'other periods, or one was published later'
    """
    return ", or ".join(REASONS.get(reason, reason) for reason in reasons)


def in_figures(quantity: Any) -> str:
    """Write the value of a figure with its unit."""
    fields = {name: getattr(quantity, name) for name in quantity.__struct_fields__}
    return quantity_in_words(fields)


def _plain(value: Any) -> Any:
    """Show invisible characters of a text, and keep its line ends."""
    if isinstance(value, str) and not isinstance(value, Markup) and not value.isprintable():
        return "\n".join(map(printable, value.split("\n")))
    return "" if value is None else value
