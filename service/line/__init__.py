"""What every stage runs in: the loop, records on their way, envelopes, dead letters. Knows no Kafka."""
