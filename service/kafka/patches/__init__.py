"""Changes to Faust, mode and aiokafka that no public interface offers."""
