"""The only place that knows every room: settings, addresses, wiring, processes, the `shouwen` command."""
