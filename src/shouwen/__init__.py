"""首问 Shouwen: the customer service centre of a telecom operator, one house of rooms on floors."""
