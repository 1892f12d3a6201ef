"""Definitions of the figures: plain functions on plain values, time passed in."""
