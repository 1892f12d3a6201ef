"""Django's PostgreSQL backend, with instants read by the driver's own C code, and statements that travel together."""
