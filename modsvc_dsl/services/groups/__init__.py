"""The groups of options of a service: a file for each name at the top of its tree."""
