import Capture
import Conversation
import GRDB
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The index in a file of SQLite, or in memory where that file cannot be had.
struct SQLiteIndex: SessionIndex {
    private let database: DatabaseQueue

    /// The index at `path`; one that is damaged or of another form is thrown away, which costs nothing but time.
    /// - Parameter anew: throws it away in any case.
    init(path: String, anew: Bool = false) throws {
        if anew { Self.remove(path) }
        do {
            database = try Self.open(path)
        } catch let error as DatabaseError where Self.isDamage(error) {
            Self.remove(path)
            database = try Self.open(path)
        }
    }

    init() throws {
        database = try DatabaseQueue(configuration: Self.configuration)
        try database.write { try Schema.create($0) }
    }

    func update(_ body: (any IndexUpdate) throws -> Void) throws {
        try database.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try body(SQLiteUpdate(database: database))
                return .commit
            }
        }
    }

    func sessions() throws -> [SessionSummary] {
        try database.read { try Rows.summaries($0, "ORDER BY id") }
    }

    func each(from first: SessionID?, _ body: (SessionSummary) throws -> Void) throws {
        var page = try page("id >= ?", first?.text ?? "")
        while let last = page.last {
            try page.forEach(body)
            page = try self.page("id > ?", last.facts.id.text)
        }
    }

    /// Some sessions in order. Not all of them in one reading: whoever is given one may ask us other things.
    private func page(_ condition: String, _ id: String) throws -> [SessionSummary] {
        try database.read {
            try Rows.summaries($0, "WHERE \(condition) ORDER BY id LIMIT \(ArchiveLimits.page)", [id])
        }
    }

    func judgements(of sessions: [SessionID]) throws -> [SessionID: Judgement] {
        try database.read { database in
            var found: [SessionID: Judgement] = [:]
            let statement = try database.cachedStatement(sql: "SELECT judgement FROM session WHERE id = ?")
            for session in sessions {
                let text = try String.fetchOne(statement, arguments: [session.text])
                found[session] = text.flatMap { Judgement(stored: $0) }
            }
            return found
        }
    }

    func keep(_ judgements: [SessionID: Judgement]) throws {
        try database.write { database in
            let statement = try database.cachedStatement(sql: "UPDATE session SET judgement = ? WHERE id = ?")
            for (session, judgement) in judgements {
                try statement.execute(arguments: [judgement.stored, session.text])
            }
        }
    }

    func latest() throws -> SessionSummary? {
        try database.read { try Rows.summaries($0, "ORDER BY id DESC LIMIT 1").first }
    }

    func hasOfferedTLS(_ server: Endpoint, before session: SessionID) throws -> Bool {
        try database.read {
            try Bool.fetchOne(
                $0, sql: "SELECT EXISTS (SELECT 1 FROM session WHERE offer AND server = ? AND id < ?)",
                arguments: [server.description, session.text]) ?? false
        }
    }

    func sessions(named text: String, limit: Int) throws -> [SessionSummary] {
        try database.read {
            try Rows.summaries(
                $0, "WHERE substr(id, 1, ?) = ? OR substr(id, ?) = ? ORDER BY id LIMIT ?",
                [text.count, text, -text.count, text, limit])
        }
    }

    func candidates(for query: SessionQuery) throws -> [SessionSummary] {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        if let pieces = query.text.flatMap(Self.trigrams) {
            conditions.append("(NOT text_whole OR row IN (SELECT rowid FROM text WHERE text MATCH ?))")
            arguments.append(pieces)
        }
        if query.verb != nil || query.code != nil {
            conditions.append(
                """
                (NOT exchanges_whole OR row IN (
                    SELECT session FROM exchange
                    WHERE (? IS NULL OR verb = ?) AND (? IS NULL OR substr(code, 1, ?) = ?)))
                """
            )
            arguments += [query.verb, query.verb, query.code, query.code?.count, query.code]
        }
        let matching = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
        return try database.read {
            try Rows.summaries(
                $0, "WHERE ended IS NULL OR (\(matching)) ORDER BY id", StatementArguments(arguments))
        }
    }

    func extents(of session: SessionID) throws -> [Extent] {
        try database.read { try Rows.extents($0, of: session) }
    }

    func segments() throws -> [SegmentName: IndexedSegment] {
        try database.read { try Rows.segments($0) }
    }

    func open() throws -> [IndexedSession] {
        try database.read { try Rows.sessions($0, "WHERE ended IS NULL") }
    }

    /// What FTS5 is asked for to have every text that contains `text`; nil where it cannot narrow the search.
    private static func trigrams(_ text: String) -> String? {
        let scalars = Array(text.lowercased().unicodeScalars)
        guard scalars.count >= 3 else { return nil }
        let pieces = (0...(scalars.count - 3)).prefix(ArchiveLimits.trigrams).map { start in
            var piece = String.UnicodeScalarView()
            piece.append(contentsOf: scalars[start..<(start + 3)])
            return "\"" + String(piece).replacing("\"", with: "\"\"") + "\""
        }
        return pieces.joined(separator: " AND ")
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(ArchiveLimits.patience)
        configuration.prepareDatabase { database in
            // A session that is deleted leaves nothing behind in the file.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        // Made by ourselves, so that it is its user's alone from the first moment on.
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: String(cString: strerror(errno)))
        }
        close(file)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                if version == 0 { try Schema.create(database) }
                if version != 0, version != Schema.version {
                    throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "the index has another form")
                }
                return .commit
            }
        }
        return database
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_SCHEMA, .SQLITE_ERROR, .SQLITE_FORMAT].contains(
            error.resultCode.primaryResultCode)
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }
}

