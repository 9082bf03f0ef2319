"""Tests on real systems: a booted systemd, real process managers."""
