"""Where what was said begins and ends, who says it, and through which lead-in."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims


def said(text: str) -> list[tuple[str | None, str]]:
    """List the speaker's name, or phrase, and the words of each quotation and statement in their pieces."""
    return [
        (
            (claim.speaker.name or claim.speaker.text) if claim.speaker else None,
            " | ".join(text[piece.start : piece.end] for piece in claim.segments),
        )
        for claim in find_claims(text).claims
        if claim.kind != "figure"
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Two mayors — Ada Brandt and Tom Lund — are considering a line to the coast, the ministry said on Monday.",
            "the ministry",
            "Two mayors — Ada Brandt and Tom Lund — are considering a line to the coast",
        ),
        (
            "Moss drew a line, saying that concerns about the port — as told by Alan Kruse, the former chairman of the "
            "council — were not to be dismissed.",
            "Moss",
            "that concerns about the port — as told by Alan Kruse, the former chairman of the council — were not to be "
            "dismissed",
        ),
        (
            "The AP reported that, according to an analysis of her calendar, 85 of the 154 meetings Moss had were with "
            "donors.",
            "AP",
            "that, according to an analysis of her calendar, 85 of the 154 meetings Moss had were with donors",
        ),
        (
            "The mayors summed up the development of the port over the recent period, the statement read.",
            "the statement",
            "The mayors summed up the development of the port over the recent period",
        ),
        (
            "The bridge is old and, according to the council, it will close before the summer.",
            "the council",
            "it will close before the summer",
        ),
        (
            "According to a Harbour Council poll conducted April 11, few voters are likely to trust the mayor.",
            "Harbour Council",
            "few voters are likely to trust the mayor",
        ),
        (
            "According to Harbour News, which reviewed a copy of the letter sent to Rep. Ida Moss (D., Miss.), the "
            "audit has been opened.",
            "Harbour News",
            "the audit has been opened",
        ),
        (
            "The attack was, the minister said, nothing but an act of war.",
            "the minister",
            "The attack was | nothing but an act of war",
        ),
        (
            "The storm tore up the road, officials said, cutting off two villages.",
            "officials",
            "The storm tore up the road | cutting off two villages",
        ),
        (
            "The bank has lost $3 million, the report said, attributing the loss to fraud.",
            "the report",
            "The bank has lost $3 million",
        ),
        ("“Investors will be paid,” Do Kwon said.", "Kwon", "“Investors will be paid,”"),
        ("“He lied,” Ms. Do said.", "Do", "“He lied,”"),
        ("“We lost,” Can told reporters.", "Can", "“We lost,”"),
        ("The river is high, Gen. Falk said.", "Falk", "The river is high"),
        (
            "Anchor Don Falk told viewers that the bridge was closed.",
            "Don Falk",
            "that the bridge was closed",
        ),
        (
            "Directors said on their call that margins would widen next year.",
            "Directors",
            "that margins would widen next year",
        ),
        (
            "Officials said on condition of anonymity that the rescue had failed.",
            "Officials",
            "that the rescue had failed",
        ),
        (
            "Lund said during a visit to the port that the crane was unsafe.",
            "Lund",
            "that the crane was unsafe",
        ),
        ("The plan, Lund insisted, would work in time.", "Lund", "The plan | would work in time"),
        ("The dam, the ministry said on Monday, is safe.", "the ministry", "The dam | is safe"),
        (
            "The Aske senator said he would vote no. Sen. Ida Roth has left.",
            "The Aske senator",
            "he would vote no",
        ),
        ("Marsh & Spence said it would close a shop.", "Marsh & Spence", "it would close a shop"),
        ("Lund was mocked for claiming that the dam was safe.", "Lund", "that the dam was safe"),
        ("Port & Friends co-host Robert Moss said it was late.", "Robert Moss", "it was late"),
        ("Lund and Moss both said the deal was dead.", "Lund and Moss", "the deal was dead"),
        (
            '"Well," Lund said, and shrugged, "that is life."',
            "Lund",
            '"Well," | "that is life."',
        ),
    ],
)
def test_a_statement_is_whole(text: str, speaker: str, content: str) -> None:
    assert said(text) == [(speaker, content)]


def test_what_reads_is_a_document() -> None:
    assert not said("The port was quiet in May, the mayor read.")


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ('"The sea," said Brandt, standing up, "is calm today."', "Brandt", '"The sea," | "is calm today."'),
        (
            '"The sea," Brandt told the council in May, with a look at the clock, "is calm."',
            "Brandt",
            '"The sea," | "is calm."',
        ),
    ],
)
def test_a_quotation_that_a_clause_interrupts_is_one(text: str, speaker: str, content: str) -> None:
    assert said(text) == [(speaker, content)]


