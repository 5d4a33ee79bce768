"""Who may do what in a shared workspace, enforced by the server itself.

owner   everything, and gives parts            editor  read and write, never rewrite the journal
reader  look                                   nobody  nothing

Whoever made the workspace has no part: the tables are theirs, and so are the upgrades.
"""

from __future__ import annotations

from sqlalchemy import Connection

from crm.db.doors import Database
from crm.errors import Refused
from crm.language import _
from crm.schema import Base

JOURNAL = ("act", "change", "publication", "evidence", "opt_out")
"""What is added to and never taken away."""


def allow(db: Database, user: str, part: str) -> None:
    """Give somebody a part; a role the server knows already, whose password it keeps.

    Those to whom they gave a part keep it.  Refused when the server does not know them, or when
    this is not ours to give, or to take.
    """
    if not db.shared:
        raise Refused(_("Parts are given in a shared workspace: a file has one reader."))
    with db.write("", kind="ledger") as session:
        line = session.connection()
        name = _known(line, user)
        before = parts(line)
        _take_all(line, name)
        _give_back(line, {other: had for other, had in before.items() if other != user})
        left = parts(line).get(user, "nobody")
        if _RANK.index(left) > _RANK.index(part):
            raise Refused(
                _(
                    "“{user}” was given this part by somebody else: only they can take it back."
                ).format(user=user),
                hint=_("Ask whoever made the workspace."),
            )
        _give(line, name, part)


def _known(line: Connection, user: str) -> str:
    """Their name as a statement says it, when a part of theirs is ours to give."""
    found = line.exec_driver_sql(
        "SELECT pg_get_userbyid(relowner) = rolname,"
        " has_table_privilege('organisation', 'UPDATE WITH GRANT OPTION')"
        " FROM pg_class, pg_roles WHERE pg_class.oid = 'organisation'::regclass AND rolname = %s",
        (user,),
    ).one_or_none()
    if found is None:
        raise Refused(
            _("The server does not know “{user}”.").format(user=user),
            hint=_("Whoever runs it makes the account first."),
        )
    made_it, ours = found
    if not ours:
        raise Refused(_("Parts are given by an owner of the workspace."))
    if made_it:
        raise Refused(_("“{user}” made this workspace, and keeps it.").format(user=user))
    return quoted(line, user)


def quoted(line: Connection, user: str) -> str:
    """A name as a statement says it, whatever its letters."""
    name = line.exec_driver_sql("SELECT quote_ident(%s)", (user,)).scalar_one()
    return str(name).replace("%", "%%")


def parts(line: Connection) -> dict[str, str]:
    """Everybody's part, as the server has it."""
    asked = line.exec_driver_sql(
        "SELECT rolname, bool_or(is_grantable), bool_or(privilege_type = 'UPDATE')"
        " FROM pg_class, aclexplode(relacl), pg_roles"
        " WHERE pg_class.oid IN ('organisation'::regclass, 'alembic_version'::regclass)"
        " AND pg_roles.oid = grantee AND grantee <> relowner GROUP BY rolname"
    )
    return {
        name: "owner" if gives else "editor" if writes else "reader"
        for name, gives, writes in asked
    }


def renew(line: Connection) -> None:
    """After an upgrade: everybody's part in the tables that are new too."""
    _give_all(line, parts(line))


def _give_back(line: Connection, before: dict[str, str]) -> None:
    """What somebody had from the one whose part was just taken."""
    now = parts(line)
    _give_all(line, {name: part for name, part in before.items() if now.get(name) != part})


def _give_all(line: Connection, given: dict[str, str]) -> None:
    for name, part in given.items():
        _give(line, quoted(line, name), part)


def _give(line: Connection, name: str, part: str) -> None:
    for statement in _PARTS[part]:
        line.exec_driver_sql(statement.format(who=name))


def _take_all(line: Connection, name: str) -> None:
    for statement in (
        f"REVOKE ALL ON {_TABLES}, alembic_version FROM {name} CASCADE",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name} CASCADE",
    ):
        line.exec_driver_sql(statement)


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
_RANK = tuple(_PARTS)
