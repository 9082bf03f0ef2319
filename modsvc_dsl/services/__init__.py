"""The portable service: what any process manager could be told. It knows none of them."""
