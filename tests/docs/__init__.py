"""Documents are true because they are executed."""
