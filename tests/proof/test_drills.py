"""A drill has passed only where its promise was kept, and each control broke the very measure it is there for."""

from bench.faults.drills import Control, Drill, Finding, carry_out

LOST = "acknowledged and lost"


def lost(number: int, *, served: float = 1) -> Finding:
    finding = Finding()
    finding.measure(LOST, number, at_most=0)
    finding.measure("seconds until somebody is served", served, at_most=2)
    return finding


def passes(finding: Finding, control: Finding) -> bool:
    controls = [Control("what it rests on", lambda: control, LOST)]
    return carry_out(Drill("a drill", "nothing is lost", lambda: finding, controls)).passed


def test_a_drill_passes_only_if_its_promise_is_kept_and_its_control_breaks_it() -> None:
    assert passes(lost(0), lost(3))
    assert not passes(lost(1), lost(3)), "the promise was broken"
    assert not passes(lost(0, served=3), lost(3)), "another part of the promise was broken"
    assert not passes(lost(0), lost(0)), "it would notice nothing"
    assert not passes(lost(0), lost(0, served=3)), "its control broke something else"
