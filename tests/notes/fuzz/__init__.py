"""Claims with a truth of their own, put to `check`: over graphs, and with numbers.

Nothing here uses the reader, the kernel or a printer of the package: a claim is made, written down and
judged by the few pages of this folder, and only what a user calls is asked for its verdict.

Main definitions
----------------
formulas, worlds : what a claim says, and its value by the joint distribution of an exact model.
graphs, rewriting : random graphs with hidden causes; identities and slips over them.
notation, documents : one claim in the many ways of writing it.
identities : cases for claims over graphs and without one.
numerals, sums, ... : cases for numbers, each with the sentence that settles it.
case, runner, known : a text with the verdicts that are right; a run; what is not right yet.
"""
