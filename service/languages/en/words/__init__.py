"""The words that figures and dates know, by role. Lower case; a symbol is a word of one character.

Nothing here was taken from a corpus: these are number words, ISO 4217 codes, SI units, the calendar, and the words
of news English that stand around them.
"""
