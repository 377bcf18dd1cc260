import Conversation
import Wire

/// What a list says of a session.
public struct SessionSummary: Sendable, Equatable {
    public var facts: SessionFacts
    public var last: Timestamp
    /// nil while it goes on.
    public var end: SessionEnd?
    public var exchanges = 0
    public var messages = 0
    /// That of the first message which has one, decoded, control characters as pictures.
    public var subject: String?
    public var tls = false
    /// The server itself offered TLS in clear; nil where it was not asked.
    public var offersTLS: Bool?
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
            JSON.Member("subject", subject.map(JSON.string) ?? .null),
            JSON.Member("bytes", .members(["client": .int(bytes.client), "server": .int(bytes.server)])),
            JSON.Member("lost", .members(["client": .int(lost.client), "server": .int(lost.server)])),
            JSON.Member("remarks", .array(facts.remarks.map(JSON.string))),
        ]
    }
}

/// The form in which a summary stands in the index.
extension SessionSummary {
    var stored: JSON {
        .members([
            "facts": facts.json, "last": .integer(last.nanoseconds), "end": end.map { .string($0.text) },
            "exchanges": .int(exchanges), "messages": .int(messages), "subject": subject.map(JSON.string),
            "tls": .bool(tls), "offersTLS": offersTLS.map(JSON.bool),
            "bytes": .array([.int(bytes.client), .int(bytes.server)]),
            "lost": .array([.int(lost.client), .int(lost.server)]),
        ])
    }

    init?(stored json: JSON) {
        guard let facts = json["facts"].flatMap({ SessionFacts(json: $0) }), let last = json["last"]?.integer
        else { return nil }
        self.init(facts: facts)
        self.last = Timestamp(nanoseconds: last)
        end = json["end"]?.string.map { SessionEnd(text: $0) }
        exchanges = Int(clamping: json["exchanges"]?.integer ?? 0)
        messages = Int(clamping: json["messages"]?.integer ?? 0)
        subject = json["subject"]?.string
        tls = json["tls"]?.bool ?? false
        offersTLS = json["offersTLS"]?.bool
        bytes = Self.pair(json["bytes"])
        lost = Self.pair(json["lost"])
    }

    private static func pair(_ json: JSON?) -> PerDirection<UInt64> {
        let numbers = json?.array?.compactMap(\.integer) ?? []
        guard numbers.count == 2 else { return PerDirection(0) }
        return PerDirection(client: UInt64(clamping: numbers[0]), server: UInt64(clamping: numbers[1]))
    }
}
