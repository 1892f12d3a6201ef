"""What our figures mean: every page and room that shows a number takes it, or its definition, from here.

Figures are counted from the journal of interactions. A visit is one stay of one contact in one queue; a segment is one
person's work on one contact. Nothing is stored here, and nothing about who may see a figure is decided here.
"""
