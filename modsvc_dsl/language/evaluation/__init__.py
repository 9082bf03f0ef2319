"""The tree of places, read through views; and why each value is what it is."""
