"""How settings are written into files: one file for each format, all of them in `every`."""
