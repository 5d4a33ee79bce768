"""The register: organisations under all their names, people, and the means to reach them."""

from crm.contacts.editing import (
    add_address,
    add_name,
    add_organisation,
    add_person,
    add_role,
    change,
    display,
    normal_address,
    remove,
    rename,
)
from crm.contacts.filters import Filter, count, ids
from crm.contacts.sheets import (
    AddressLine,
    NameLine,
    OrganisationRow,
    OrganisationSheet,
    PersonLine,
    SignatureLine,
    displayed_names,
    find_exactly,
    rows,
    sheet,
)

__all__ = [
    "AddressLine", "Filter", "NameLine", "OrganisationRow", "OrganisationSheet", "PersonLine",
    "SignatureLine", "add_address", "add_name", "add_organisation", "add_person", "add_role",
    "change", "count", "display", "displayed_names", "find_exactly", "ids", "normal_address",
    "remove", "rename", "rows", "sheet",
]  # fmt: skip
