"""Django tools with no word of the domain: actions, time, facts, live push, audit, jobs, the API's manners."""
