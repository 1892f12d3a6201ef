"""What the product can do, measured beside something that everybody knows. `make bench NAME=http`."""
