"""Blocks of editors: what is one paragraph, and what is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.intake.shapes.blocks import prose

LEAD = "The ferry to Corran stays in harbour on Thursday, the port office said."
QUOTE = '"The shaft is cracked," harbour master Oda Tamm said.'
BOTH = f"{LEAD}\n\n{QUOTE}"
HALVES = LEAD[:13], LEAD[13:]


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "text", "content": LEAD}, {"type": "text", "content": QUOTE}],  # Arc without a picture
        [{"type": "list", "items": [{"type": "text", "content": LEAD}, {"type": "text", "content": QUOTE}]}],
        [{"type": "quote", "content_elements": [{"type": "text", "content": LEAD}]}, {"type": "text", "text": QUOTE}],
        [{"children": [{"text": HALVES[0]}, {"text": HALVES[1], "bold": True}]}, {"children": [{"text": QUOTE}]}],
        {"ops": [{"insert": HALVES[0]}, {"insert": f"{HALVES[1]}\n"}, {"insert": {"image": "a"}}, {"insert": QUOTE}]},
        [HALVES[0], {"type": "bold", "text": HALVES[1] + "\n\n" + QUOTE}],  # Telegram
        {"components": [{"contents": {"html": LEAD}}, {"newsletter": {"name": "Day"}}, {"contents": {"html": QUOTE}}]},
        [
            {"type": "paragraph", "paragraph": {"rich_text": [{"plain_text": half} for half in HALVES]}},
            {"type": "paragraph", "paragraph": {"rich_text": [{"plain_text": QUOTE}]}},
        ],
        [{"type": "Paragraph", "content": [{"text": half} for half in HALVES]}, {"type": "Paragraph", "text": QUOTE}],
        {
            "nodeType": "document",
            "content": [
                {
                    "nodeType": "paragraph",
                    "content": [
                        {"nodeType": "text", "value": HALVES[0], "data": {}},
                        {"nodeType": "hyperlink", "data": {}, "content": [{"nodeType": "text", "value": HALVES[1]}]},
                    ],
                },
                {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": QUOTE, "data": {}}]},
            ],
        },
    ],
)  # fmt: skip
def test_pieces_of_a_sentence_are_joined_and_paragraphs_are_not(blocks: Any) -> None:
    assert " ".join(prose(blocks).split()) == " ".join(BOTH.split())
    assert prose(blocks).count("\n\n") == 1
    if json.dumps(blocks).startswith(("{", "[{")):
        assert prose(json.dumps(blocks)) == prose(blocks)


def test_a_line_break_and_a_picture_stand_inside_a_paragraph() -> None:
    children = [
        {"type": "text", "text": LEAD},
        {"type": "linebreak"},
        {"type": "image"},
        {"type": "text", "text": QUOTE},
    ]
    assert prose({"root": {"children": [{"type": "paragraph", "children": children}]}}) == f"{LEAD}\n{QUOTE}"


@pytest.mark.parametrize("text", ['{"just": "data"}', '[{"', '{"a": ' + "[" * 200 + "]" * 200 + "}"])
def test_json_that_holds_no_text_is_left_as_it_is(text: str) -> None:
    assert prose(text) == text


def test_a_box_beside_a_story_is_no_part_of_it() -> None:
    assert prose([{"type": "text", "value": LEAD}, {"type": "box", "box": {"text": "About us"}}]) == LEAD


def test_one_piece_without_its_blank_glues_no_paragraphs() -> None:
    told = prose([{"text": "Background "}, {"text": "The ferry stays."}, {"text": "A gate jammed."}])
    assert told.split("\n\n")[-2:] == ["The ferry stays.", "A gate jammed."]
