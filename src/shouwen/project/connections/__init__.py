"""Django's PostgreSQL backend, with instants read by the driver's own C code."""
