"""Recorded runs: trainings longer than a page may take, kept as files of the site.

`make runs` makes them again, on any machine with the same digits. A test repeats the first steps
of each.
"""
