"""The thinking about tickets: states, following up, the journey, words. Plain functions on plain values."""
