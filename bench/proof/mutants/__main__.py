"""`python -m bench.proof.mutants`: a crowd of each mood meets each bug; what one misses another finds."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns

from bench.proof.mutants.bugs import MUTANTS
from bench.proof.mutants.meeting import SIZES, meet
from bench.stage import stages


def main() -> None:
    """Let a crowd of each mood meet each bug, and print which finds it."""
    parser = ArgumentParser(prog="python -m bench.proof.mutants", description="Planted bugs, and who finds them.")
    parser.add_argument("--seed", default=str(time_ns()))
    seed = parser.parse_args().seed
    print(f"seed {seed}\n{'planted bug':50} {' '.join(f'{mood:7}' for mood in SIZES)} named by")
    missed = []
    with stages() as new_stage, TemporaryDirectory() as folder:
        for mutant in MUTANTS:
            named: dict[str, set[str]] = {}
            for mood in SIZES:
                with new_stage() as scene:
                    named[mood] = set(meet(scene, mutant, mood, Path(folder), seed=seed).broken & mutant.rules)
            marks = " ".join(f"{'found' if rules else '-':7}" for rules in named.values())
            print(f"{mutant.name:50} {marks} {', '.join(sorted(set().union(*named.values())))}", flush=True)
            missed += [] if any(named.values()) else [mutant.name]
    sys.exit(f"not found: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
