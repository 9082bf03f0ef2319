"""Every directive of systemd's units, as data: tables by version, values, and typed sections."""
