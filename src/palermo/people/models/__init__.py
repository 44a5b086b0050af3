"""What is stored of people and organisations."""

from palermo.people.models.membership import Membership, Role
from palermo.people.models.organisation import Organisation, OrganisationName
from palermo.people.models.user import User

__all__ = ["Membership", "Organisation", "OrganisationName", "Role", "User"]
