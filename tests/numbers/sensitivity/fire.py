"""The fire alarm network, whose sensitivities Chan and Darwiche published.

References
----------
Chan & Darwiche 2002, Section 2, and the manual of their program: with a report of people leaving and
no smoke, the probability of tampering is 0.50; it reaches 0.65 if the prior of tampering is raised
from 0.02 to 0.036, or a report without anybody leaving made less likely, 0.005 instead of 0.01.
"""

from __future__ import annotations

FIRE = """
Fire: yes, no; Tampering: yes, no; Smoke: yes, no; Alarm: yes, no; Leaving: yes, no; Report: yes, no
Fire -> Smoke; Fire, Tampering -> Alarm; Alarm -> Leaving -> Report
P(Fire) = 0.01, 0.99
P(Tampering) = 0.02, 0.98
P(Smoke | Fire=yes) = 0.9, 0.1
P(Smoke | Fire=no) = 0.01, 0.99
P(Alarm | Fire=yes, Tampering=yes) = 0.5, 0.5
P(Alarm | Fire=yes, Tampering=no) = 0.99, 0.01
P(Alarm | Fire=no, Tampering=yes) = 0.85, 0.15
P(Alarm | Fire=no, Tampering=no) = 0.0001, 0.9999
P(Leaving | Alarm=yes) = 0.88, 0.12
P(Leaving | Alarm=no) = 0.001, 0.999
P(Report | Leaving=yes) = 0.75, 0.25
P(Report | Leaving=no) = 0.01, 0.99
"""
QUERY = "P(Tampering=yes | Report=yes, Smoke=no)"
