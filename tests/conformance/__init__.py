"""Conformance: vectors computed by the original module system, evaluated by this one."""
