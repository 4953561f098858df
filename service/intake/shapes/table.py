"""Look up which keys of a record may hold a field: the table of paths, turned around once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from service.intake.shapes.paths import PATHS, Field, Kind

KEY_CHARS_MAX: Final = 64
"""Maximum characters of a key that is looked up; longer keys are none of the table's."""

KEYS_MAX: Final = 1_000
"""Maximum number of keys of a record that are looked up; the others stay in `extra`."""

KEYS_CACHED_MAX: Final = 4_096
"""Maximum number of spellings of keys that are remembered, so that most are folded once."""

_OTHER_NAMESPACES: Final = ("/mrss/", "itunes")
"""Parts of the namespaces whose titles and contents are those of a picture or an episode."""

_MARKS: Final = str.maketrans("", "", " _-:.")

_SOLR_TEXT: Final = re.compile(r"_(?:s{1,2}|t(?:xts?|xt_[a-z]{2})?)$", re.ASCII)
_SOLR_DATE: Final = re.compile(r"_(?:ts|t?dts?)$", re.ASCII)
"""What Solr puts behind the name of a field for its type: `title_s`, `body_txt_en`, `published_dt`."""

_OF_WHAT: Final = re.compile(r"^(?:article|news|story|post|doc|field)[_.:-](?=\w)", re.ASCII | re.IGNORECASE)
"""What stands before the name of a field to say of what it is one: `news_source`, `article.date`, `field_body`."""

_LAST_RANK: Final = 1_000
"""Rank of such names behind all others: WordPress keeps a slug in `post_name`, beside `post_title`."""

_OF_CONTENTSTACK: Final = frozenset(("publish_details", "_version"))
"""Keys beside which `uid` is the id of an entry of Contentstack; elsewhere it is often that of the author."""


class Place(NamedTuple):
    """One path of a field: its rank among the paths of that field, the first key, and the steps below it."""

    rank: int
    key: str
    steps: tuple[str, ...]
    kind: Kind

    @property
    def path(self) -> str:
        """Return the path as it is written, with dots."""
        return ".".join((self.key, *self.steps))


def fold(key: str) -> str:
    """Return the form in which keys are compared.

    Namespaces that parsers write out before a name are left away, but for those of pictures and podcasts.

    >>> fold("Published-At"), fold("content:encoded"), fold("_id"), fold("body.content")
    ('publishedat', 'contentencoded', '_id', 'bodycontent')
    >>> fold("{http://purl.org/dc/elements/1.1/}date"), fold("{http://search.yahoo.com/mrss/}title")
    ('date', '{http//searchyahoocom/mrss/}title')
    """
    if key[:1] == "{" and not any(map(key.__contains__, _OTHER_NAMESPACES)):
        key = key.rpartition("}")[2]
    return key[:1].lower() + key[1:].lower().translate(_MARKS)


def own_path(assignment: str) -> tuple[Field, str] | None:
    """Read one item of the setting `intake.fields`, such as "text = story.full"; None where it is none.

    >>> own_path("title=kop.tekst")
    (<Field.TITLE: 'title'>, 'kop.tekst')
    """
    name, equals, path = (part.strip() for part in assignment.partition("="))
    if not equals or name not in tuple(Field) or not all(path.split(".")):
        return None
    return Field(name), path


class FieldTable:
    """The paths of all fields by their first key, a site's own paths in front of those of the table."""

    def __init__(self, own: Sequence[tuple[Field, str]] = ()) -> None:
        self.own = frozenset(field for field, _ in own)
        self._entries: dict[str, list[tuple[Field, int, tuple[str, ...], Kind]]] = {}
        self._exact: dict[str, tuple[tuple[Field, int, tuple[str, ...], Kind], ...]] = {}
        for field, rows in PATHS.items():
            paths = [(path, rows[0][0]) for wanted, path in own if wanted is field]
            paths += [(path, kind) for kind, line in rows for path in line.split()]
            for rank, (path, kind) in enumerate(paths):
                first, *steps = map(fold, path.split("."))
                self._entries.setdefault(first, []).append((field, rank, tuple(steps), kind))
                if steps:  # a table whose columns are named by paths: "source.name"
                    self._entries.setdefault(fold(path), []).append((field, rank, (), kind))

    def places(self, keys: Collection[str]) -> dict[Field, list[Place]]:
        """Return for each field the places in a record with these keys that may hold it, the best one first."""
        found: dict[Field, list[Place]] = {}
        for key in islice(keys, KEYS_MAX):
            for field, rank, steps, kind in self._entries_of(key):
                found.setdefault(field, []).append(Place(rank, key, steps, kind))
        if "uid" in keys and not _OF_CONTENTSTACK.isdisjoint(keys):
            found.setdefault(Field.ID, []).append(Place(_LAST_RANK, "uid", (), Kind.IDENTITY))
        for places in found.values():
            if len(places) > 1:
                places.sort()
        return found

    def _entries_of(self, key: str) -> Iterable[tuple[Field, int, tuple[str, ...], Kind]]:
        entries = self._exact.get(key)
        if entries is None:
            if len(key) > KEY_CHARS_MAX:
                return ()
            entries = self._exact_of(key)
            if len(self._exact) < KEYS_CACHED_MAX:
                self._exact[key] = entries
        return entries

    def _exact_of(self, key: str) -> tuple[tuple[Field, int, tuple[str, ...], Kind], ...]:
        """Return the entries of a key as it is spelt, else without what its source puts behind or before a name."""
        if found := self._entries.get(fold(key)):
            return tuple(found)
        cut = (
            (_SOLR_TEXT, set(Kind) - {Kind.MOMENT}),  # "time_s" may be seconds
            (_SOLR_DATE, {Kind.MOMENT}),
            (_OF_WHAT, set(Kind) - {Kind.IDENTITY}),  # "field_id" is the id of something else
        )
        for pattern, kinds in cut:
            if pattern.search(key):
                found = self._entries.get(fold(pattern.sub("", key, count=1)), [])
                return tuple(
                    (field, rank + _LAST_RANK, steps, Kind.SHORT_NAME if kind is Kind.NAME else kind)
                    for field, rank, steps, kind in found
                    if not steps and kind in kinds
                )
        return ()


@lru_cache(maxsize=8)
def table_of(assignments: tuple[str, ...]) -> FieldTable:
    """Return the table with the paths of the setting `intake.fields` in it."""
    own = [own_path(assignment) for assignment in assignments]
    return FieldTable([pair for pair in own if pair is not None])
