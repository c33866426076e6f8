"""`python -m bench.faults [name …]`: run fault drills and print a table; see `bench.faults`."""

import sys
from collections import Counter

from bench.faults import clocks, crashes, network, shortages
from bench.faults.drills import Drill, Finding, Report, carry_out

DRILLS: tuple[Drill, ...] = (*crashes.DRILLS, *network.DRILLS, *clocks.DRILLS, *shortages.DRILLS)


def main(names: list[str]) -> int:
    """Run the named drills, by default all; the exit code."""
    known = {drill.name: drill for drill in DRILLS}
    if unknown := set(names) - set(known):
        print(f"There is no drill {', '.join(sorted(unknown))}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    reports = []
    for name in names or known:
        reports.append(carry_out(known[name]))
        _print(reports[-1])
    failed = [report.drill.name for report in reports if not report.passed]
    print(f"\n{len(reports)} drills, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""))
    return bool(failed)


def _print(report: Report) -> None:
    print(f"\n{report.drill.name}: {'passed' if report.passed else 'FAILED'} ({report.seconds:.0f} s)")
    print(f"  promise   {report.drill.promise}")
    _print_finding("measured", report.finding)
    for control, finding in report.controls:
        is_broken = finding.breaks(control.breaks)
        verdict = "breaks the promise, as it must" if is_broken else "KEEPS IT: this drill would notice nothing"
        print(f"  control   {control.lacks}: {verdict}")
        _print_finding("", finding)
    sys.stdout.flush()


def _print_finding(heading: str, finding: Finding) -> None:
    rules = Counter(violation.rule for violation in finding.violations)
    lines = [str(measure) for measure in finding.measures]
    lines += [f"BROKEN {rule}: {number} times" for rule, number in rules.items()]
    lines += [f"       such as {violation.how}" for violation in finding.violations[:3]]
    for line in lines:
        print(f"  {heading:<9} {line}")
        heading = ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
