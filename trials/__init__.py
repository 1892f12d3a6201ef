"""Hard tries of a whole installation: minutes long, with real processes and real kills. `make trial NAME=kill`."""
