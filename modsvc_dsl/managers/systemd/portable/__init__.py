"""How each group of portable options is said to systemd: a file for each group of `services`."""
