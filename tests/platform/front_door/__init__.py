"""The front door: files, the API behind it, the live stream, and what it does while those are away."""
