"""Graphs and numbers that notes state, without a model block: in formulas, arrows, code, tables.

One module for each way to state a graph: ``factorisation``, ``arrows``, ``drawings``, ``python_code``,
``r_code``, ``equations``. Each reads a text and knows nothing of the notes around it. ``written`` and
``coded`` look for them among words and beside them, and ``graphs`` puts them together. ``mood`` tells
what is asserted from what is only mentioned, ``outline`` and ``scope`` how far a graph reaches, and
``vicinity`` finds what beside arrows may add an edge. Code is read, never run.

``tables`` finds grids of cells, ``cells`` says what a cell means, ``conditional`` which grids are
tables of conditional probabilities, and ``numbers`` puts them together. ``values`` finds states, and
``legends`` what symbols stand for.
"""
