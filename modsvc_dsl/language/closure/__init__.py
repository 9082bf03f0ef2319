"""Which modules belong together, in which order, and the options that they share."""
