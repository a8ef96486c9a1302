"""A copy of a database, for tests that commit.

Making one takes a second of a busy machine: two thousand files. So what a test has changed is put back instead. Which
tables these are PostgreSQL has counted, row by row, for all who wrote and with every trigger asleep; each of them gets
the rows it has in the original. A test that changed more than rows (a table, a trigger, a right) is seen by the same
counts, of the catalogue: such a copy is dropped.
"""

import time
from typing import Any

import psycopg
from psycopg import sql

USES = 100  # then it is made again: indexes grow
PATIENCE = 20.0  # seconds until everybody has left
WRITTEN = """
    SELECT each.schemaname, each.relname FROM pg_stat_all_tables each JOIN pg_class ON pg_class.oid = relid
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND NOT relisshared
    AND each.schemaname <> 'pg_toast' AND each.relname <> 'pg_statistic'"""
COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s::text::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"""
SEQUENCES = """
    SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value IS NOT NULL
    FROM pg_sequences"""
OTHERS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


class Copy:
    rows: dict[str, tuple[list[str], bytes]]  # of the original: what was asked for once

    def __init__(self, server: dict[str, Any], source: str, name: str) -> None:
        self.server, self.source, self.name = server, source, name
        self.rows, self.uses = {}, 0
        with self._inside(name) as inside:
            self.sequences = set(inside.execute(SEQUENCES))

    def rename(self, name: str) -> None:
        with self._inside(self.source) as beside:
            names = map(sql.Identifier, (self.name, name))
            beside.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
        self.name = name

    def put_in_order(self) -> bool:
        """As the original is, to the row; or False, where it is not worth it."""
        self.uses += 1
        if self.uses >= USES:
            return False
        with self._inside(self.name) as inside:
            deadline = time.monotonic() + PATIENCE
            while inside.execute(OTHERS, [self.name]).fetchone() != (0,):  # who leaves says what it has written
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.002)
            written = inside.execute(WRITTEN).fetchall()
            if any(schema != "public" for schema, _ in written):
                return False
            tables = sorted(name for _, name in written)
            if tables:
                self._give_back(inside, tables)
            for name, value, is_called in self.sequences - set(inside.execute(SEQUENCES)):
                inside.execute("SELECT setval(%s::text::regclass, %s, %s)", [name, value, is_called])
            inside.execute("SELECT pg_stat_force_next_flush()")
            inside.execute("SELECT pg_stat_reset()")
        return True

    def _give_back(self, inside: psycopg.Connection, tables: list[str]) -> None:
        inside.execute("SET session_replication_role = replica")  # no trigger and no key: all of it is known to fit
        named = [sql.Identifier(name) for name in tables]
        inside.execute(sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(name) for name in named))
        # Empty to the last page: else rows would lie in another order than in the original.
        inside.execute(sql.SQL("VACUUM (TRUNCATE) {}").format(sql.SQL(", ").join(named)))
        for name in tables:
            columns, rows = self._original(name)
            with inside.cursor().copy(_copy(name, columns, "FROM STDIN")) as copy:
                copy.write(rows)

    def _original(self, table: str) -> tuple[list[str], bytes]:
        if table not in self.rows:
            with self._inside(self.source) as source:
                columns = [name for (name,) in source.execute(COLUMNS, [f'public."{table}"'])]
                with source.cursor().copy(_copy(table, columns, "TO STDOUT")) as copy:
                    self.rows[table] = columns, b"".join(copy)
        return self.rows[table]

    def _inside(self, name: str) -> psycopg.Connection:
        return psycopg.connect(**self.server | {"dbname": name}, autocommit=True)


def _copy(table: str, columns: list[str], direction: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {} (FORMAT binary)").format(sql.Identifier(table), names, sql.SQL(direction))
