"""One option at one place: its definitions, computed once, when somebody reads it."""
