"""Tests of `modsvc_dsl.testing` that need no machine."""
