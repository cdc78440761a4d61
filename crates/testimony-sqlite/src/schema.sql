-- The tables of a store, layout 1. docs/schema.md says what each column means.

-- What is on record: the lines of the interchange format, from the first, which names the format. All else is worked out
-- from these.
CREATE TABLE entry (
  seq  INTEGER PRIMARY KEY,
  -- Most are claims: the others are looked up in a list, which takes longer than all else.
  kind TEXT NOT NULL CHECK (kind = 'claim' OR kind IN ('format', 'source', 'predicate', 'subject', 'unit', 'scope',
                                                       'constraint', 'retraction', 'amendment')),
  line TEXT NOT NULL,
  crc  INTEGER NOT NULL,
  leaf BLOB NOT NULL
) STRICT;
CREATE INDEX entry_kind ON entry (kind, seq) WHERE kind <> 'claim';
-- The whole transaction is given up: to give up the row alone, the database would copy a page for each row beforehand.
CREATE TRIGGER entry_is_next BEFORE INSERT ON entry
  WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), -1) + 1 FROM entry)
  BEGIN SELECT RAISE(ROLLBACK, 'the ledger is append-only: a row has the next seq'); END;
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: rows are never changed'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: rows are never removed'); END;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
