"""The command line: one file for each command."""

import gc

# a command lives for a moment: looking for garbage while modules load costs a twentieth of its time
gc.set_threshold(100_000, 20, 20)
