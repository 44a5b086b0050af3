"""What is stored of tips: nothing of it can be read without a key that is not here."""

from palermo.prosecution.tips.models.desk import Desk, DeskKey, KeyLock
from palermo.prosecution.tips.models.filing import Form, Outcome, Urgency
from palermo.prosecution.tips.models.hour import HourCount
from palermo.prosecution.tips.models.tip import Box, Channel, ContentKey, Message, Slot, State, Tip

__all__ = [
    "Box",
    "Channel",
    "ContentKey",
    "Desk",
    "DeskKey",
    "Form",
    "HourCount",
    "KeyLock",
    "Message",
    "Outcome",
    "Slot",
    "State",
    "Tip",
    "Urgency",
]
