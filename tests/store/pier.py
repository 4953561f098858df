"""Three articles of one event that repeat a quotation and disagree about a sum."""

from __future__ import annotations

PIER = [
    {
        "id": "pier-1",
        "title": "Merrow pier costs",
        "source": "Tarrow Gazette",
        "published_at": "2025-06-04T06:00:00Z",
        "body": "The port of Merrow paid $3.25 million for repairs after the storms of last winter, its ledger shows. "
        '"The pier will never carry a lorry again, and nobody should pretend that it will," harbour master Ines Tallow '
        "said on Tuesday.",
    },
    {
        "id": "pier-2",
        "title": "Merrow counts again",
        "source": "Skerry Post",
        "published_at": "2025-06-06T06:00:00Z",
        "body": "The port of Merrow paid $3.95 million for repairs after the storms of last winter, its ledger shows. "
        'Harbour master Ines Tallow said in a radio talk: "The pier will never carry a lorry again, and nobody honest '
        'should pretend that it will." The council meets in June.',
    },
    {
        "id": "pier-3",
        "title": "Who pays for the pier",
        "source": "Lunde Post",
        "published_at": "2025-06-07T09:00:00Z",
        "body": 'Shop owners in the old town want answers. "The pier will never carry a lorry again," harbour master '
        "Ines Tallow said. The port of Merrow paid $3.25 million for repairs after the storms of last winter, an "
        "auditor wrote.",
    },
]
RECALLED = {**PIER[2], "pubstatus": "canceled"}
"""The third article, withdrawn."""
