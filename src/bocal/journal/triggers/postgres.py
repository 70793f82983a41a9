"""The triggers on PostgreSQL: which table calls which function of `postgres.sql`, and when.

They are enabled ALWAYS: a session that calls itself a replica does not get past them.
"""

import re

from django.db.backends.base.base import BaseDatabaseWrapper

from bocal.journal.triggers.rules import APPEND_ONLY, PREFIX, rules_of

_FUNCTION = re.compile(
    r"^CREATE OR REPLACE FUNCTION (\w+)\(\).*?\$bocal\$(.*?)\$bocal\$;", re.MULTILINE | re.DOTALL
)

_RULES = (
    ("bocal_movement_is_allowed", "BEFORE INSERT", "journal_movement"),
    ("bocal_movement_moves_balances", "AFTER INSERT", "journal_movement"),
    ("bocal_transaction_is_allowed", "BEFORE INSERT", "journal_transaction"),
    ("bocal_decision_is_allowed", "BEFORE INSERT", "journal_decision"),
    ("bocal_lot_is_allowed", "BEFORE INSERT", "journal_lot"),
    ("bocal_account_is_allowed", "BEFORE INSERT", "journal_account"),
    ("bocal_place_keeps_its_quarantine", "BEFORE UPDATE", "territory_place"),
    ("bocal_opening_is_allowed", "BEFORE INSERT", "journal_opening"),
)


def creations(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that put everything in place."""
    tables = {name: table for name, table, _sql in _triggers(connection)}
    return [
        *(match.group(0) for match in _FUNCTION.finditer(_rules(connection))),
        *(sql for _name, _table, sql in _triggers(connection)),
        *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for name, table in tables.items()),
    ]


def removals(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that take away what is there; the functions go with nothing left that calls them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE tgname LIKE 'bocal\\_%' AND NOT tgisinternal"
        )
        triggers = [f"DROP TRIGGER {name} ON {table}" for name, table in cursor.fetchall()]
        cursor.execute("SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'bocal\\_%'")
        return triggers + [f"DROP FUNCTION {function}" for (function,) in cursor.fetchall()]


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Every trigger and function, by name, in the words PostgreSQL gives back."""
    functions = {f"{match[1]}()": match[2] for match in _FUNCTION.finditer(_rules(connection))}
    return functions | {name: f"{sql} ALWAYS" for name, _table, sql in _triggers(connection)}


def found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers and functions that are there; one that does not fire always is not what was wanted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(oid, true), tgenabled FROM pg_trigger"
            " WHERE tgname LIKE 'bocal\\_%' AND NOT tgisinternal"
        )
        triggers = {name: f"{sql} {'ALWAYS' if on == 'A' else on}" for name, sql, on in cursor.fetchall()}
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'bocal\\_%'")
        return triggers | {f"{name}()": source for name, source in cursor.fetchall()}


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Name, table and statement of each trigger, worded as PostgreSQL words them."""
    rules = [
        (name, table, f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        for name, when, table in _RULES
    ]
    sealed = "bocal_movement_is_sealed"
    rules.append(
        (
            sealed,
            "journal_movement",
            f"CREATE CONSTRAINT TRIGGER {sealed} AFTER INSERT ON journal_movement DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW EXECUTE FUNCTION {sealed}()",
        )
    )
    for table in APPEND_ONLY:
        for suffix, when, level in (
            ("is_never_changed", "BEFORE DELETE OR UPDATE", "ROW"),
            ("is_never_emptied", "BEFORE TRUNCATE", "STATEMENT"),
        ):
            name = f"{PREFIX}{table}_{suffix}"
            sql = f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {level} EXECUTE FUNCTION bocal_refuse_change()"
            rules.append((name, table, sql))
    return rules


def _rules(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return rules_of("postgres", safely=f"SET search_path = {cursor.fetchone()[0]}, pg_temp")