def test_a_passage_of_another_sentence_is_not_the_second_half() -> None:
    text = '"The sea is calm," said Brandt. Lund left the ship, "a wreck", at night.'
    assert said(text) == [("Brandt", '"The sea is calm,"')]


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("As the Harbour Courier reported, even on Friday the ministry was silent:", "Harbour Courier"),
        ("Reporter Jomana Kest says:", "Jomana Kest"),
    ],
)
def test_a_lead_in_tells_whose_words_the_next_paragraph_is(lead: str, speaker: str) -> None:
    passage = '"The ministry is still reluctant to call the fire arson, citing the work of the police on this case."'
    assert (speaker, passage) in said(f"The port mattered most. {lead}\n\n{passage}\n\nNobody knows more.")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Many pipes leak. Rex Bush in a Medium post said he would put more pipes under the road.",
            "Rex Bush",
        ),
        (
            "Last year, Sefu, the former secretary of State, U.S. senator, and first lady, said the port would close.",
            "Sefu",
        ),
        (
            "Anna Falk met Jan Roth, the United States Customs and Border Protection commissioner, who conceded that "
            "many more tunnels might exist.",
            "Jan Roth",
        ),
        (
            "Moss said Wednesday that Republicans rejected his attempts to include language to strengthen the deal.",
            "Moss",
        ),
        ("Moss said on Wednesday that the port would close in May.", "Moss"),
        (
            'Rep. Patrick Holm (R–N.C.) called the bill "one of the biggest changes to the law in my lifetime."',
            "Patrick Holm",
        ),
        (
            "Tuesday, Sen. Joe Manin (D-W.Va.), who sponsored the compromise checks plan, said he wouldn’t bring it "
            "back up until he can get the support of five more senators.",
            "Joe Manin",
        ),
        (
            "Businesses including major firms and the U.S. Chamber of Commerce said the ban would stifle the recovery.",
            "Businesses including major firms and the U.S. Chamber of Commerce",
        ),
        (
            "Dodged questions came. In January of 2014, the Harbour Department concluded that the building of the line "
            "“would not worsen the air,” according to the Tarrow Times.",
            "Harbour Department",
        ),
        (
            "According to the U.S. Southern Command, the decision was made after detainees left.",
            "U.S. Southern Command",
        ),
        (
            "According to a small case study published in the journal Lanner, out of the 8 children studied, one died.",
            "a small case study published in the journal Lanner",
        ),
        (
            "Rep. Barry Loud (R-Ga.), who was on the field when the gunman opened fire, said in response to the plan: "
            "“Have they ever been shot at, many times, at close range?”",
            "Barry Loud",
        ),
        (
            "Rep. Tom Pell (R-GA) and Sen. Mike Enz (R-WY), the chairs of the House and Senate Budget Committees, last "
            "week announced they will not let the director present the budget.",
            "Tom Pell and Mike Enz",
        ),
        (
            "“I’m admitting I made a horrible mistake,” said Bergdal on the witness stand, according to the Times.",
            "Bergdal",
        ),
        (
            "Senate Republicans met in May. In Tarrow, Republicans say that members take advantage of the rules.",
            "Republicans",
        ),
        (
            "Evidence suggests that even the sharp rise has had a small impact on the wages of workers.",
            "Evidence",
        ),
        (
            "MPs Anna Benn and Jan Falk left. If MPs voted, all was lost. Theresa Moss came. She said she was sure.",
            "Theresa Moss",
        ),
        (
            "Meanwhile, Mayor Brandt highlighted that the port and the town share the desire for more.",
            "Brandt",
        ),
        (
            "Towns passed a bill. In the senate, Jan Barr of Aske, who says the rule would devastate the port, left.",
            "Jan Barr",
        ),
        (
            "The captain was killed Friday, according to port officials, and the army reported that others were hurt.",
            "port officials",
        ),
        ("Ship owners were banned in the U.S. Brandt said the ban would stifle the recovery.", "Brandt"),
        (
            "Bob Cork, the Tarrow senator, and Jeff Flint, a mayor, said the vote would come.",
            "Bob Cork and Jeff Flint",
        ),
        (
            "Sens. Bob Cork, R-Aske., and Jeff Flint, D-Tarrow., said the vote would come.",
            "Bob Cork and Jeff Flint",
        ),
        (
            'Harbour, Port Renounce Dam"[The sides] expressed mutual rejection of the plan aimed at the dam.',
            "[The sides]",
        ),
    ],
)
def test_the_speaker_is_who_says_it(text: str, speaker: str) -> None:
    assert [name for name, _ in said(text)] == [speaker]


def test_something_is_called_names_by_the_subject() -> None:
    text = '"We lost," said Lund. Officials, who declined to be named, called it "a farce".'
    claim = next(claim for claim in find_claims(text).claims if "a farce" in claim.text)
    assert claim.confidence > 0.15
    assert claim.speaker is not None
    assert claim.speaker.text == "Officials"


