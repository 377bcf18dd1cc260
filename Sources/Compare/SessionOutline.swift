import Conversation
import Message
import Wire

/// What was said in a session, as far as it is compared with another. A sink of the session's machine.
public struct SessionOutline: ConversationSink, Sendable {
    public struct Step: Sendable, Equatable {
        public var verb: String
        /// As it was said, secrets masked, tags left out; empty for a greeting.
        public var command: String
        /// The codes of all replies, and the lines of the last.
        public var codes: [String]
        public var lines: [String]
        /// Nanoseconds; nil where it was never answered.
        public var latency: Int64?
        /// The lines name what the server can do.
        public var isListing: Bool
        /// The same, with what is different each time made equal.
        var sameCommand: String
        var sameText: String
    }

    public struct Mail: Sendable, Equatable {
        /// Names in lower case and bodies of the header fields, in their order.
        public var fields: [(name: String, body: String)]
        /// Media types of the parts, depth first, indented by their depth.
        public var parts: [String]
        public var octets: UInt64

        public static func == (a: Mail, b: Mail) -> Bool {
            a.parts == b.parts && a.octets == b.octets && a.fields.elementsEqual(b.fields) { $0 == $1 }
        }
    }

    public private(set) var steps: [Step] = []
    public private(set) var mails: [Mail] = []
    /// Exchanges and messages beyond what is kept.
    public private(set) var beyond = 0
    private let dialect: DialectName
    private var readers = PerDirection<MessageReader?>(nil)

    public init(_ dialect: DialectName) {
        self.dialect = dialect
    }

    public mutating func exchange(_ exchange: Exchange) {
        guard steps.count < CompareLimits.exchanges else {
            beyond += 1
            return
        }
        var command = exchange.command[...]
        if dialect == .imap, let blank = command.firstIndex(of: Byte.space) { command = command[(blank + 1)...] }
        let reply = exchange.replies.last
        let isListing =
            ["EHLO", "LHLO", "CAPA", "CAPABILITY"].contains(exchange.verb)
            && reply.map { $0.code.first == "2" || $0.code == "+OK" || $0.code == "OK" } == true
        let said = exchange.replies.flatMap(\.lines).prefix(CompareLimits.lines)
        let lines = (isListing ? said[...] : (reply?.lines ?? []).prefix(CompareLimits.lines))
            .map { Picture.of($0.prefix(CompareLimits.line)) }
        steps.append(
            Step(
                verb: exchange.verb, command: Picture.of(command.prefix(CompareLimits.line)),
                codes: exchange.replies.suffix(8).map(\.code), lines: Array(lines), latency: exchange.latency,
                isListing: isListing, sameCommand: Sameness.of(command.prefix(CompareLimits.line)),
                sameText: Sameness.of((reply?.lines.first ?? []).prefix(CompareLimits.line))))
    }

    public mutating func messageBegan(_ message: MessageStart) {
        readers[message.direction] =
            message.partial && !message.hasHeader ? nil : MessageReader(dotStuffed: message.dotStuffed)
    }

    public mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        readers[direction]?.received(bytes)
    }

    public mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        guard var reader = readers[direction] else { return }
        readers[direction] = nil
        guard mails.count < CompareLimits.messages else {
            beyond += 1
            return
        }
        let read = reader.finished(complete: complete)
        mails.append(
            Mail(
                fields: read.fields.map {
                    (ASCII.uppercased($0.name).lowercased(), Picture.of($0.body.prefix(CompareLimits.field)))
                },
                parts: read.parts.map { part in
                    String(repeating: "  ", count: min(part.depth, 16))
                        + Picture.of(text: "\(part.type)/\(part.subtype)")
                },
                octets: read.octets.count))
    }
}
