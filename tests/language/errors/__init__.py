"""Tests of mistakes as data, and of their text."""
