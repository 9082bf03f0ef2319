"""Tests of option types: one file for each file of them, and what all of them have in common."""
