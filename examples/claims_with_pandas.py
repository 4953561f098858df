"""Look at claims with pandas: `python claims_with_pandas.py FILE.sqlite`, a file of claims_to_sqlite.py."""

import sqlite3
import sys

import pandas

MIN_CONFIDENCE = 0.5
"""Claims below it are left out: about one in eight of those above has wrong words or a wrong speaker."""


def look(path: str) -> str:
    """Return two tables as text: who says most, and the figures that are named."""
    with sqlite3.connect(path) as table:
        claims = pandas.read_sql(
            "SELECT * FROM claims WHERE confidence >= ?", table, params=(MIN_CONFIDENCE,)
        )
    said = claims[claims["speaker"].notna()]
    speakers = said.groupby("speaker").agg(claims=("event", "count"), articles=("article", "nunique"))
    figures = claims[claims["value"].notna()][["article", "value", "unit"]]
    return "\n".join(
        [
            "who says most",
            speakers.sort_values(["claims", "articles"], ascending=False).head(10).to_string(),
            "",
            "figures",
            figures.sort_values("value", ascending=False).head(10).to_string(index=False),
        ]
    )


if __name__ == "__main__":
    print(look(sys.argv[1]))
