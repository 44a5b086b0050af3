"""What is stored of tips: nothing of it can be read without a key that is not here."""

from palermo.prosecution.tips.models.desk import Desk, DeskKey, KeyLock
from palermo.prosecution.tips.models.filing import Act, Element, Form, Hold, Means, Outcome, Urgency
from palermo.prosecution.tips.models.handover import Handing, Handover
from palermo.prosecution.tips.models.hour import HourCount
from palermo.prosecution.tips.models.keeping import DeskReminder, Erasure
from palermo.prosecution.tips.models.tip import (
    Box,
    Channel,
    ContentKey,
    Message,
    Occurrence,
    Slot,
    State,
    Tip,
    TipElement,
)

__all__ = [
    "Act",
    "Box",
    "Channel",
    "ContentKey",
    "Desk",
    "DeskKey",
    "DeskReminder",
    "Element",
    "Erasure",
    "Form",
    "Handing",
    "Handover",
    "Hold",
    "HourCount",
    "KeyLock",
    "Means",
    "Message",
    "Occurrence",
    "Outcome",
    "Slot",
    "State",
    "Tip",
    "TipElement",
    "Urgency",
]
