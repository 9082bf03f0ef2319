"""What is allowed and seldom meant: rules, each a file, all of them in `every`."""
