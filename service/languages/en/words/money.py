"""Currencies: symbols, letters before a number, ISO 4217 codes, names."""

from __future__ import annotations

from service.languages.lists import listed, named

SYMBOLS = named(
    "USD: $", "EUR: €", "GBP: £", "JPY: ¥ 円", "INR: ₹", "KRW: ₩", "RUB: ₽", "TRY: ₺", "ILS: ₪", "NGN: ₦", "UAH: ₴",
    "VND: ₫", "THB: ฿", "PHP: ₱", "XBT: ₿", "CRC: ₡", "CNY: 元", "KZT: ₸", "GEL: ₾",
)  # fmt: skip
DOLLAR_PREFIXES = named(
    "USD: us u", "AUD: a au", "CAD: c ca cdn can", "HKD: hk", "NZD: nz", "SGD: s sg", "BRL: r", "TWD: nt",
    "MXN: mex mx", "NAD: n", "JMD: j", "TTD: tt", "BZD: bz", "FJD: fj",
)  # fmt: skip
"""Letters before a dollar sign: A$, HK$, US$, R$ (Brazil's real); Australian papers write $A and $US."""
ISO_CODES = listed(
    "usd eur gbp jpy cny inr aud cad chf sek nok dkk nzd sgd hkd krw mxn brl zar rub try ils myr thb idr php vnd",
    "pln czk huf ron bgn uah aed sar qar kwd egp ngn kes ghs pkr bdt lkr twd ars clp cop pen isk kzt",
)
CODES_IN_LOWER_CASE = listed("usd eur gbp rmb cny jpy aud cad chf nzd mxn hkd")
"""Codes that are no English word, so that "200 usd" can be read too."""
CODES_WITH_MILLION = listed("musd meur mgbp maud mcad")
LETTERS = named(
    "MYR: rm",
    "INR: rs",
    "CNY: rmb",
    "CHF: fr sfr",
    "IDR: rp",
    "GBP: ps",
    "JPY: y",
    "SEK: kr",
    "XBT: btc",
    "AED: dh dhs",
)
"""Letters before a number: RM79, Rs 500; Y=100 and PS6m are yen and pounds in plain-ASCII wire copy."""
NAMES = named(
    "USD: dollar dollars dlr dlrs buck bucks greenback greenbacks", "EUR: euro euros",
    "GBP: sterling stg quid", "JPY: yen",
    "CNY: yuan renminbi kuai", "RUB: rouble roubles ruble rubles", "INR: rupee rupees", "CHF: franc francs",
    "KRW: won", "THB: baht", "MYR: ringgit", "IDR: rupiah", "MXN: peso pesos", "TRY: lira liras lire",
    "SEK: krona kronor", "NOK: krone kroner", "PLN: zloty zlotys zlotych", "HUF: forint forints",
    "CZK: koruna korunas", "ILS: shekel shekels", "ZAR: rand", "BRL: reais", "UAH: hryvnia hryvnias", "NGN: naira",
    "GHS: cedi cedis", "VND: dong", "BDT: taka", "SAR: riyal riyals", "AED: dirham dirhams", "KWD: dinar dinars",
    "XBT: bitcoin bitcoins", "KES: shilling shillings", "KZT: tenge", "RON: leu lei",
    "DEM: deutschmark deutschmarks", "ESP: peseta pesetas", "NLG: guilder guilders",
)  # fmt: skip
"""A name without a country stands for the largest economy that uses it."""
POUNDS = listed("pound pounds")
MINOR = named(
    "USD: cent cents ct cts ¢ pennies", "GBP: pence penny", "MYR: sen", "INR: paise", "RUB: kopecks"
)
"""Hundredths, and the currency where nothing says another."""
CENTS = listed("cent cents cts")
OF_CENTS = frozenset("EUR AUD CAD NZD HKD SGD TWD ZAR KES JMD".split(" "))
"""Currencies besides the dollar of the United States whose hundredths are cents."""
_SINGULAR = named(
    "dollar: dollars dlr dlrs", "pound: pounds", "franc: francs", "rupee: rupees", "peso: pesos", "lira: liras lire",
    "krona: kronor", "krone: kroner", "dinar: dinars", "riyal: riyals", "dirham: dirhams", "shilling: shillings",
    "guilder: guilders", "cent: cents ct cts", "leu: lei", "koruna: korunas",
)  # fmt: skip
_OF_COUNTRIES = named(
    "AUD: australian-dollar aussie-dollar australian-cent", "CAD: canadian-dollar canadian-cent",
    "HKD: kong-dollar", "NZD: zealand-dollar", "SGD: singapore-dollar singaporean-dollar", "TWD: taiwan-dollar",
    "USD: american-dollar us-dollar s-dollar us-cent american-cent s-cent", "ZWL: zimbabwean-dollar",
    "JMD: jamaican-dollar",
    "GBP: british-pound", "EGP: egyptian-pound", "LBP: lebanese-pound lebanese-lira", "SYP: syrian-pound",
    "SDG: sudanese-pound", "CHF: swiss-franc", "FRF: french-franc", "XOF: cfa-franc", "INR: indian-rupee",
    "PKR: pakistani-rupee", "LKR: lankan-rupee", "NPR: nepalese-rupee", "IDR: indonesian-rupee",
    "MXN: mexican-peso", "PHP: philippine-peso", "ARS: argentine-peso argentinian-peso", "CLP: chilean-peso",
    "COP: colombian-peso", "CUP: cuban-peso", "UYU: uruguayan-peso", "TRY: turkish-lira", "ITL: italian-lira",
    "SEK: swedish-krona swedish-krone", "ISK: icelandic-krona", "NOK: norwegian-krone", "DKK: danish-krone",
    "CZK: czech-koruna", "KWD: kuwaiti-dinar", "IQD: iraqi-dinar", "JOD: jordanian-dinar", "RSD: serbian-dinar",
    "DZD: algerian-dinar", "SAR: saudi-riyal", "QAR: qatari-riyal", "IRR: iranian-riyal", "AED: emirati-dirham",
    "MAD: moroccan-dirham", "KES: kenyan-shilling", "UGX: ugandan-shilling", "TZS: tanzanian-shilling",
    "NLG: dutch-guilder", "KRW: korean-won", "CNY: chinese-yuan", "JPY: japanese-yen", "EUR: euro-cent",
    "RON: romanian-leu", "RUB: russian-rouble russian-ruble",
)  # fmt: skip
NATIONS = sorted({pair.partition("-")[0] for pair in _OF_COUNTRIES})


def of_country(nation: str, name: str) -> str | None:
    """Return the ISO 4217 code of "Swiss" "francs"; of a country's last word where it has two ("Kong" "dollars").

    >>> of_country("swiss", "francs")
    'CHF'
    """
    return _OF_COUNTRIES.get(f"{nation}-{_SINGULAR.get(name, name)}")
