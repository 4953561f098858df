"""How short a story is still found: inside a longer text, and as an excerpt of one.

    python -m bench.dedup_recall [--stories 200] [--plot FILE.png]

Made-up stories of so many words are fed, then texts of `host` words that hold one each (`contains`), and the other way
round, texts first and then an excerpt of each (`part_of`). A find is a link to the right article,
whatever it is called.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.articles import Writer
from bench.dedup_systems import Copydesk, Decide, datasketch, rensa
from bench.peers_path import find_peers

STORY_WORDS = (40, 60, 90, 120, 180, 250, 400)
HOST_WORDS = (500, 1_000, 2_000)
SYSTEMS: dict[str, Callable[[], Decide]] = {
    "copydesk": lambda: Copydesk().decide,
    "datasketch .5": lambda: datasketch(0.5),
    "rensa 64 bands, .18": lambda: rensa(0.3, 64, 0.18),
}
Recall = dict[tuple[str, str, int, int], float]


def words_of(number: int, count: int) -> list[str]:
    """So many words that no other number shares in a row."""
    return Writer(number).body(count + 20).split()[:count]


def inside(story: list[str], host: list[str]) -> str:
    """Return the story in the middle of a text; together they have as many words as the host."""
    rest = len(host) - len(story)
    return " ".join([*host[: rest // 2], *story, *host[rest // 2 : rest]])


def pairs(stories: int, story_words: int, host_words: int) -> Iterator[tuple[str, str]]:
    """Yield a story and a text that holds it."""
    for number in range(stories):
        story = words_of(2 * number, story_words)
        yield " ".join(story), inside(story, words_of(2 * number + 1, host_words))


def recall(decide: Decide, first: list[str], second: list[str]) -> float:
    """Share of the second that is linked to the first at the same place."""
    for number, text in enumerate(first):
        decide(f"first-{number}", text)
    found = [decide(f"second-{number}", text)["match"] for number, text in enumerate(second)]
    return sum(match == f"first-{number}" for number, match in enumerate(found)) / len(second)


def measure(stories: int) -> Recall:
    """Measure every system, both ways, at all lengths."""
    out: Recall = {}
    for host_words in HOST_WORDS:
        for story_words in (words for words in STORY_WORDS if words < host_words):
            short, long = (
                list(texts) for texts in zip(*pairs(stories, story_words, host_words), strict=True)
            )
            for name, system in SYSTEMS.items():
                out[name, "contains", host_words, story_words] = recall(system(), short, long)
                out[name, "part_of", host_words, story_words] = recall(system(), long, short)
    return out


def table(found: Recall) -> str:
    """Return rows of systems and hosts, a column for each length of story."""
    lines = [f"{'':38s}" + "".join(f"{words:>7d}" for words in STORY_WORDS)]
    for way in ("contains", "part_of"):
        for name in SYSTEMS:
            for host_words in HOST_WORDS:
                cells = [found.get((name, way, host_words, words)) for words in STORY_WORDS]
                label = f"{way:9s} {name:20s} in {host_words}"
                lines.append(f"{label:38s}" + "".join("      -" if c is None else f"{c:7.3f}" for c in cells))
    return "\n".join(lines)


def plot(found: Recall, path: Path) -> None:
    """Recall against the length of the story, a panel each way."""
    find_peers()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(11, 4.6), sharey=True)
    titles = {"contains": "a story inside a longer text", "part_of": "an excerpt of a longer text"}
    for axes, (way, title) in zip(panels, titles.items(), strict=True):
        for name, colour in zip(SYSTEMS, ("C0", "C1", "C2"), strict=True):
            for host, line in zip(HOST_WORDS, ("-", "--", ":"), strict=True):
                words = [w for w in STORY_WORDS if (name, way, host, w) in found]
                shares = [found[name, way, host, w] for w in words]
                axes.plot(words, shares, line, color=colour, marker=".", label=f"{name}, in {host} words")
        axes.set(title=title, xlabel="words of the story", ylim=(-0.03, 1.03))
        axes.grid(visible=True, alpha=0.3)
    panels[0].set_ylabel("share found")
    figure.tight_layout(rect=(0, 0.16, 1, 1))
    figure.legend(*panels[0].get_legend_handles_labels(), ncols=3, fontsize=8, loc="lower center")
    figure.savefig(path, dpi=120)


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    found = measure(chosen.stories)
    print(table(found))
    if chosen.plot:
        plot(found, chosen.plot)


if __name__ == "__main__":
    main()
