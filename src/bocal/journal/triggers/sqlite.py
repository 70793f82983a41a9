"""The triggers on SQLite: the rules of `sqlite.sql`, and four guards on every table that only grows.

`REPLACE` deletes the row in its way without firing delete triggers unless the connection asked for it, so a
guard on insert looks at every unique key the table really has, the hidden row number among them.
"""

import re
from itertools import groupby

from django.db.backends.base.base import BaseDatabaseWrapper

from bocal.journal.triggers.rules import APPEND_ONLY, PREFIX, rules_of

_RULE = re.compile(r"^CREATE TRIGGER \w+ .*?^END;", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"CREATE TRIGGER (\w+) ")
# A key written inside CREATE TABLE has no statement of its own; its name is in the table's.
_UNIQUE_COLUMNS = """
    SELECT list.name, COALESCE(master.sql, ''), info.name
    FROM pragma_index_list(%s) AS list
    JOIN pragma_index_info(list.name) AS info
    LEFT JOIN sqlite_master AS master ON master.name = list.name
    WHERE list."unique" ORDER BY list.name, info.seqno
"""
_NAMED_KEY = re.compile(r'CONSTRAINT "(\w+)" UNIQUE \(([^)]*)\)')
_COLUMN = re.compile(r'"\w+"')


def creations(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that put everything in place."""
    rules = [match.group(0) for match in _RULE.finditer(rules_of("sqlite"))]
    return rules + [guard for table in APPEND_ONLY for guard in _guards(connection, table)]


def removals(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that take away what is there."""
    return [f"DROP TRIGGER {name}" for name in found(connection)]


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Every trigger, by name, in the very words SQLite keeps."""
    return {_NAME.findall(sql)[0]: sql.removesuffix(";") for sql in creations(connection)}


def found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers that are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: sql for name, sql in cursor.fetchall() if name.startswith(PREFIX)}


def _guards(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    name = f"{PREFIX}{table}"
    refuse = "BEGIN SELECT RAISE(ABORT, 'bocal:journal_is_append_only'); END;"
    in_the_way = "\n".join(
        f"SELECT RAISE(ABORT, 'bocal:{answer}') WHERE EXISTS (SELECT 1 FROM {table} WHERE {same});"  # noqa: S608
        for answer, same in _keys(connection, table)
    )
    return [
        f"CREATE TRIGGER {name}_is_never_changed BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {name}_is_never_deleted BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {name}_is_never_replaced BEFORE INSERT ON {table} BEGIN\n{in_the_way}\nEND;",
        # Before an insert, a row number nobody chose reads -1: no row may hide under such a number.
        f"CREATE TRIGGER {name}_has_plain_row_numbers AFTER INSERT ON {table} WHEN NEW.rowid < 1 {refuse}",
    ]


def _keys(connection: BaseDatabaseWrapper, table: str) -> list[tuple[str, str]]:
    """For every unique key: what to answer, and the condition under which a row is in the way of a new one."""
    with connection.cursor() as cursor:
        cursor.execute(_UNIQUE_COLUMNS, [table])
        rows = cursor.fetchall()
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        names = {columns: name for name, columns in _NAMED_KEY.findall(cursor.fetchone()[0])}
    keys = [("already_there", "rowid = NEW.rowid")]
    for (index, created), group in groupby(rows, key=lambda row: row[:2]):
        columns = [f'"{column}"' for _index, _created, column in group]
        same = [f"{column} = NEW.{column}" for column in columns]
        if condition := created.partition(" WHERE ")[2]:
            same += [f"({condition})", f"({_of_the_new_row(condition)})"]
        answer = index if created else names.get(", ".join(columns), "already_there")
        keys.append((answer, " AND ".join(same)))
    return keys


def _of_the_new_row(condition: str) -> str:
    return _COLUMN.sub(r"NEW.\g<0>", condition)
