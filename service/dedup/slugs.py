"""Hash the slug of an article, by which agencies name a story that they correct or take back."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Final

from service.languages.timestamps import fold_word
from service.records import Article

SLUG_FIELDS: Final = ("slugline", "slug", "slugname", "storyslug")
"""Names of the fields of a record that hold a slug, without case and marks."""
SLUG_CHARS_MAX: Final = 256
DAY_MS: Final = 86_400_000
_FIRST_DAY: Final = date(1970, 1, 1).toordinal()


def slug_of(article: Article) -> int:
    """Return 32 bits for the slug of an article with its source and day; 0 if it has none."""
    slug, day = _slug(article), _day(article)
    return _key(article.source, day, slug) if slug and day else 0


def slugs_named(article: Article) -> tuple[int, ...]:
    """Return the same for the slugs a notice has or names, of its day and of the day before."""
    day = _day(article)
    if article.notice is None or day is None:
        return ()
    names = dict.fromkeys(name for name in (_slug(article), *map(_folded, article.about)) if name)
    return tuple(_key(article.source, one, name) for one in (day, day - 1) for name in names)


def _slug(article: Article) -> str:
    """Return the folded slug in the first field that holds one."""
    if not article.extra:
        return ""
    fields = {"".join(filter(str.isalnum, key.lower())): value for key, value in article.extra.items()}
    for name in SLUG_FIELDS:
        value = fields.get(name)
        if isinstance(value, str) and len(value) <= SLUG_CHARS_MAX and (slug := _folded(value)):
            return slug
    return ""


def _folded(slug: str) -> str:
    """Return a slug without case and marks.

    >>> _folded("BC-Ostby Fire")
    'bcostbyfire'
    """
    return "".join(filter(str.isalnum, fold_word(slug[:SLUG_CHARS_MAX].casefold())))


def _day(article: Article) -> int | None:
    """Return the number of the day on which an article was published, or else fed, in UTC."""
    try:
        if article.published_at:
            return date.fromisoformat(article.published_at[:10]).toordinal()
    except ValueError:  # not intake's writing: a forged envelope
        return None
    stamp = article.origin.timestamp_ms
    return _FIRST_DAY + stamp // DAY_MS if stamp and stamp > 0 else None


def _key(source: str | None, day: int, slug: str) -> int:
    digest = blake2b(f"{source or ''}\n{day}\n{slug}".encode("utf-8", "surrogatepass"), digest_size=4)
    return max(1, int.from_bytes(digest.digest(), "big"))
