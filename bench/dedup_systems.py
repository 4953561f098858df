"""Copydesk and three libraries, each deciding on the articles of a stream in order of arrival.

    python -m bench.dedup_systems NAME STREAM PREDICTIONS

STREAM has an article a line with `id` and `body`; PREDICTIONS gets a line each as the evaluation kit reads them. On
stdout, JSON: CPU per article (µs), of that the part for cleaning, which only Copydesk does, and the bytes by which the
process has grown per article. A first instance has imported and compiled everything by then, and is gone.

The libraries get what their own examples use: lower-case words, shingles of three words, 128 permutations (simhash: 64
bits), the thresholds named here; a text that is called a copy is not stored. datasketch: Zhu, https://ekzhu.com/datasketch.
rensa: https://github.com/beowolx/rensa. simhash: Charikar 2002, https://doi.org/10.1145/509907.509965.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.peers_path import find_peers

WORD = re.compile(r"[^\W_]+")
STREAM_SECONDS = 20
WARM = 100

Prediction = dict[str, Any]
Decide = Callable[[str, str], Prediction]


def shingles(body: str) -> list[str]:
    """Return three words in a row, lower-case."""
    words = WORD.findall(body.lower())
    return [" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))]


def unique() -> Prediction:
    """Nothing like it came before."""
    return {"status": "unique", "relation": None, "match": None, "similarity": None}


def copy_of(match: str, similarity: float | None = None, relation: str = "near_duplicate") -> Prediction:
    """It repeats an earlier one."""
    return {"status": "duplicate", "relation": relation, "match": match, "similarity": similarity}


class Copydesk:
    """The service's own code: clean, sketch, decide; its table made for so many articles."""

    def __init__(self, capacity: int) -> None:
        from service.dedup.collection import Collection, warm_up
        from service.dedup.outputs import incoming
        from service.intake.cleaning.clean import clean
        from service.settings import DedupSettings

        warm_up()
        clean("The ferry sails – again.")
        self._collection = Collection("eval", DedupSettings(capacity_articles=capacity))
        self._incoming = incoming
        self.cleaning_seconds = 0.0
        self._offset = -1

    def decide(self, article_id: str, body: str, title: str = "") -> Prediction:
        """Process one article; the time of its record is its place in the stream."""
        from service.intake.article import intake
        from service.records import Origin, RawRecord
        from service.settings import IntakeSettings

        self._offset += 1
        value = json.dumps({"id": article_id, "title": title, "body": body}).encode()
        origin = Origin(
            "articles.raw", 0, self._offset, 1_700_000_000_000 + self._offset * STREAM_SECONDS * 1000
        )
        started = time.process_time()
        sketched = intake(RawRecord(None, value, (), origin), IntakeSettings())
        self.cleaning_seconds += time.process_time() - started
        incoming = self._incoming(sketched)
        (verdict,) = self._collection.decide(self._offset, [incoming]).verdicts
        if verdict.match_id is None or verdict.relation is None:
            return unique()
        return copy_of(verdict.match_id, verdict.similarity, verdict.relation.value)


def datasketch(threshold: float) -> Decide:
    """MinHash LSH with the bands that datasketch chooses for the threshold."""
    find_peers()
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=threshold, num_perm=128)

    def decide(article_id: str, body: str) -> Prediction:
        minhash = MinHash(num_perm=128)
        minhash.update_batch([shingle.encode() for shingle in set(shingles(body))])
        found = lsh.query(minhash)
        if found:
            return copy_of(min(found))
        lsh.insert(article_id, minhash)
        return unique()

    return decide


def rensa(threshold: float, bands: int, verify: float) -> Decide:
    """R-MinHash LSH with so many bands; candidates count from an estimated Jaccard similarity of `verify` on."""
    find_peers()
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold, 128, bands)
    stored: list[tuple[str, Any]] = []

    def decide(article_id: str, body: str) -> Prediction:
        minhash = RMinHash(128, 42)
        minhash.update(shingles(body))
        likely = [(minhash.jaccard(stored[key][1]), -key) for key in lsh.query(minhash)]
        if likely and max(likely)[0] >= verify:
            similarity, minus_key = max(likely)
            return copy_of(stored[-minus_key][0], similarity)
        lsh.insert(len(stored), minhash)
        stored.append((article_id, minhash))
        return unique()

    return decide


def simhash(bits: int) -> Decide:
    """Fingerprints that differ in at most so many of 64 bits."""
    find_peers()
    from simhash import Simhash, SimhashIndex

    index = SimhashIndex([], k=bits)

    def decide(article_id: str, body: str) -> Prediction:
        fingerprint = Simhash(shingles(body))
        found = index.get_near_dups(fingerprint)
        if found:
            return copy_of(min(found))
        index.add(article_id, fingerprint)
        return unique()

    return decide


PEERS: dict[str, Callable[[], Decide]] = {
    "datasketch, threshold .5": lambda: datasketch(0.5),
    "rensa, threshold .5": lambda: rensa(0.5, 32, 0.0),
    "rensa, 64 bands, verify .18": lambda: rensa(0.3, 64, 0.18),
    "simhash, 3 bits": lambda: simhash(3),
}
SYSTEMS = ("copydesk", *PEERS)


def system(name: str, capacity: int) -> tuple[Decide, Copydesk | None]:
    """Return a new instance, which has seen nothing; Copydesk's counts its cleaning."""
    if name != "copydesk":
        return PEERS[name](), None
    ours = Copydesk(capacity)
    return ours.decide, ours


def read_stream(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield ids, bodies and titles."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield article["id"], article["body"], article["title"]


def resident_bytes() -> int:
    """Return bytes of this process in memory, once what it does not need is given back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _decide(decide: Decide, ours: Copydesk | None, article: tuple[str, str, str]) -> Prediction:
    """Decide on an article; only Copydesk reads its title."""
    article_id, body, title = article
    return decide(article_id, body) if ours is None else ours.decide(article_id, body, title)


def main(name: str, stream: Path, predictions: Path) -> None:
    """Decide on the whole stream and say what it cost."""
    articles = list(read_stream(stream))
    decide, ours = system(name, len(articles))
    for article in articles[:WARM]:
        _decide(decide, ours, article)
    del decide, ours
    before, spent = resident_bytes(), 0.0
    decide, ours = system(name, len(articles))
    with predictions.open("w", encoding="utf-8") as out:
        for article in articles:
            started = time.process_time()
            prediction = _decide(decide, ours, article)
            spent += time.process_time() - started
            out.write(json.dumps({"id": article[0], **prediction}) + "\n")
    grown = resident_bytes() - before
    per_article = 1e6 / len(articles)
    intake = ours.cleaning_seconds * per_article if ours is not None else None
    print(json.dumps({"cpu_us": spent * per_article, "intake_us": intake, "bytes": grown / len(articles)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
