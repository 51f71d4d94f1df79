"""The classes of all results, to name them in annotations and in ``isinstance``.

They are looked up when they are first used: ``from symcausal.types import Report`` loads what checks
notes, and nothing else. Errors are in :mod:`symcausal.errors`.

Main definitions
----------------
__all__ : the names, grouped by the question that they answer.
"""

from __future__ import annotations

import importlib

from symcausal.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from symcausal.answer.calculation import Calculation as Calculation
    from symcausal.answer.comparison import Difference as Difference
    from symcausal.answer.confounding import Repairs as Repairs
    from symcausal.answer.constraints import Constraint as Constraint
    from symcausal.answer.counted import Counted as Counted
    from symcausal.answer.derivation import Derivation as Derivation
    from symcausal.answer.derivation_step import DerivationStep as DerivationStep
    from symcausal.answer.drawing import PrintedDrawing as PrintedDrawing
    from symcausal.answer.elimination import Elimination as Elimination
    from symcausal.answer.evaluation import Evaluation as Evaluation
    from symcausal.answer.findings import Findings as Findings
    from symcausal.answer.identification import Identification as Identification
    from symcausal.answer.implications import Implications as Implications
    from symcausal.answer.joint_sensitivity import JointSensitivity as JointSensitivity
    from symcausal.answer.printed_tables import Tables as Tables
    from symcausal.answer.questions import IndependenceAnswer as IndependenceAnswer
    from symcausal.answer.repairs import Adjustment as Adjustment
    from symcausal.answer.repairs import FrontDoor as FrontDoor
    from symcausal.answer.repairs import Instruments as Instruments
    from symcausal.answer.rivals import RivalModel as RivalModel
    from symcausal.answer.sensitivities import Sensitivities as Sensitivities
    from symcausal.answer.sensitivity import Sensitivity as Sensitivity
    from symcausal.answer.sensitivity_table import SensitivityTable as SensitivityTable
    from symcausal.answer.sharp_bounds import BoundInterval as BoundInterval
    from symcausal.answer.sharp_bounds import SharpBounds as SharpBounds
    from symcausal.bounds.terms import BoundTerm as BoundTerm
    from symcausal.derive.derivation import Detail as Detail
    from symcausal.derive.step import Step as Step
    from symcausal.expr.nodes import Add as Add
    from symcausal.expr.nodes import Event as Event
    from symcausal.expr.nodes import Events as Events
    from symcausal.expr.nodes import Expectation as Expectation
    from symcausal.expr.nodes import Expr as Expr
    from symcausal.expr.nodes import Letter as Letter
    from symcausal.expr.nodes import Minus as Minus
    from symcausal.expr.nodes import Numeric as Numeric
    from symcausal.expr.nodes import Prob as Prob
    from symcausal.expr.nodes import Product as Product
    from symcausal.expr.nodes import Quotient as Quotient
    from symcausal.expr.nodes import Scalar as Scalar
    from symcausal.expr.nodes import State as State
    from symcausal.expr.nodes import Sum as Sum
    from symcausal.graph.adjustment import AdjustmentSet as AdjustmentSet
    from symcausal.graph.adjustment import NoAdjustmentSet as NoAdjustmentSet
    from symcausal.graph.blocking import Blocked as Blocked
    from symcausal.graph.blocking import Blocking as Blocking
    from symcausal.graph.enumeration import Kind as Kind
    from symcausal.graph.essential import EssentialGraph as EssentialGraph
    from symcausal.graph.front_door import FrontDoorSet as FrontDoorSet
    from symcausal.graph.front_door import NoFrontDoorSet as NoFrontDoorSet
    from symcausal.graph.graph import Graph as Graph
    from symcausal.graph.independencies import Independence as Independence
    from symcausal.graph.instruments import Instrument as Instrument
    from symcausal.graph.separation import Path as Path
    from symcausal.identify.bounds import Bounds as Bounds
    from symcausal.identify.question import Hedge as Hedge
    from symcausal.identify.question import Input as Input
    from symcausal.identify.remedies import Remedy as Remedy
    from symcausal.kernel.counterexample import Counterexample as Counterexample
    from symcausal.model.exports import Exported as Exported
    from symcausal.model.numbers import Counts as Counts
    from symcausal.network.network import Network as Network
    from symcausal.network.network import Table as Table
    from symcausal.network.network import Variable as Variable
    from symcausal.notes.reporting.claim import Claim as Claim
    from symcausal.notes.reporting.claim import FileReport as FileReport
    from symcausal.notes.reporting.claim import ToldCounterexample as ToldCounterexample
    from symcausal.notes.reporting.report import Report as Report
    from symcausal.notes.reporting.verdict import Verdict as Verdict
    from symcausal.numbers.bulk.evaluate import Written as Written
    from symcausal.numbers.compiled.function import CompiledQuery as CompiledQuery
    from symcausal.numbers.compiled.values import ByParameter as ByParameter
    from symcausal.numbers.evaluate.operations import Operations as Operations
    from symcausal.numbers.evaluate.sympy_bridge import Parameter as Parameter
    from symcausal.numbers.evaluate.value_table import ValueTable as ValueTable
    from symcausal.numbers.sensitivity.curve import Change as Change
    from symcausal.numbers.sensitivity.curve import Curve as Curve
    from symcausal.numbers.sensitivity.entries import Entry as Entry
    from symcausal.numbers.sensitivity.ranking import Ranked as Ranked
    from symcausal.numbers.sensitivity.regions import Interval as Interval
    from symcausal.numbers.sensitivity.regions import Region as Region
    from symcausal.numbers.sensitivity.roots import Root as Root
    from symcausal.numbers.sensitivity.table_change import TableChange as TableChange
    from symcausal.reading.model_language import ModelText as ModelText
    from symcausal.reading.reader import Chain as Chain
    from symcausal.reading.reader import Relation as Relation
    from symcausal.rules.condition import Decision as Decision
    from symcausal.rules.condition import Distinct as Distinct
    from symcausal.rules.condition import Positive as Positive
    from symcausal.rules.condition import Separated as Separated
    from symcausal.rules.rule import Rule as Rule
    from symcausal.writing.notations import NotationLike as NotationLike
    from symcausal.writing.notations import NotationName as NotationName
    from symcausal.writing.shown import Shown as Shown

