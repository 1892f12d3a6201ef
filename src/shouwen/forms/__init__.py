"""Forms: what is asked, step by step, with help for every question; drawn by the screens, checked here.

A definition is a JSON Schema with a part for the screens, kept under versions. Answers belong to a subject of another
room and keep the version they were given to. Not here: where a form is asked (the room that asks says so).
"""
