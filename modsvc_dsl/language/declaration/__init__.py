"""What a module declares: bodies, instances and options become records, as data."""
