"""The only place that knows Faust and aiokafka, besides commands."""
