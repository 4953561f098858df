"""Quotations over several paragraphs: each paragraph opens anew, and only the last one closes."""

from __future__ import annotations

from service.enrich.claims import find_claims

PARAGRAPHS = (
    "“I have run behind Petra for eleven years.\n\n“I know the back of her head.\n\n"
    "“That was all,” Ana Sandoval said."
)


def quoted(text: str) -> list[tuple[list[str], str | None]]:
    claims = [claim for claim in find_claims(text).claims if claim.kind == "quote"]
    return [
        (
            [text[part.start : part.end] for part in claim.segments],
            claim.speaker.name if claim.speaker else None,
        )
        for claim in claims
    ]


def test_whoever_closes_a_quotation_said_all_its_paragraphs() -> None:
    assert quoted(PARAGRAPHS) == [
        (
            [
                "“I have run behind Petra for eleven years.",
                "“I know the back of her head.",
                "“That was all,”",
            ],
            "Ana Sandoval",
        )
    ]


def test_a_quotation_that_closed_is_not_joined_to_the_next_paragraph() -> None:
    closed = PARAGRAPHS.replace("years.", "years.”")
    assert ["“I know the back of her head.", "“That was all,”"] in [parts for parts, _ in quoted(closed)]


def test_a_paragraph_without_marks_ends_the_quotation() -> None:
    apart = PARAGRAPHS.replace("\n\n“I know", "\n\nIt rained in the town all day long.\n\n“I know")
    assert all(
        "“I have run behind Petra for eleven years." not in parts for parts, name in quoted(apart) if name
    )


def test_a_case_between_two_names_ends_no_sentence() -> None:
    text = "The court said that Moss v. City of Tarrow was decided in May."
    assert [claim.text for claim in find_claims(text).claims] == [
        "that Moss v. City of Tarrow was decided in May"
    ]


def test_a_mark_that_was_forgotten_gives_nobody_the_words_of_another() -> None:
    text = "“We will build it next year, Brandt said.\n\n“Nobody asked us,” the mayor added."
    assert (["“Nobody asked us,”"], None) in quoted(text)
