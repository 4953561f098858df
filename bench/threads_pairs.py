"""What a stream loses of labelled pairs that the rules join: python -m bench.threads_pairs ARTICLES PAIRS [--list].

ARTICLES has articles as bench.threads_stream reads them, PAIRS labelled pairs as bench.eval_threads does
(quotes.jsonl or statements.jsonl). All dated articles are fed in order. For each labelled text the published claim
that overlaps it most is looked up; a pair has both where both sides have one. The rule joins those of them whose two
claims are the same by the rules alone, the stream those whose claims came to one thread, and it relates those whose
threads it links as `related`. --list prints the pairs that the rule or the stream judges otherwise than the label.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from bench.threads_stream import ENVELOPE, WRITTEN_MS, enriched
from service.line.envelopes import pack_prepared, unpack_prepared
from service.records import Claim, ClaimKind, Enriched
from service.settings import ThreadsSettings
from service.sketch.claims.claim_facets import FIGURES, Facet, facets_of
from service.sketch.claims.claim_words import words_of
from service.sketch.claims.facet_words import CLAIM, HEAD_COLUMNS, KIND
from service.sketch.claims.prepare import prepare
from service.threads.collection import Collection
from service.threads.index.verdict_columns import LINK_KIND, LINK_THREAD, RELATED, THREAD
from service.threads.pairs import compare_facets
from service.threads.same_figure import SAME
from service.threads.segments import CLAIM_ID_BYTES, Decided, verdicts_of
from service.threads.verdicts import links_of

BEGINS_CHARS: Final = 60
"""Characters of a labelled text by which it is looked up in its article."""


class Found(NamedTuple):
    """A labelled pair: whether both claims are published, and what the rule and the stream make of them."""

    row: dict[str, Any]
    claims: tuple[Claim | None, Claim | None]
    by_rule: bool = False
    by_stream: bool = False
    related: bool = False

    @property
    def published(self) -> bool:
        """Tell whether both claims are published."""
        return None not in self.claims


class Stream(NamedTuple):
    """The thread of the words of each claim, by its id, and the pairs of threads that are related."""

    threads: Mapping[str, int]
    related: frozenset[frozenset[int]]


def replayed(articles: Sequence[Enriched], capacity: int) -> Stream:
    """Feed articles to threads; return where their claims came to."""
    collection = Collection("default", ThreadsSettings(capacity_claims=capacity))
    threads: dict[str, int] = {}
    related: set[frozenset[int]] = set()
    for offset in range(0, len(articles), ENVELOPE):
        ready = [prepare(one) for one in articles[offset : offset + ENVELOPE]]
        segment = collection.decide(offset, unpack_prepared(pack_prepared(ready)), WRITTEN_MS)
        for decided in segment.decided:
            for claim_id, verdict in _of_words(decided):
                threads[claim_id] = verdict[THREAD]
                related |= {
                    frozenset((verdict[THREAD], link[LINK_THREAD]))
                    for link in links_of(verdict)
                    if link[LINK_KIND] == RELATED
                }
    return Stream(threads, frozenset(related))


def _of_words(decided: Decided) -> Iterator[tuple[str, list[int]]]:
    """Yield the id of each claim whose words were compared, and the verdict on it."""
    heads = np.frombuffer(decided.heads, np.uint32).reshape(-1, HEAD_COLUMNS)
    for head, verdict in zip(heads, verdicts_of(decided).tolist(), strict=True):
        if head[KIND] != FIGURES and verdict[THREAD] >= 0:
            at = int(head[CLAIM]) * CLAIM_ID_BYTES
            yield decided.claim_ids[at : at + CLAIM_ID_BYTES].hex(), verdict


def published(article: Enriched | None, labelled: Mapping[str, Any]) -> Claim | None:
    """Return the published claim that overlaps a labelled text most, None where none does."""
    at = article.text.find(labelled["text"][:BEGINS_CHARS]) if article else -1
    if article is None or at < 0:
        return None
    end = at + len(labelled["text"])
    most, found = 0, None
    for claim in article.claims:
        overlap = min(claim.end, end) - max(claim.start, at)
        if claim.kind is not ClaimKind.FIGURE and overlap > most:
            most, found = overlap, claim
    return found


def rule_joins(articles: Mapping[str, Enriched], claims: tuple[Claim, Claim], days: int) -> bool:
    """Tell whether the words of two claims are the same by the rules alone, as if they were of two stories."""
    sides = [_facet(articles[claim.article_id], claim) for claim in claims]
    if sides[0] is None or sides[1] is None:
        return False
    return compare_facets(sides[0], sides[1], days=days, same_story=False).verdict == SAME


def _facet(article: Enriched, claim: Claim) -> Facet | None:
    facets = facets_of(article.text, words_of(article.text), claim)
    return next((facet for facet in facets if facet.kind != FIGURES), None)


def judged(
    rows: Iterable[dict[str, Any]], articles: Mapping[str, Enriched], stream: Stream
) -> Iterator[Found]:
    """Look each labelled pair up."""
    for row in rows:
        first, second = (published(articles.get(row[side]["article"]), row[side]) for side in ("a", "b"))
        if first is None or second is None:
            yield Found(row, (first, second))
            continue
        threads = [stream.threads.get(claim.claim_id) for claim in (first, second)]
        day, other = (date.fromisoformat(row[side]["date"]) for side in ("a", "b"))
        yield Found(
            row,
            (first, second),
            rule_joins(articles, (first, second), abs((day - other).days)),
            None not in threads and threads[0] == threads[1],
            frozenset(threads) in stream.related,
        )


def table(found: Sequence[Found]) -> Iterator[str]:
    """Yield the lines of the table."""
    for label in ("same", "different", "related"):
        some = [one for one in found if one.row["label"] == label]
        both = [one for one in some if one.published]
        yield (
            f"{label:10}{len(some):4} pairs, {len(both):3} with both claims published: the rule joins "
            f"{sum(one.by_rule for one in both)}, the stream {sum(one.by_stream for one in both)} "
            f"and relates {sum(one.related and not one.by_stream for one in both)} more"
        )
        if label == "same":
            by_rule = [one for one in both if one.by_rule]
            lost = sum(not one.by_stream for one in by_rule)
            gained = sum(one.by_stream and not one.by_rule for one in both)
            yield (
                f"{'':10}of what the rule joins the stream loses {lost}, and joins {gained} others: "
                f"{100 * (lost - gained) / max(1, len(both)):.1f} points of recall are lost"
            )


def listed(found: Sequence[Found]) -> Iterator[str]:
    """Yield the pairs that are not as labelled."""
    for one in found:
        is_same = one.row["label"] == "same"
        if one.row["label"] == "related" or (is_same and one.by_rule and one.by_stream):
            continue
        if not is_same and not (one.by_rule or one.by_stream):
            continue
        by = [name for name, said in (("rule", one.by_rule), ("stream", one.by_stream)) if said]
        yield f"\nlabelled {one.row['label']}, joined by {' and '.join(by) or 'none'}{', related' * one.related}"
        for side, claim in zip(("a", "b"), one.claims, strict=True):
            labelled = one.row[side]
            name = claim.speaker.name if claim and claim.speaker else None
            says = (
                f"{claim.kind} {name}: {claim.text[:300]}"
                if claim
                else f"unpublished: {labelled['text'][:200]}"
            )
            yield f"  {labelled['date']} {says}"


def main() -> None:
    """Replay articles and score pairs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--capacity", type=int, default=200_000)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    articles = enriched(arguments.articles)
    stream = replayed(articles, arguments.capacity)
    by_id = {one.article_id: one for one in articles}
    for path in arguments.pairs:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        found = list(judged(rows, by_id, stream))
        print(path.name)
        for line in (*table(found), *(listed(found) if arguments.list else ())):
            print(line)


if __name__ == "__main__":
    main()
