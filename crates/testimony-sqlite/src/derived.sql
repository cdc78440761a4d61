-- Worked out from the lines, and made anew where its version is another.

-- From which entry on entries were recorded at which time.
CREATE TABLE clock (seq INTEGER PRIMARY KEY, recorded TEXT NOT NULL, written TEXT NOT NULL) STRICT;

-- Hashes of 256, 65536, … lines that are whole parts of the Merkle tree.
CREATE TABLE node (level INTEGER, place INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, place)) STRICT, WITHOUT ROWID;

-- Sources as they are now, and the entries that amended them.
CREATE TABLE source (
  id TEXT PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, part_of TEXT, reliability TEXT,
  url TEXT, changes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE source_change (id TEXT, seq INTEGER, PRIMARY KEY (id, seq)) STRICT, WITHOUT ROWID;

CREATE TABLE predicate (
  name TEXT PRIMARY KEY, seq INTEGER NOT NULL, measure TEXT NOT NULL, unit TEXT, continuous INTEGER NOT NULL,
  single_valued INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Other names of subjects, units and scopes, with the first name of each and the entry that gave it.
CREATE TABLE name (
  kind TEXT, name TEXT, seq INTEGER, first TEXT NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (kind, name, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_first ON name (kind, first);
-- Which other names each thing has, so that a missing one is found out.
CREATE TABLE named (kind TEXT, first TEXT, members INTEGER NOT NULL, PRIMARY KEY (kind, first)) STRICT, WITHOUT ROWID;

-- Topics that a claim or a constraint names, under the first name of the subject.
CREATE TABLE topic (
  id INTEGER PRIMARY KEY, subject TEXT NOT NULL, predicate TEXT NOT NULL, part INTEGER NOT NULL, defined INTEGER,
  claims INTEGER NOT NULL, members INTEGER NOT NULL, changes INTEGER NOT NULL, ties INTEGER NOT NULL,
  conflicts INTEGER NOT NULL, listed INTEGER NOT NULL, crc INTEGER NOT NULL, UNIQUE (subject, predicate)
) STRICT;
-- Few topics are tied to others, and few have no claim: the rest are in neither.
CREATE INDEX topic_part ON topic (part) WHERE part <> id;
CREATE INDEX topic_predicate ON topic (predicate) WHERE claims = 0;
-- The constraints on each topic.
CREATE TABLE tie (topic INTEGER, seq INTEGER, PRIMARY KEY (topic, seq)) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  number INTEGER PRIMARY KEY, seq INTEGER NOT NULL, topic INTEGER NOT NULL, origin TEXT NOT NULL, stance TEXT NOT NULL,
  kind TEXT, value TEXT, unit TEXT, low TEXT, low_open INTEGER, high TEXT, high_open INTEGER, scope TEXT,
  as_of TEXT, as_of_from TEXT, as_of_to TEXT, stated TEXT, credibility INTEGER, likelihood TEXT, label BLOB NOT NULL,
  retracted INTEGER
) STRICT;
-- With the lines, so that these are found without the rows of the claims.
CREATE INDEX claim_topic ON claim (topic, seq);
-- The retractions and amendments of each claim.
CREATE TABLE change (number INTEGER, seq INTEGER, PRIMARY KEY (number, seq)) STRICT, WITHOUT ROWID;
-- From which entry until which a claim did not stand because its origin had said another thing since.
CREATE TABLE revised (
  number INTEGER, from_seq INTEGER, until_seq INTEGER, by INTEGER NOT NULL, PRIMARY KEY (number, from_seq)
) STRICT, WITHOUT ROWID;

-- From which entry until which two claims conflicted.
CREATE TABLE conflict (
  older INTEGER, newer INTEGER, from_seq INTEGER, until_seq INTEGER, topic INTEGER NOT NULL, kind TEXT NOT NULL,
  certain INTEGER NOT NULL, because TEXT NOT NULL, PRIMARY KEY (older, newer, from_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_newer ON conflict (newer);
CREATE INDEX conflict_topic ON conflict (topic);

-- Units, scopes and predicates that claims use, which can no longer be defined otherwise.
CREATE TABLE used (kind TEXT, name TEXT, PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;

CREATE VIEW entries AS
  SELECT seq, kind, (SELECT recorded FROM clock WHERE clock.seq <= entry.seq ORDER BY clock.seq DESC LIMIT 1) AS recorded,
    line
  FROM entry;
CREATE VIEW claims AS
  SELECT number, claim.seq AS seq, subject, predicate, origin, source.name AS origin_name, stance, claim.kind AS kind,
    value, unit, CAST(low AS REAL) AS low, CAST(high AS REAL) AS high, scope, as_of, as_of_from, as_of_to, stated,
    credibility, likelihood, lower(hex(label)) AS label,
    (SELECT recorded FROM clock WHERE clock.seq <= claim.seq ORDER BY clock.seq DESC LIMIT 1) AS recorded,
    retracted IS NULL AND NOT EXISTS
      (SELECT 1 FROM revised WHERE revised.number = claim.number AND until_seq IS NULL) AS stands
  FROM claim JOIN topic ON topic.id = claim.topic JOIN source ON source.id = claim.origin;
CREATE VIEW relay AS
  SELECT number, json_each.key AS place, json_each.value AS source
  FROM claim JOIN entry ON entry.seq = claim.seq, json_each(entry.line, '$.claim.relays');
CREATE VIEW citation AS
  SELECT number, claim.seq AS seq, json_extract(value, '$.url') AS url, json_extract(value, '$.title') AS title,
    json_extract(value, '$.published') AS published, json_extract(value, '$.accessed') AS accessed,
    json_extract(value, '$.excerpt') AS excerpt
  FROM (SELECT number, seq FROM claim) AS claim JOIN entry ON entry.seq = claim.seq,
    json_each(entry.line, '$.claim.citations')
  UNION ALL
  SELECT number, change.seq, json_extract(value, '$.url'), json_extract(value, '$.title'),
    json_extract(value, '$.published'), json_extract(value, '$.accessed'), json_extract(value, '$.excerpt')
  FROM change JOIN entry ON entry.seq = change.seq, json_each(entry.line, '$.amendment.citations');
CREATE VIEW conflicts_now AS
  SELECT subject, predicate, conflict.kind AS kind, certain, because, older, newer, from_seq,
    (SELECT recorded FROM clock WHERE clock.seq <= from_seq ORDER BY clock.seq DESC LIMIT 1) AS known_since
  FROM conflict JOIN topic ON topic.id = conflict.topic WHERE until_seq IS NULL;