_HOMES = {
    # all answers, and the names of choices
    "Shown": "writing.shown",
    "NotationName": "writing.notations",
    "NotationLike": "writing.notations",
    "Detail": "derive.derivation",
    "Kind": "graph.enumeration",
    # derivations
    "Derivation": "answer.derivation",
    "Calculation": "answer.calculation",
    "DerivationStep": "answer.derivation_step",
    "Step": "derive.step",
    "Rule": "rules.rule",
    "Decision": "rules.condition",
    "Separated": "rules.condition",
    "Positive": "rules.condition",
    "Distinct": "rules.condition",
    # notes
    "Report": "notes.reporting.report",
    "FileReport": "notes.reporting.claim",
    "Claim": "notes.reporting.claim",
    "Verdict": "notes.reporting.verdict",
    "Counterexample": "kernel.counterexample",
    "ToldCounterexample": "notes.reporting.claim",
    # comparisons
    "Difference": "answer.comparison",
    "Repairs": "answer.confounding",
    # identification
    "Identification": "answer.identification",
    "Input": "identify.question",
    "Hedge": "identify.question",
    "RivalModel": "answer.rivals",
    "Bounds": "identify.bounds",
    "SharpBounds": "answer.sharp_bounds",
    "BoundTerm": "bounds.terms",
    "BoundInterval": "answer.sharp_bounds",
    "Remedy": "identify.remedies",
    # the graph
    "Adjustment": "answer.repairs",
    "AdjustmentSet": "graph.adjustment",
    "NoAdjustmentSet": "graph.adjustment",
    "FrontDoor": "answer.repairs",
    "FrontDoorSet": "graph.front_door",
    "NoFrontDoorSet": "graph.front_door",
    "Instruments": "answer.repairs",
    "Instrument": "graph.instruments",
    "IndependenceAnswer": "answer.questions",
    "Independence": "graph.independencies",
    "Path": "graph.separation",
    "Blocking": "graph.blocking",
    "Blocked": "graph.blocking",
    "Implications": "answer.implications",
    "Constraint": "answer.constraints",
    "EssentialGraph": "graph.essential",
    "PrintedDrawing": "answer.drawing",
    "Findings": "answer.findings",
    # values
    "Evaluation": "answer.evaluation",
    "ValueTable": "numbers.evaluate.value_table",
    "Parameter": "numbers.evaluate.sympy_bridge",
    "Counted": "answer.counted",
    "Elimination": "answer.elimination",
    "Operations": "numbers.evaluate.operations",
    "Tables": "answer.printed_tables",
    "CompiledQuery": "numbers.compiled.function",
    "ByParameter": "numbers.compiled.values",
    "Written": "numbers.bulk.evaluate",
    # sensitivity
    "Sensitivity": "answer.sensitivity",
    "SensitivityTable": "answer.sensitivity_table",
    "JointSensitivity": "answer.joint_sensitivity",
    "Sensitivities": "answer.sensitivities",
    "Curve": "numbers.sensitivity.curve",
    "Change": "numbers.sensitivity.curve",
    "Interval": "numbers.sensitivity.regions",
    "Region": "numbers.sensitivity.regions",
    "Root": "numbers.sensitivity.roots",
    "Ranked": "numbers.sensitivity.ranking",
    "TableChange": "numbers.sensitivity.table_change",
    "Entry": "numbers.sensitivity.entries",
    # models
    "Counts": "model.numbers",
    "Exported": "model.exports",
    "ModelText": "reading.model_language",
    "Network": "network.network",
    "Variable": "network.network",
    "Table": "network.network",
    "Graph": "graph.graph",
    # formulas
    "Chain": "reading.reader",
    "Relation": "reading.reader",
    "Expr": "expr.nodes",
    "Prob": "expr.nodes",
    "Expectation": "expr.nodes",
    "Sum": "expr.nodes",
    "Product": "expr.nodes",
    "Quotient": "expr.nodes",
    "Add": "expr.nodes",
    "Minus": "expr.nodes",
    "Scalar": "expr.nodes",
    "Numeric": "expr.nodes",
    "Event": "expr.nodes",
    "Events": "expr.nodes",
    "State": "expr.nodes",
    "Letter": "expr.nodes",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'symcausal.types' has no attribute '{name}'")
    return getattr(importlib.import_module(f"symcausal.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
