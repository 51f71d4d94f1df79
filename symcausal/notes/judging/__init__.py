"""Verdicts on claims: from a page of claims to each relation.

``page`` goes through the passages in order, ``memory`` keeps what they said before, ``passage_words`` has
what the words around them do to verdicts. ``statement_claims`` judges their statements: in a model, under
a graph that the notes state (``on_stated_graphs``), or read with other names (``rereading``, ``beside``);
``states_elsewhere`` doubts what holds for too few states. ``setting`` is where a claim is judged,
``relation`` asks for its verdict and ``judge`` decides. ``numbers`` judges in numbers, ``words`` reads
what the words around suppose, ``explaining`` finds the reason and ``mending`` the slip.
"""
