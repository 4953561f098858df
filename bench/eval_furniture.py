"""Count how much furniture of pages goes, and how much of the story with it: python -m bench.eval_furniture [--errors].

The pages are our own (tests/quality/pages), every line marked as story or furniture, in the languages whose furniture
is known. Recall is the share of the furniture that goes, precision the share of furniture among the lines that go.
With --errors each line that cleaning tells wrong is named. Exits with 1 where a line of a story goes.
"""

from __future__ import annotations

import argparse

from tests.quality.marked_pages import Score, judged, languages, score


def main(argv: list[str] | None = None) -> int:
    """Print a row for each language and the sum; 1 where a story lost a line."""
    parser = argparse.ArgumentParser(prog="bench.eval_furniture", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="name the lines that are told wrong")
    options = parser.parse_args(argv)
    scores = {language: score(language) for language in languages()}
    scores["all"] = Score(*map(sum, zip(*scores.values(), strict=True)))
    for language, counts in scores.items():
        print(
            f"{language:4s}{counts.furniture:5d} lines of furniture, recall {counts.recall:.3f}"
            f"{counts.story:6d} of stories, precision {counts.precision:.3f}"
        )
    if options.errors:
        for language in languages():
            for line in judged(language):
                if line.is_furniture == line.is_kept:
                    print(f"{language}  {'left' if line.is_furniture else 'lost'}  {line.words}")
    return 1 if scores["all"].story_dropped else 0


if __name__ == "__main__":
    raise SystemExit(main())
