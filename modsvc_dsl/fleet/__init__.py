"""Hosts and fleets of them: evaluated together, emitted by each host's manager."""
