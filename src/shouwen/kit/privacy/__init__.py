"""Personal data: what each room holds and why, how long, and how it comes out, is corrected, restricted or erased.

A room declares its holdings in `privacy.py` (`hold`), and names the texts that tell nothing about a person
(`not_personal`). A test walks every model and fails on a text that neither list knows. Everything else here follows
from the declarations: the processing register, the retention engine, the export package, and erasure on request.
"""

from .errors import HoldNotFound, HoldRefused, PeriodNotSettable, PeriodRefused
from .holdings import HOLDINGS, NOT_PERSONAL, Basis, Blank, Category, Delete, Holding, Keep, Kept, hold, not_personal
from .holds import CONTACT, HoldView, hold_on, is_held, lift_hold, place_hold
from .naming import named_by
from .periods import set_period
from .permissions import HOLD
from .retention import Plan, erase_due, plans, sweep
from .subjects import Erasure, KeptPart, erase_person, export_of, forecast

__all__ = [
    "CONTACT",
    "HOLD",
    "HOLDINGS",
    "NOT_PERSONAL",
    "Basis",
    "Blank",
    "Category",
    "Delete",
    "Erasure",
    "HoldNotFound",
    "HoldRefused",
    "HoldView",
    "Holding",
    "Keep",
    "Kept",
    "KeptPart",
    "PeriodNotSettable",
    "PeriodRefused",
    "Plan",
    "erase_due",
    "erase_person",
    "export_of",
    "forecast",
    "hold",
    "hold_on",
    "is_held",
    "lift_hold",
    "named_by",
    "not_personal",
    "place_hold",
    "plans",
    "set_period",
    "sweep",
]
