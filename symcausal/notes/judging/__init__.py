"""Verdicts on claims: from a page of claims to each relation.

``page`` goes through the claims in order, ``memory`` keeps what they said before, ``setting`` is where a
claim is judged, ``relation`` asks for its verdict and ``judge`` decides. ``standing_claims`` has the
claims on graphs that notes state, ``beside_model`` those with names that a model lacks. ``numbers``
judges in numbers, ``words`` reads what the words around suppose, ``explaining`` finds the reason and
``mending`` the slip.
"""
