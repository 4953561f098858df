"""Pure: text, sketches, index, claims. No Kafka, no clock, no log, no network."""
