import Capture
import Conversation
import GRDB
import Wire

/// The rows of the index as what they stand for.
enum Rows {
    static func summaries(
        _ database: Database, _ clause: String, _ arguments: StatementArguments = []
    ) throws -> [SessionSummary] {
        var summaries: [SessionSummary] = []
        try each(database, clause, arguments) { summaries.append($0) }
        return summaries
    }

    static func each(
        _ database: Database, _ clause: String, _ arguments: StatementArguments,
        _ body: (SessionSummary) throws -> Void
    ) throws {
        let texts = try String.fetchCursor(database, sql: "SELECT summary FROM session \(clause)", arguments: arguments)
        while let text = try texts.next() {
            if let summary = JSON.parse(text.utf8).flatMap({ SessionSummary(stored: $0) }) { try body(summary) }
        }
    }

    static func sessions(
        _ database: Database, _ clause: String, _ arguments: StatementArguments = []
    ) throws -> [IndexedSession] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT summary, writer, flow FROM session \(clause)", arguments: arguments)
        return try rows.compactMap { row in
            guard let json = JSON.parse((row["summary"] as String).utf8), let summary = SessionSummary(stored: json)
            else { return nil }
            return IndexedSession(
                summary: summary, writer: row["writer"], flow: (row["flow"] as String?).flatMap(flow),
                extents: try extents(database, of: summary.facts.id))
        }
    }

    static func extents(_ database: Database, of session: SessionID) throws -> [Extent] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT extent.writer, segment, first, last FROM extent JOIN session ON session = row
                WHERE id = ? ORDER BY number
                """, arguments: [session.text])
        return rows.map { row in
            Extent(
                segment: SegmentName(writer: row["writer"], number: row["segment"]), first: row["first"],
                last: row["last"])
        }
    }

    static func segments(_ database: Database) throws -> [SegmentName: IndexedSegment] {
        var found: [SegmentName: IndexedSegment] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT * FROM segment") {
            found[SegmentName(writer: row["writer"], number: row["number"])] = IndexedSegment(
                status: SegmentStatus(size: row["size"], modified: Timestamp(nanoseconds: row["modified"])),
                read: row["read"], damaged: row["damaged"], isComplete: row["complete"])
        }
        return found
    }

    static func text(_ flow: RecordedFlow) -> String {
        [flow.client, flow.server].map { "\($0.high) \($0.low) \($0.port)" }.joined(separator: " ")
    }

    static func flow(_ text: String) -> RecordedFlow? {
        let numbers = text.split(separator: " ").compactMap { UInt64($0) }
        guard numbers.count == 6, let client = UInt16(exactly: numbers[2]), let server = UInt16(exactly: numbers[5])
        else { return nil }
        return RecordedFlow(
            client: FlowEnd(high: numbers[0], low: numbers[1], port: client),
            server: FlowEnd(high: numbers[3], low: numbers[4], port: server))
    }
}
