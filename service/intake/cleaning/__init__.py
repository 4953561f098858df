"""Clean a text: markup, characters, page furniture, repeated bodies."""
