"""Vectors of modular services: upstream's names said in ours, and results in its form."""
