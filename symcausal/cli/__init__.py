"""The command line: one file for each command."""

import atexit
import gc

# A command lives for a moment. To look for garbage while modules load costs a twentieth of its time,
# and to look again at its end, among all that is about to go anyway, a tenth.
gc.set_threshold(100_000, 20, 20)
atexit.register(gc.freeze)
