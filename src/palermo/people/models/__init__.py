"""What is stored of people and organisations."""

from palermo.people.models.invitation import Invitation
from palermo.people.models.membership import Membership, Role
from palermo.people.models.organisation import Organisation, OrganisationName
from palermo.people.models.user import MailRhythm, User

__all__ = ["Invitation", "MailRhythm", "Membership", "Organisation", "OrganisationName", "Role", "User"]
