"""Fault drills: a crowd buys over v1 while something breaks, and the checker of `bench.proof` judges what it was told.

`python -m bench.faults` runs all drills with their controls and prints what was measured; `python -m bench.faults
killed_worker …` runs the named ones. Exit code 1 where a promise is broken, or where a control kept it: a control does
the same to a site without what the promise rests on, and so shows that the drill would have noticed.

A drill takes 10 to 30 seconds, on a PostgreSQL of its own that survives what it is put through (`bench.faults.stage`).
"""
