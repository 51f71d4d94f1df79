"""The graphs of networks that many papers use, as lines of arrows.

Main definitions
----------------
published : the graph of one of :data:`ARROWS`.

References
----------
The repository of bnlearn for all but ``student``, which is from [Koller2009]_ Figure 3.4.
"""

from __future__ import annotations

from symcausal.graph.graph import Graph

# a cause and its effects; the order is that of the files
ARROWS = {
    "student": "I: G S; D: G; G: L",
    "asia": (
        "asia: tub; tub: either; smoke: lung bronc; lung: either; bronc: dysp; either: xray dysp; "
        "xray; dysp"
    ),
    "survey": ("A: E; S: E; E: O R; O: T; R: T; T"),
    "sachs": (
        "Akt; Erk: Akt; Jnk; Mek: Erk; P38; PIP2; PIP3: PIP2; PKA: Akt Erk Jnk Mek P38 Raf; PKC: "
        "Jnk Mek P38 PKA Raf; Plcg: PIP2 PIP3; Raf: Mek"
    ),
    "insurance": (
        "GoodStudent; Age: GoodStudent SocioEcon RiskAversion DrivingSkill SeniorTrain MedCost; "
        "SocioEcon: GoodStudent RiskAversion VehicleYear MakeModel HomeBase AntiTheft OtherCar; "
        "RiskAversion: VehicleYear MakeModel DrivQuality SeniorTrain HomeBase AntiTheft DrivHist; "
        "VehicleYear: RuggedAuto Antilock CarValue Airbag; ThisCarDam: ThisCarCost; RuggedAuto: "
        "ThisCarDam OtherCarCost Cushioning; Accident: ThisCarDam OtherCarCost MedCost ILiCost; "
        "MakeModel: RuggedAuto Antilock CarValue Airbag; DrivQuality: Accident; Mileage: Accident "
        "CarValue; Antilock: Accident; DrivingSkill: DrivQuality DrivHist; SeniorTrain: "
        "DrivingSkill; ThisCarCost: PropCost; Theft: ThisCarCost; CarValue: ThisCarCost Theft; "
        "HomeBase: Theft; AntiTheft: Theft; PropCost; OtherCarCost: PropCost; OtherCar; MedCost; "
        "Cushioning: MedCost; Airbag: Cushioning; ILiCost; DrivHist"
    ),
    "alarm": (
        "HISTORY; CVP; PCWP; HYPOVOLEMIA: LVEDVOLUME STROKEVOLUME; LVEDVOLUME: CVP PCWP; "
        "LVFAILURE: HISTORY LVEDVOLUME STROKEVOLUME; STROKEVOLUME: CO; ERRLOWOUTPUT: HRBP; HRBP; "
        "HREKG; ERRCAUTER: HREKG HRSAT; HRSAT; INSUFFANESTH: CATECHOL; ANAPHYLAXIS: TPR; TPR: "
        "CATECHOL BP; EXPCO2; KINKEDTUBE: PRESS VENTLUNG; MINVOL; FIO2: PVSAT; PVSAT: SAO2; SAO2: "
        "CATECHOL; PAP; PULMEMBOLUS: PAP SHUNT; SHUNT: SAO2; INTUBATION: MINVOL SHUNT PRESS "
        "VENTLUNG VENTALV; PRESS; DISCONNECT: VENTTUBE; MINVOLSET: VENTMACH; VENTMACH: VENTTUBE; "
        "VENTTUBE: PRESS VENTLUNG; VENTLUNG: EXPCO2 MINVOL VENTALV; VENTALV: PVSAT ARTCO2; "
        "ARTCO2: EXPCO2 CATECHOL; CATECHOL: HR; HR: HRBP HREKG HRSAT CO; CO: BP; BP"
    ),
}


def published(name: str) -> Graph:
    """The graph of a network by its name, variables in the order of its file."""
    nodes: list[str] = []
    arrows: list[tuple[str, str]] = []
    for line in ARROWS[name].split(";"):
        cause, _, effects = line.strip().partition(":")
        nodes.append(cause)
        arrows += [(cause, effect) for effect in effects.split()]
    return Graph([*nodes, *(effect for _, effect in arrows)], arrows)
