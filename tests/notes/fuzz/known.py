"""The classes of claims that are not judged rightly yet, each with the kind of cases that shows it.

A test sees that every class listed is still judged wrongly somewhere: what passes leaves the list.
"""

from __future__ import annotations

KNOWN: dict[str, str] = {}
