"""The command `modsvc`: one file for each verb, which parses, calls, prints and chooses an exit code."""
