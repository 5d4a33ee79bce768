"""How sheets come in and go out.  A format knows rows and files, and nothing of the database."""

from crm.formats.reading import READERS, read
from crm.formats.table import Cell, Sheet, Table, Workbook
from crm.formats.writing import WRITERS, write

__all__ = ["READERS", "WRITERS", "Cell", "Sheet", "Table", "Workbook", "read", "write"]
