import Conversation
import Wire

/// What a list says of a session.
public struct SessionSummary: Sendable, Equatable {
    public var facts: SessionFacts
    public var last: Timestamp
    /// nil while it goes on, and where its recorder was killed.
    public var end: SessionEnd?
    public var exchanges = 0
    public var messages = 0
    public var tls = false
    public var bytes = PerDirection<UInt64>(0)
    /// Bytes that passed and are not in the record.
    public var lost = PerDirection<UInt64>(0)

    public init(facts: SessionFacts) {
        self.facts = facts
        last = facts.started
    }

    public var json: JSON {
        .object(members)
    }

    public var members: [JSON.Member] {
        let ended: JSON = end == nil ? .null : .string(last.text)
        return [
            JSON.Member("id", .string(facts.id.text)),
            JSON.Member("protocol", .string(facts.dialect.rawValue)),
            JSON.Member("client", .string(facts.client.description)),
            JSON.Member("server", .string(facts.server.description)),
            JSON.Member("listener", facts.listener.map { .string($0.description) } ?? .null),
            JSON.Member("route", .string(facts.route.rawValue)),
            JSON.Member("started", .string(facts.started.text)),
            JSON.Member("ended", ended),
            JSON.Member("end", end.map { .string($0.text) } ?? .null),
            JSON.Member("tls", .bool(tls)),
            JSON.Member("exchanges", .int(exchanges)),
            JSON.Member("messages", .int(messages)),
            JSON.Member("bytes", .members(["client": .int(bytes.client), "server": .int(bytes.server)])),
            JSON.Member("lost", .members(["client": .int(lost.client), "server": .int(lost.server)])),
            JSON.Member("remarks", .array(facts.remarks.map(JSON.string))),
        ]
    }
}
