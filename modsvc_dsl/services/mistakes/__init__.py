"""What can be wrong with a service, as data with words of their own."""
