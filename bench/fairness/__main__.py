"""Play the stories and print what each got (see `bench.fairness`)."""

from bench.fairness.stories import main

if __name__ == "__main__":
    main()
