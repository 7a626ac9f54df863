"""The statements that PostgreSQL alone understands.

Entries get their numbers from a sequence before they are committed. Whoever adds entries therefore holds a lock shared
until the commit, and whoever reads them holds it alone: then there is no entry with a lower number yet to appear, and
who asks for the entries after the last one that they know misses none.
"""

from __future__ import annotations

from typing import Final

from specloom.sandbox.store.rows import COLUMNS

_JOURNAL: Final = 7_305_117_001
_CONTROL: Final = 7_305_117_002

GATE: Final = f"SELECT pg_advisory_xact_lock_shared({_JOURNAL})"
"""Held by whoever adds entries to the journal."""

WATCH: Final = f"SELECT pg_advisory_xact_lock({_JOURNAL})"
"""Held by whoever reads the journal."""

SERIAL: Final = f"SELECT pg_advisory_xact_lock({_CONTROL})"
"""Held by whoever makes tables, seeds, resets or adds records, one after the other."""

SCHEMA: Final = """
CREATE SCHEMA IF NOT EXISTS specloom;
SET search_path TO specloom;
CREATE TABLE IF NOT EXISTS apis (name text PRIMARY KEY, seeds text NOT NULL);
CREATE TABLE IF NOT EXISTS records (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, api text NOT NULL, kind text NOT NULL, tenant text NOT NULL,
    version bigint NOT NULL DEFAULT 0, changed smallint NOT NULL DEFAULT 0, body text NOT NULL
);
CREATE TABLE IF NOT EXISTS seeds (
    record bigint PRIMARY KEY REFERENCES records ON DELETE CASCADE, body text NOT NULL
);
CREATE TABLE IF NOT EXISTS keys (
    api text NOT NULL, kind text NOT NULL, tenant text NOT NULL, pointer text NOT NULL, value text NOT NULL,
    record bigint NOT NULL REFERENCES records ON DELETE CASCADE,
    PRIMARY KEY (api, kind, tenant, pointer, value)
);
CREATE TABLE IF NOT EXISTS journal (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at double precision NOT NULL, api text, operation text,
    tenant text, method text NOT NULL, target text NOT NULL, request_headers text NOT NULL, request_body bytea NOT NULL,
    status integer NOT NULL, response_headers text NOT NULL, response_body bytea NOT NULL,
    seconds double precision NOT NULL, changed text NOT NULL
);
CREATE INDEX IF NOT EXISTS keys_by_record ON keys (record);
CREATE INDEX IF NOT EXISTS records_by_kind ON records (api, kind, tenant);
"""

_VALUES: Final = ", ".join(["%s"] * len(COLUMNS))

ENTER: Final = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({_VALUES})"  # noqa: S608 - names of ours

COMMIT: Final = f"""
WITH gate AS MATERIALIZED ({GATE}),
given AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS given (id, version, body)),
held AS MATERIALIZED (
    SELECT records.id FROM records JOIN given ON records.id = given.id AND records.version = given.version
    ORDER BY records.id FOR UPDATE OF records
),
changed AS (
    UPDATE records SET body = given.body, version = records.version + 1, changed = 1 FROM given
    WHERE records.id = given.id AND (SELECT count(*) FROM held) = (SELECT count(*) FROM given)
    RETURNING records.id
)
INSERT INTO journal ({", ".join(COLUMNS)}) SELECT {_VALUES} FROM gate WHERE EXISTS (SELECT FROM changed)
"""  # noqa: S608 - names of ours
"""Change all records that still have their versions and enter it in the journal, or do nothing: a transaction."""
