"""The proof can fail: each planted bug is found and named; and the product as it is passes."""

from pathlib import Path

import pytest

from bench.proof.buying.crowds import MOODS
from bench.proof.mutants.bugs import MUTANTS
from bench.proof.mutants.meeting import SIZES, meet
from bench.proof.mutants.mutant import Mutant
from bench.proof.trial import attempt
from tests.scenes import Scene

SEED = "a short proof"


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_bug_is_found_and_named(own_scene: Scene, tmp_path: Path, mutant: Mutant) -> None:
    broken = meet(own_scene, mutant, mutant.mood, tmp_path, seed=SEED).broken
    assert broken & mutant.rules, broken


@pytest.mark.parametrize("mood", SIZES)
def test_no_crowd_gets_the_product_to_break_a_rule(own_scene: Scene, tmp_path: Path, mood: str) -> None:
    size = SIZES[mood]
    verdict = attempt(own_scene, MOODS[mood], size, tmp_path, seed=SEED)
    assert verdict.violations == []
    assert verdict.outcomes["hold ok"] > size.clients, "a crowd that gets nothing proves nothing"
