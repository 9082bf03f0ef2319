"""What can be done with a whole result: check it, describe it, ask what it is made of."""
