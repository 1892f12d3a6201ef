"""Pure values and rules every room may use: refusals, phone numbers, masking, working time. No Django."""
