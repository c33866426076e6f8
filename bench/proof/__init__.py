"""The proof of the promise: crowds that try to buy a seat twice, a record of what they did, and its checker.

`make prove` runs it; it can fail: planted bugs (`bench.proof.mutants`) are each found and named.
"""
