"""What the demo shows: nothing cut that matters, nothing that could drive a terminal."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console, RenderableType

from service.commands.demo import printing
from service.commands.demo.tally import SetAside
from service.records import Quantity, Span, Speaker
from service.samples import Sample
from tests.commands.demo.test_tally import a_claim, a_thread, dead, duplicate, enriched, published, tally_of


def rendered(what: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=140)
    console.print(what)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(0, 1, "", 218_500_000.0, currency="USD"), "218,500,000 USD"),
        (Quantity(0, 1, "", 3.5, unit="percent", change="up"), "3.5 percent ↑"),
        (Quantity(0, 1, "", 6.0, value_high=8.0, unit="month", comparator="about"), "about 6 to 8 months"),
        (Quantity(0, 1, "", 14.0, unit="cranes", comparator="at_least"), "at least 14 cranes"),
        (Quantity(0, 1, "", 7.0, comparator="equal"), "7"),
    ],
)
def test_figure_is_shown_as_understood(quantity: Quantity, words: str) -> None:
    assert printing.figure_in_words(quantity) == words


def test_terminal_commands_in_texts_are_shown_and_not_obeyed() -> None:
    line = printing.answer_line(Sample("x", "note\x1b[2J", b""), SetAside("no_text", "", "intake"))
    assert "\x1b" not in line.plain


def test_text_that_looks_like_markup_is_shown_as_it_is() -> None:
    claim = a_claim(text="[bold]Rain[/]")
    assert "[bold]Rain[/]" in rendered(printing.claims_table(tally_of(1, published("claims", "c", claim))))


def test_page_of_claims_shows_every_article_before_a_second_claim_of_one() -> None:
    many = [a_claim(f"many-{i}") for i in range(printing.CLAIMS_ON_A_PAGE + 5)]
    lone = msgspec.structs.replace(a_claim("lone", "Only once"), article_id="other")
    tally = tally_of(0, *(published("claims", claim.claim_id, claim) for claim in [*many, lone]))
    page = rendered(printing.claims_table(tally))
    assert "Only once" in page
    assert f"{printing.CLAIMS_ON_A_PAGE} of {len(many) + 1} claims" in page


def test_words_between_the_pieces_of_a_quotation_are_left_out() -> None:
    text = "A storm, she said, will come"
    claim = msgspec.structs.replace(a_claim(text=text), segments=(Span(0, 7), Span(19, 28)))
    assert "A storm … will come" in rendered(
        printing.claims_table(tally_of(0, published("claims", "c", claim)))
    )


def test_speaker_is_shown_with_the_fullest_name_and_role() -> None:
    speaker = Speaker(0, 4, "She", name="Helena Marsh", resolved_by="pronoun", role="chairwoman")
    spoken = msgspec.structs.replace(a_claim(), speaker=speaker)
    page = rendered(printing.claims_table(tally_of(0, published("claims", "c1", spoken))))
    assert "Helena Marsh, chairwoman" in " ".join(page.split())


def test_summary_lists_reasons_and_relations() -> None:
    summary = rendered(
        printing.summary_table(tally_of(4, enriched(0), duplicate(1), dead(2), dead(3, "schema")))
    )
    for words in ("new 1", "exact 1", "no_text 1, schema 1"):
        assert words in summary


def test_what_has_no_answer_is_named_by_its_story() -> None:
    tally = tally_of(2, enriched(0))
    samples = {(0, 1): Sample("harbour", "a wire story", b"")}
    assert list(printing.unanswered_lines(tally, samples)) == [
        "no answer to articles.raw partition 0 offset 1: harbour (a wire story)"
    ]


def test_figures_in_dispute_come_first_and_threads_of_one_report_are_left_out() -> None:
    alone = a_thread("alone#", reports=1, text="Only one says so")
    first = a_thread("first#", figure="$5 million")
    other = a_thread("other", kind="quotation", text="It rained")
    against = a_thread("against#", reports=1, figure="$6 million", disputes=("first#",))
    records = [published("claim.threads", one.thread_id, one) for one in (alone, other, first, against)]
    page = rendered(printing.threads_table(tally_of(0, *records)))
    assert "3 of 4 threads" in page
    assert "$6 million against $5 million: period" in page
    assert "Only one says so" not in page
    assert page.index("against") < page.index("It rained")
