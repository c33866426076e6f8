"""A hall of 1,000 seats alone, and among a thousand such halls with a past: `python -m bench.growth [shows [holds]]`.

Two databases on one server, which take turns: in one there is the hall alone, in the other as many halls as `shows`
says (1,000: a million seats) of which each seat was held `holds` times (10: ten million past reservations, with their
history), loaded past the guards with all indexes in place. The ratio is what the others cost.
"""

import sys

from bench.growth.asking import measure
from bench.report.tables import show

if __name__ == "__main__":
    show("Growth", measure(*map(int, sys.argv[1:])))