/// The changes to it, within one transaction.
private struct SQLiteUpdate: IndexUpdate {
    let database: Database

    func segments() throws -> [SegmentName: IndexedSegment] {
        try Rows.segments(database)
    }

    func open(writer: String) throws -> [IndexedSession] {
        try Rows.sessions(database, "WHERE ended IS NULL AND writer = ?", [writer])
    }

    func sessions(in segment: SegmentName) throws -> [IndexedSession] {
        try Rows.sessions(
            database, "WHERE row IN (SELECT session FROM extent WHERE writer = ? AND segment = ?)",
            [segment.writer, segment.number])
    }

    func put(_ session: IndexedSession) throws {
        let summary = session.summary
        try execute(
            """
            INSERT INTO session (id, writer, ended, summary, server, offer, flow, text_whole, exchanges_whole)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET writer = excluded.writer, ended = excluded.ended,
                summary = excluded.summary, server = excluded.server, offer = excluded.offer,
                flow = excluded.flow, judgement = NULL, text_whole = excluded.text_whole,
                exchanges_whole = excluded.exchanges_whole
            """,
            [
                summary.facts.id.text, session.writer, summary.end == nil ? nil : summary.last.nanoseconds,
                summary.stored.text, summary.facts.server.description, summary.offersTLS,
                session.flow.map(Rows.text), session.details?.hasWholeText ?? false,
                session.details?.hasAllExchanges ?? false,
            ])
        guard
            let row = try Int64.fetchOne(
                database, sql: "SELECT row FROM session WHERE id = ?", arguments: [summary.facts.id.text])
        else { return }
        try clear(row)
        for (number, extent) in session.extents.enumerated() {
            try execute(
                "INSERT INTO extent VALUES (?, ?, ?, ?, ?, ?)",
                [row, number, extent.segment.writer, extent.segment.number, extent.first, extent.last])
        }
        if let details = session.details { try put(details, row) }
    }

    private func put(_ details: SessionDetails, _ row: Int64) throws {
        for (number, exchange) in details.exchanges.enumerated() {
            try execute(
                "INSERT INTO exchange VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    row, number, exchange.verb, exchange.code, exchange.asked.nanoseconds, exchange.latency,
                    exchange.phase,
                ])
        }
        for (number, message) in details.messages.enumerated() {
            let recipients = JSON.array(message.envelope.recipients.map { .string(Picture.of($0)) })
            try execute(
                "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    row, number, message.direction.rawValue, Int64(clamping: message.offset), message.size,
                    message.isComplete, message.envelope.sender.map { Picture.of($0) }, recipients.text,
                    message.subject,
                ])
        }
        guard details.hasWholeText else { return }
        try execute(
            "INSERT INTO text (rowid, lines) VALUES (?, ?)", [row, String(decoding: details.text, as: UTF8.self)])
    }

    /// Done by the thousand: the statement is made once.
    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func remove(_ session: SessionID) throws {
        let found = try Int64.fetchOne(
            database, sql: "SELECT row FROM session WHERE id = ?", arguments: [session.text])
        guard let row = found else { return }
        try clear(row)
        try database.execute(sql: "DELETE FROM session WHERE row = ?", arguments: [row])
        // FTS5 keeps what was deleted until its pieces are merged.
        try database.execute(sql: "INSERT INTO text (text) VALUES ('optimize')")
    }

    private func clear(_ row: Int64) throws {
        for table in ["extent", "exchange", "message"] {
            try execute("DELETE FROM \(table) WHERE session = ?", [row])
        }
        try execute("DELETE FROM text WHERE rowid = ?", [row])
    }

    func put(_ segment: SegmentName, _ state: IndexedSegment) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO segment VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                segment.writer, segment.number, state.status.size, state.status.modified.nanoseconds, state.read,
                state.damaged, state.isComplete,
            ])
    }

    func remove(_ segment: SegmentName) throws {
        for table in ["segment", "extent"] {
            let number = table == "segment" ? "number" : "segment"
            try database.execute(
                sql: "DELETE FROM \(table) WHERE writer = ? AND \(number) = ?",
                arguments: [segment.writer, segment.number])
        }
    }

    func remove(writer: String) throws {
        let rows = try Int64.fetchAll(database, sql: "SELECT row FROM session WHERE writer = ?", arguments: [writer])
        for row in rows { try clear(row) }
        for table in ["session", "segment"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE writer = ?", arguments: [writer])
        }
    }
}
