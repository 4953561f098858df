"""Facts become metrics and log lines."""
