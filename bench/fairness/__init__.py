"""Whether a bot gets more of the seats that come back to a sold-out house than people do: `python -m bench.fairness`.

Fifty people look at the house every 1 to 3 seconds and click half a second later on a free seat that they saw. Against
them one bot asks for each seat at the very moment its hold lapses, or polls ten times a second; others cling to a seat
they have, by holding it anew when it lapses, or by giving it back and taking it again. With the rule that a seat which
has just come back is for others first (`OTHERS_FIRST`), and as the control without it.

Time is played: the database is given a clock of ours, which stands still while somebody asks and then goes on to the
next who does, so that ten minutes take seconds and nobody is late because the machine is. Who asks at the moment a hold
lapses is always the first, as no bot over a network is. Everything follows from the seed, which is printed.
"""
