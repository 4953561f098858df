"""What the peers do with one article: shingles, MinHash, and the claims of Copydesk's own code.

Shingles are three lower-case words, 128 permutations, threshold 0.5: what the libraries' own examples use, and the
threshold at which they find most reprints (bench/dedup_systems.py). A text that is called a copy is not stored.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from bench.meters import clocked
from bench.peers_path import find_peers
from service.enrich.claims import find_claims, warm_up
from service.settings import Settings, load_settings

WORD = re.compile(r"[^\W_]+")
PERMUTATIONS = 128
THRESHOLD = 0.5
RENSA_BANDS = 32

Match = Callable[[str, str], str | None]
"""(article id, body) -> the id of the article it repeats, or None, and then it is remembered."""


@dataclass(frozen=True)
class Peer:
    """What a peer needs to run."""

    settings: Settings
    claims: Callable[..., Any]


def peer() -> Peer:
    """From the environment, with a clock on the claims; argv holds the file of clocks."""
    warm_up()
    return Peer(load_settings(env=os.environ), clocked(Path(sys.argv[1]), "claims", claims_of))


def claims_of(article: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what it claims, each with the article's id."""
    found = find_claims(article["body"], published_at=article["published_at"]).claims
    return [{"article_id": article["id"], **msgspec.to_builtins(claim)} for claim in found]


def shingles(body: str) -> set[str]:
    """Return three words in a row, lower-case."""
    words = WORD.findall(body.lower())
    return {" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


def datasketch() -> Match:
    """MinHashLSH of datasketch (https://ekzhu.com/datasketch)."""
    find_peers()
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def match(article_id: str, body: str) -> str | None:
        minhash = MinHash(num_perm=PERMUTATIONS)
        minhash.update_batch([shingle.encode() for shingle in shingles(body)])
        found = lsh.query(minhash)
        if found:
            return str(min(found))
        lsh.insert(article_id, minhash)
        return None

    return match


def rensa() -> Match:
    """R-MinHash LSH of rensa (https://github.com/beowolx/rensa)."""
    find_peers()
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(THRESHOLD, PERMUTATIONS, RENSA_BANDS)
    ids: list[str] = []

    def match(article_id: str, body: str) -> str | None:
        minhash = RMinHash(PERMUTATIONS, 42)
        minhash.update(list(shingles(body)))
        found = lsh.query(minhash)
        if found:
            return ids[min(found)]
        lsh.insert(len(ids), minhash)
        ids.append(article_id)
        return None

    return match


def duplicate(article: dict[str, Any], match: str) -> dict[str, Any]:
    """Return a record for articles.duplicates."""
    return {"article_id": article["id"], "duplicate_of": match, "title": article["title"]}


def enriched(article: dict[str, Any], claims: Callable[..., Any]) -> dict[str, Any]:
    """Return a record for articles.enriched, with its claims."""
    return {
        "article_id": article["id"],
        "text": article["body"],
        "title": article["title"],
        "published_at": article["published_at"],
        "claims": claims(article),
    }
