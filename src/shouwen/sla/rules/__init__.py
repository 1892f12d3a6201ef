"""The thinking about promises of time: counting, choosing a policy, ladders, words. Plain functions on plain values."""
