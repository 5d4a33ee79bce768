"""Who may do what in a shared workspace, enforced by the server itself.

owner   everything, the upgrades included       editor  read and write, never rewrite the journal
reader  look                                    nobody  nothing
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm.db.doors import Database
from crm.errors import Refused
from crm.language import _
from crm.schema import Base

JOURNAL = ("act", "change", "publication", "evidence", "opt_out")
"""What is added to and never taken away."""


def allow(db: Database, user: str, part: str) -> None:
    """Give somebody a part; a role the server knows already, whose password it keeps.

    Refused when the server does not know them, or when this is not ours to give.
    """
    if not db.shared:
        raise Refused(_("Parts are given in a shared workspace: a file has one reader."))
    with db.write("", kind="ledger") as session:
        known = session.connection().exec_driver_sql(
            "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname = %s", (user,)
        )
        name = known.scalar()
        if name is None:
            raise Refused(
                _("The server does not know “{user}”.").format(user=user),
                hint=_("Whoever runs it makes the account first."),
            )
        _take_all(session, name)
        for statement in _PARTS[part]:
            session.connection().exec_driver_sql(statement.format(who=name))


def _take_all(session: Session, name: str) -> None:
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    for statement in (
        f"REVOKE ALL ON {tables}, alembic_version FROM {name}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name}",
    ):
        session.connection().exec_driver_sql(statement)


_TABLES = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
_FREE = ", ".join(
    f'"{table.name}"' for table in Base.metadata.sorted_tables if table.name not in JOURNAL
)
_KEPT = ", ".join(f'"{name}"' for name in JOURNAL if name != "change")
_LOOK = (
    "GRANT USAGE ON SCHEMA public TO {who}",
    f"GRANT SELECT ON {_TABLES}, alembic_version TO {{who}}",
)
_EDIT = (
    *_LOOK,
    f"GRANT INSERT, UPDATE, DELETE ON {_FREE} TO {{who}}",
    f"GRANT INSERT ON {_KEPT} TO {{who}}",
    "GRANT UPDATE (undone) ON act TO {who}",
    "GRANT UPDATE (lifted_at, wish) ON opt_out TO {who}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {who}",
)
_PARTS: dict[str, tuple[str, ...]] = {
    "nobody": (),
    "reader": _LOOK,
    "editor": _EDIT,
    "owner": (*_LOOK, f"GRANT ALL ON {_TABLES}, alembic_version TO {{who}} WITH GRANT OPTION",
              "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {who} WITH GRANT OPTION"),
}  # fmt: skip
