"""Tests of the module language: one file for each file of it, and one for the design's decisions."""
