"""Units of measure and what they are called in a record: a closed list of names."""

from __future__ import annotations

from service.languages.lists import listed, named

UNITS = named(
    "percent: percent pct percentage percents pc % ٪ prozent", "basis_point: bp bps", "point: point points pts",
    "metre: metre metres meter meters", "kilometre: kilometre kilometres kilometer kilometers km kms",
    "centimetre: centimetre centimetres centimeter centimeters cm cms", "decimetre: decimetre decimetres dm",
    "millimetre: millimetre millimetres millimeter millimeters",
    "micrometre: micrometre micrometres micrometer micrometers micron microns μm µm um",
    "nanometre: nanometre nanometres nanometer nanometers", "mile: mile miles mi", "yard: yard yards yd yds",
    "foot: foot feet ft", "inch: inch inches", "acre: acre acres", "hectare: hectare hectares ha",
    "gram: gram grams gramme grammes g", "kilogram: kilogram kilograms kilo kilos kg kgs",
    "milligram: milligram milligrams mg", "microgram: microgram micrograms mcg μg µg", "tonne: tonne tonnes",
    "ton: ton tons", "pound: lb lbs pound pounds", "ounce: ounce ounces oz", "stone: stone",
    "litre: litre litres liter liters l", "millilitre: millilitre millilitres milliliter milliliters ml",
    "centilitre: centilitre centilitres cl", "gallon: gallon gallons gal", "pint: pint pints", "quart: quart quarts",
    "barrel: barrel barrels bbl", "tablespoon: tablespoon tablespoons tbsp", "teaspoon: teaspoon teaspoons tsp",
    "cup: cup cups", "bushel: bushel bushels", "dram: dram drams", "carat: carat carats",
    "celsius: celsius centigrade celcius", "fahrenheit: fahrenheit farenheit", "degree: degree degrees deg °",
    "kelvin: kelvin kelvins", "watt: watt watts w", "kilowatt: kilowatt kilowatts kw",
    "megawatt: megawatt megawatts mw", "gigawatt: gigawatt gigawatts gw", "terawatt: terawatt terawatts tw",
    "watt_hour: wh", "kilowatt_hour: kwh", "megawatt_hour: mwh", "gigawatt_hour: gwh", "terawatt_hour: twh",
    "milliampere_hour: mah", "joule: joule joules", "kilojoule: kj", "megajoule: mj",
    "calorie: calorie calories kcal", "volt: volt volts v", "kilovolt: kv", "ampere: ampere amperes amps",
    "hertz: hertz hz", "kilohertz: khz", "megahertz: mhz", "gigahertz: ghz", "decibel: decibel decibels db",
    "byte: byte bytes", "kilobyte: kilobyte kilobytes kb", "megabyte: megabyte megabytes mb",
    "gigabyte: gigabyte gigabytes gb", "terabyte: terabyte terabytes tb", "petabyte: petabyte petabytes pb",
    "bit: bit bits", "megabit: megabit megabits", "gigabit: gigabit gigabits", "kilobit_per_second: kbps",
    "megabit_per_second: mbps", "gigabit_per_second: gbps", "megapixel: megapixel megapixels mp",
    "pixel: pixel pixels px", "horsepower: horsepower hp bhp", "revolution_per_minute: rpm", "newton_metre: nm",
    "mile_per_hour: mph", "kilometre_per_hour: kph kmh", "mile_per_gallon: mpg", "knot: knot knots",
    "barrel_per_day: bpd", "part_per_million: ppm", "part_per_billion: ppb", "pascal: pascal pascals",
    "kilopascal: kpa", "megapascal: mpa", "gigapascal: gigapascal gigapascals", "pound_per_square_inch: psi",
    "newton: newton newtons", "bar: bar bars", "millibar: millibar millibars", "cubic_centimetre: cc",
    "second: second seconds sec secs", "millisecond: millisecond milliseconds ms", "minute: minute minutes min mins",
    "hour: hour hours hr hrs", "day: day days", "week: week weeks", "fortnight: fortnight fortnights",
    "month: month months", "quarter: quarters", "year: year years yr yrs", "decade: decade decades",
    "century: century centuries", "times: times",
)  # fmt: skip
GLUED_UNITS = named(
    "metre: m", "millimetre: mm", "second: s", "hour: h", "tonne: t", "celsius: c", "fahrenheit: f",
    "inch: in ″", "foot: ′", "day: d", "year: y", "times: x", "stone: st",
)  # fmt: skip
"""Letters that are a unit only right behind digits, or with care."""
DEGREES = named("celsius: c celsius centigrade celcius", "fahrenheit: f fahrenheit farenheit")
"""Words and letters behind "degrees"."""
AREAS = named("square: square sq", "cubic: cubic cu")
TIME_UNITS = listed("second minute hour day week month quarter year decade night")
AGE_UNITS = listed("year years yr yrs month months week weeks day days")
POUND_WORDS = listed("pound pounds lb lbs")
WATTS = listed("watt watts kilowatt kilowatts megawatt megawatts gigawatt gigawatts terawatt terawatts")
PLURALS = {"foot": "feet", "inch": "inches", "century": "centuries"} | {
    unit: unit
    for unit in listed(
        "celsius fahrenheit horsepower hertz kilohertz megahertz gigahertz percent stone times"
    )
}
"""Plurals of names of units that do not take an s."""
