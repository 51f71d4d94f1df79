"""Check notes: judge every relation sign, and say what was probably meant.

``setting`` is where a claim is judged, ``judge`` decides, ``suggestions`` looks for the slip, ``report``
prints, ``notes`` puts a whole file together.
"""
