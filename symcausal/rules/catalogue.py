"""Every rule, in the order of the rules page. A rule that is not listed here does not exist."""

from __future__ import annotations

from symcausal.rules.adjustment import adjustment
from symcausal.rules.certainty import certain_event, impossible_event
from symcausal.rules.components import c_component_factorisation
from symcausal.rules.contradicting_worlds import contradiction
from symcausal.rules.independence import conditional_independence, markov_factorisation
from symcausal.rules.intervention import (
    do_calculus_1,
    do_calculus_2,
    do_calculus_3,
    truncated_factorisation,
)
from symcausal.rules.probability import (
    bayes,
    chain_rule,
    conditional_probability,
    marginalise,
    normalise,
    product_rule,
    total_probability,
)
from symcausal.rules.rising_worlds import monotonicity
from symcausal.rules.rule import Rule
from symcausal.rules.sums import cancel, collect, distribute, sum_to_one
from symcausal.rules.table_entries import expectation, table_entry
from symcausal.rules.worlds import (
    complement,
    composition,
    conditional_counterfactual,
    exclusion,
    independence_across_worlds,
    one_world,
)

CATALOGUE: tuple[Rule, ...] = (
    chain_rule,
    product_rule,
    conditional_probability,
    total_probability,
    marginalise,
    bayes,
    normalise,
    conditional_independence,
    markov_factorisation,
    sum_to_one,
    distribute,
    collect,
    cancel,
    truncated_factorisation,
    do_calculus_1,
    do_calculus_2,
    do_calculus_3,
    adjustment,
    c_component_factorisation,
    exclusion,
    one_world,
    conditional_counterfactual,
    composition,
    independence_across_worlds,
    complement,
    contradiction,
    monotonicity,
    certain_event,
    impossible_event,
    table_entry,
    expectation,
)
