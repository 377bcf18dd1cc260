import GRDB

/// The tables of the index. There are no migrations: an index of another version is made anew from the record.
enum Schema {
    /// Raised with every change here, and with every change of what a machine tells of the same bytes.
    static let version = 6

    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE session (
                    row INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL UNIQUE,
                    writer TEXT NOT NULL,
                    -- Nanoseconds since 1970; null while it goes on.
                    ended INTEGER,
                    -- A line of JSON.
                    summary TEXT NOT NULL,
                    server TEXT NOT NULL,
                    -- It offered TLS in clear.
                    offer BOOLEAN,
                    -- Addresses and ports in the packets, while it goes on.
                    flow TEXT,
                    -- What lint says of it in short; null before anybody has asked.
                    judgement TEXT,
                    -- All that was said is in `text`, all that was asked in `exchange`.
                    text_whole BOOLEAN NOT NULL,
                    exchanges_whole BOOLEAN NOT NULL
                );
                CREATE INDEX session_by_writer ON session (writer);
                CREATE INDEX session_by_offer ON session (server, id) WHERE offer;
                CREATE INDEX session_open ON session (writer) WHERE ended IS NULL;

                -- Where its packets stand: in this segment, from the block at `first` to that at `last`.
                CREATE TABLE extent (
                    session INTEGER NOT NULL, number INTEGER NOT NULL,
                    writer TEXT NOT NULL, segment INTEGER NOT NULL,
                    first INTEGER NOT NULL, last INTEGER NOT NULL,
                    PRIMARY KEY (session, number)
                ) WITHOUT ROWID;
                CREATE INDEX extent_by_segment ON extent (writer, segment);

                CREATE TABLE exchange (
                    session INTEGER NOT NULL, number INTEGER NOT NULL,
                    verb TEXT NOT NULL, code TEXT, asked INTEGER NOT NULL, latency INTEGER, phase TEXT NOT NULL,
                    PRIMARY KEY (session, number)
                ) WITHOUT ROWID;

                CREATE TABLE message (
                    session INTEGER NOT NULL, number INTEGER NOT NULL,
                    direction TEXT NOT NULL, offset INTEGER NOT NULL, size INTEGER NOT NULL, complete BOOLEAN NOT NULL,
                    sender TEXT, recipients TEXT NOT NULL, subject TEXT,
                    PRIMARY KEY (session, number)
                ) WITHOUT ROWID;

                -- How far each segment has been read.
                CREATE TABLE segment (
                    writer TEXT NOT NULL, number INTEGER NOT NULL,
                    size INTEGER NOT NULL, modified INTEGER NOT NULL, read INTEGER NOT NULL, damaged INTEGER NOT NULL,
                    complete BOOLEAN NOT NULL,
                    PRIMARY KEY (writer, number)
                ) WITHOUT ROWID;

                CREATE VIRTUAL TABLE text USING fts5 (lines, detail = none, tokenize = 'trigram');

                PRAGMA user_version = \(version);
                """)
    }
}
