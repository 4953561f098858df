"""A text is read as English or not at all, from one sentence on."""

from __future__ import annotations

import pytest

from service.enrich.attributions import reader
from service.enrich.claims import find_claims
from service.enrich.quotes.codepoints import points_of
from service.enrich.quotes.identify import identify

FOREIGN = {
    "de": "Die Hafenbehörde will den alten Anleger im nächsten Jahr für 3,5 Millionen Euro neu bauen.",
    "nl": "Het bestuur van de haven wil de oude steiger volgend jaar voor 3,5 miljoen euro laten vernieuwen.",
    "fr": "Le port veut reconstruire le vieux quai l'an prochain pour 3,5 millions d'euros, selon sa directrice.",
    "es": "El puerto quiere reconstruir el viejo muelle el próximo año por 3,5 millones de euros.",
    "pt": "O porto quer reconstruir o velho cais no próximo ano por 3,5 milhões de euros, disse a diretora.",
    "it": "Il porto vuole ricostruire il vecchio molo l'anno prossimo per 3,5 milioni di euro.",
    "id": "Pelabuhan itu akan membangun kembali dermaga lama tahun depan dengan biaya 3,5 juta euro.",
    "tr": "Liman, eski iskeleyi gelecek yıl 3,5 milyon avroya yeniden yapmak istiyor.",
    "sv": "Hamnen vill bygga om den gamla kajen nästa år för 3,5 miljoner euro.",
    "pl": "Port chce w przyszłym roku odbudować stare nabrzeże za 3,5 miliona euro.",
    "fi": "Satama haluaa rakentaa vanhan laiturin uudelleen ensi vuonna 3,5 miljoonalla eurolla.",
    "ru": "Порт хочет в следующем году перестроить старый причал за 3,5 миллиона евро.",
    "zh": "港口计划明年耗资350万欧元重建旧码头。",
    "ja": "港は来年、古い桟橋を350万ユーロで建て直す予定だ。",
    "ko": "항구는 내년에 350만 유로를 들여 낡은 부두를 다시 지을 계획이다.",
}
ENGLISH = [
    "The port wants to rebuild the old pier next year for 3.5 million euros.",
    "A small town with three chimneys slid by the window.",
    "“We never saw it coming,” she said.",
    "Rain again.",
    "OLD PIER SOLD TO FERRY COMPANY",
    "Profit rose 3 percent",
    "Señor Ibáñez and Frau Müller met in Zürich on Friday to sign the contract.",
]
SHORT = [
    "BRENVIK Q4 PROFIT $1.2BN-1.5BN",
    "Dalmark Q3 net 41.5 mln vs 38.2 mln",
    "Qtly div 12 cts vs 11 cts prior",
    "The two yards will save 1.4bn-1.6bn euros a year, or £1.2bn to £1.4bn.",
    "Diesel costs 151.3p a litre, up 4p.",
    "FTSE down 0.8%",
    "$4.2bn",
    "Rain: 14mm",
]
SHORT_FOREIGN = [
    "Umsatz stieg auf 4,2 Mrd",
    "Le bénéfice net atteint 12 %",
    "Las ventas caen un 8 %",
    "Прибыль 12 %",
    "利润增长12%",
    "이익 12% 증가",
]


def tag_of(text: str, tag: str | None = None) -> str:
    return identify(points_of(text), reader().vocabulary, tag).tag


@pytest.mark.parametrize("language", FOREIGN)
def test_one_foreign_sentence_is_not_read_as_english(language: str) -> None:
    text = FOREIGN[language]
    assert tag_of(text) == tag_of(text, "en") == "und"
    assert find_claims(text).claims == ()
    assert find_claims(text).dates == ()


@pytest.mark.parametrize("text", ENGLISH)
def test_one_english_sentence_is_read_as_english(text: str) -> None:
    assert tag_of(text) == "en"


@pytest.mark.parametrize("text", SHORT)
def test_a_short_text_without_signs_of_another_language_is_read_as_english(text: str) -> None:
    assert tag_of(text) == "en"
    assert find_claims(text).claims


@pytest.mark.parametrize("text", SHORT_FOREIGN)
def test_a_short_text_with_signs_of_another_language_is_not(text: str) -> None:
    assert tag_of(text) == "und"
    assert find_claims(text).claims == ()


@pytest.mark.parametrize(
    ("text", "untagged", "english", "german"),
    [
        ("8.1.", "en", "en", "und"),
        ("Berlin, Paris.", "en", "en", "und"),
        ("Hafen schließt", "und", "und", "und"),
        (ENGLISH[0], "en", "en", "en"),
        (FOREIGN["de"], "und", "und", "und"),
    ],
)
def test_the_tag_of_the_record_decides_only_where_words_leave_doubt(
    text: str, untagged: str, english: str, german: str
) -> None:
    assert (tag_of(text), tag_of(text, "en-GB"), tag_of(text, "de")) == (untagged, english, german)


def test_a_text_in_two_languages_is_what_most_of_it_is() -> None:
    mostly_english = " ".join(ENGLISH[:3]) + "\n\n" + FOREIGN["es"]
    assert tag_of(mostly_english) == "en"
    assert tag_of(FOREIGN["es"] + "\n" + FOREIGN["it"] + "\n" + ENGLISH[0]) == "und"


def test_figures_of_a_foreign_paragraph_are_left_out() -> None:
    lamps = "The pier has 12 lamps, and it was sold in 2019."
    rest = "The old pier stays shut until the council has found the money for a new one."
    findings = find_claims("\n".join([FOREIGN["es"], lamps, FOREIGN["de"], ENGLISH[1], rest]))
    assert findings.language == "en"
    quantities = [quantity.text for claim in findings.claims for quantity in claim.quantities]
    assert quantities == ["12 lamps", "three chimneys"]
    assert [date.text for date in findings.dates] == ["2019"]


def test_no_text_at_all_is_no_language() -> None:
    assert tag_of("") == tag_of("\n\n") == "und"
