"""Verdicts on claims: from a page of claims to each relation.

``page`` goes through the claims in order, ``memory`` keeps what they said before, ``setting`` is where a
claim is judged, ``relation`` asks for its verdict and ``judge`` decides. ``numbers`` judges in numbers,
``words`` reads what the words around suppose, ``explaining`` finds the reason and ``mending`` the slip.
"""
