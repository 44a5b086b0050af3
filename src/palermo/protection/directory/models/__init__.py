"""What is stored of the directory."""

from palermo.protection.directory.models.change import Change, Given, Kind, ProviderLink, State
from palermo.protection.directory.models.finder import FinderEntry, ServiceWord, Word
from palermo.protection.directory.models.intake import Fate, Intake, PutAside, Source
from palermo.protection.directory.models.likeness import Likeness, Verdict
from palermo.protection.directory.models.listed_term import OrganizationTerm, VisitTerm
from palermo.protection.directory.models.location import Location, SealedPlace
from palermo.protection.directory.models.organization import Organization, Program
from palermo.protection.directory.models.own_term import OwnTerm
from palermo.protection.directory.models.reach import Reach
from palermo.protection.directory.models.record import Record
from palermo.protection.directory.models.referral import AddressGiven, Consent, Outcome, Referral
from palermo.protection.directory.models.service import OPEN, Service, ServiceAtLocation, ServiceTerm
from palermo.protection.directory.models.taxonomy import Taxonomy, TaxonomyTerm
from palermo.protection.directory.models.withheld import Withheld

BY_KIND: dict[str, type[Record]] = {
    model.kind: model for model in (Taxonomy, TaxonomyTerm, Organization, Program, Location, Service, ServiceAtLocation)
}
"""The model of each kind of record, each after those that it can belong to."""

__all__ = [
    "BY_KIND",
    "OPEN",
    "AddressGiven",
    "Change",
    "Consent",
    "Fate",
    "FinderEntry",
    "Given",
    "Intake",
    "Kind",
    "Likeness",
    "Location",
    "Organization",
    "OrganizationTerm",
    "Outcome",
    "OwnTerm",
    "Program",
    "ProviderLink",
    "PutAside",
    "Reach",
    "Record",
    "Referral",
    "SealedPlace",
    "Service",
    "ServiceAtLocation",
    "ServiceTerm",
    "ServiceWord",
    "Source",
    "State",
    "Taxonomy",
    "TaxonomyTerm",
    "Verdict",
    "VisitTerm",
    "Withheld",
    "Word",
]