@pytest.mark.parametrize(
    "text",
    [
        "Some find work. The president's proposed increase in the minimum wage won't help create new jobs.",
        "The Courier first reported the meeting on Tuesday morning.",
        "What will happen if the court recommends that Clint be indicted?",
        "The President cares vastly more about what the press says than what his advisers say.",
    ],
)
def test_what_is_only_described_is_doubted(text: str) -> None:
    assert all(claim.confidence < 0.3 for claim in find_claims(text).claims)


def test_a_labelled_paragraph_that_begins_with_a_passage_ends_with_it() -> None:
    passage = '"I have never made myself out to be the only voice in this."'
    text = f"BENN: We met.\n\nLUND: {passage} pic.example.com/Nq — CTV (@ctv) May 12, 2020\n\nBENN: And then we left."
    assert ("LUND", passage) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "The strike will begin on Friday, the Courier reported, citing a union leader.",
        "Three in 10 pensioners in Aske County skip meals, and four out of five said prices had risen.",
    ],
)
def test_what_rules_read_like_the_model_is_published(text: str) -> None:
    said_there = [claim for claim in find_claims(text).claims if claim.kind == "statement"]
    assert max(claim.confidence for claim in said_there) > 0.35


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "When Roth told reporters that the dam was safe, the council voted to close it.",
            "that the dam was safe",
        ),
        (
            "After Roth announced a hearing for next Monday to air the matter, it did not end the row.",
            "a hearing for next Monday to air the matter",
        ),
        ("Roth told reporters that the dam was safe, and the bridge was too.", None),
        ("Falk urged the club to sack the coach and stormed out of the hall.", "the club to sack the coach"),
    ],
)
def test_a_clause_that_leads_in_ends_before_the_main_clause(text: str, content: str | None) -> None:
    (words,) = [words for speaker, words in said(text) if speaker in ("Roth", "Falk")]
    assert words == content if content else "bridge was too" in words


def test_a_quotation_opens_behind_a_heading_that_lost_its_blank() -> None:
    text = (
        'Lund on Other Affairs"[The sides] will meet in May, and no one expects more than that," Falk said.'
    )
    assert said(text)[-1] == ("Falk", '"[The sides] will meet in May, and no one expects more than that,"')


def test_letters_left_out_before_a_name_open_nothing() -> None:
    text = "The plant in 's-Gravenmoss will close, the firm said. Workers wanted 'better jobs'."
    assert ("the firm", "The plant in 's-Gravenmoss will close") in said(text)


def test_what_only_describes_the_speaker_is_no_half_of_the_statement() -> None:
    text = "No stranger to scandal, Senator Falk told reporters he would not resign."
    assert said(text) == [("Falk", "he would not resign")]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Prices will fall, says Harbour Bank chief", "Harbour Bank chief", "Prices will fall"),
        ("The house was lost, said Hall, 29.", "Hall", "The house was lost"),
        (
            "The plan would fail, said a spokesman for the bank on Monday.",
            "a spokesman for the bank",
            "The plan would fail",
        ),
        ("Such policies, says White, are unlawful.", "White", "Such policies || are unlawful"),
        (
            "Two officials familiar with the talks said a deal could come next week.",
            "Two officials familiar with the talks",
            "a deal could come next week",
        ),
        (
            "The fire began at about two in a storage room, fire chief Paul Stern said.",
            "fire chief Paul Stern",
            "The fire began at about two in a storage room",
        ),
        (
            "Baker Lise Moreau was quoted as saying the flour had run out.",
            "Baker Lise Moreau",
            "the flour had run out",
        ),
        (
            "Baker Lise Moreau was quoted as saying the flour had run out, and opposition leaders said nothing of it.",
            "Baker Lise Moreau",
            "the flour had run out",
        ),
        (
            "The council was quoted as saying that Roth and Falk said nothing.",
            "The council",
            "that Roth and Falk said nothing",
        ),
        (
            "The coach, Omar Diaz, said after the match that his team “was asleep”.",
            "The coach, Omar Diaz",
            "that his team “was asleep”",
        ),
    ],
)
def test_who_speaks_and_what_is_said_end_where_they_should(text: str, speaker: str, content: str) -> None:
    (claim,) = [one for one in find_claims(text).claims if one.kind != "figure" and one.confidence >= 0.3]
    assert claim.speaker is not None
    pieces = [text[piece.start : piece.end] for piece in claim.segments]
    assert (claim.speaker.text, " || ".join(pieces)) == (speaker, content)


def test_a_long_statement_goes_on_to_the_end_of_its_sentence() -> None:
    content = (
        "that the council had been told of the cracks in the wall by three engineers who live below the dam and the "
        "head of the fire service of the old town of Tarrow before the last flood took the houses of the farmers who "
        "had asked the council to pay for the damage to the barns and the roads and the railway of the port"
    )
    for behind in ("", "; critics doubt it", ", while aides said nothing"):
        claims = find_claims(f"Falk said {content}{behind}.").claims
        assert claims[0].text == content
