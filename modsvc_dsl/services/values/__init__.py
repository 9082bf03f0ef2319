"""The types of what options of services take: commands, flags, addresses, times, secrets."""
