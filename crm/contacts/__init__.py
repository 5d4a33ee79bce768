"""The register: organisations under all their names, people, and the means to reach them."""

from crm.contacts.addresses import add_address, normal_address
from crm.contacts.changing import change, remove
from crm.contacts.editing import (
    add_name,
    add_organisation,
    add_person,
    add_role,
    display,
    family_first,
    rename,
)
from crm.contacts.filters import NOBODY, Filter, count, ids
from crm.contacts.logos import logo, set_logo
from crm.contacts.people import (
    PersonRow,
    PersonSheet,
    RoleLine,
    people_ids,
    people_rows,
    person_sheet,
)
from crm.contacts.sheets import (
    AddressLine,
    Counts,
    NameLine,
    OrganisationRow,
    OrganisationSheet,
    PersonLine,
    SignatureLine,
    counts,
    displayed_names,
    find_exactly,
    keeper,
    rows,
    sheet,
)

__all__ = [
    "NOBODY", "AddressLine", "Counts", "Filter", "NameLine", "OrganisationRow", "OrganisationSheet",
    "PersonLine", "PersonRow", "PersonSheet", "RoleLine", "SignatureLine", "add_address",
    "add_name", "add_organisation", "add_person", "add_role", "change", "count", "counts",
    "display", "displayed_names", "family_first", "find_exactly", "ids", "keeper", "logo",
    "normal_address", "people_ids", "people_rows", "person_sheet", "remove", "rename", "rows",
    "set_logo", "sheet",
]  # fmt: skip
