import Conversation
import Wire

/// How far an HTTP session has come: before the event that the rules hear of now.
public struct HTTPSoFar: Sendable {
    /// What a peer's line is that stands where a request line or status line should.
    enum Stray: Sendable {
        /// In the middle of a body that is said in chunks.
        case inChunks
        /// Behind a body of so many octets.
        case behindBody(UInt64)
        /// Behind a response that has no body: this one, to a request of this method.
        case behindNone(code: Int, method: String)
        /// An empty line.
        case empty
        case other
    }

    /// A response and the method of the request that it answers.
    struct Answer: Sendable {
        var method: String
        var code: Int
        var at: Timestamp
    }

    /// The request that the client began last, the response that the server did.
    private(set) var heads = PerDirection(HTTPHead())
    /// Requests that were begun, and those of them whose final status line was said.
    private(set) var asked = 0
    private(set) var answered = 0
    /// Which of the requests is the last that may do harm when it is said twice (RFC 9110 §9.2.2), counted from 1 on.
    private(set) var lastUnsafe = 0
    private(set) var lastUnsafeMethod = ""
    /// What was answered last.
    private(set) var answer: Answer?
    /// The peers speak another protocol (RFC 9110 §7.8, §9.3.6), or HTTP/2.
    private(set) var isOver = false

    public init() {}

    mutating func utterance(_ line: Utterance) {
        guard line.end != .none else { return }
        switch line.kind {
        case .command:
            heads.client = HTTPHead(request: line)
            asked += 1
            if !Self.idempotent.contains(heads.client.method) {
                lastUnsafe = asked
                lastUnsafeMethod = heads.client.method
            }
            // The preface of HTTP/2 (RFC 9113 §3.4).
            if heads.client.method == "PRI" { isOver = true }
        case .reply:
            heads.server = HTTPHead(response: line)
            let isFinal = heads.server.code >= 200 || heads.server.code == 101
            if isFinal, answered < asked { answered += 1 }
        case .field: heads[line.direction].take(line)
        case .chunk: heads[line.direction].takeChunk(line)
        case .line: heads[line.direction].stray()
        case .challenge, .response, .end: break
        }
    }

    mutating func exchange(_ exchange: Exchange) {
        guard let reply = exchange.replies.last else { return }
        answer = Answer(method: exchange.verb, code: heads.server.code, at: reply.at)
        if Self.isBodiless(exchange.verb, heads.server.code) { heads.server.hasNoBody() }
        if reply.code == "101" || exchange.verb == "CONNECT" && reply.code.first == "2" { isOver = true }
    }

    /// - Returns: nil for a line that stands where it should, and for one behind another that did not.
    func stray(_ line: Utterance) -> Stray? {
        guard line.kind == .line, !isOver else { return nil }
        let head = heads[line.direction]
        guard !head.hasStrayed else { return nil }
        if head.isInChunks { return .inChunks }
        if line.direction == .client, line.bytes.isEmpty, line.end != .none { return .empty }
        if line.direction == .server, head.part != .none {
            if (100..<200).contains(head.code) { return .behindNone(code: head.code, method: "") }
            if let answer, Self.isBodiless(answer.method, answer.code) {
                return .behindNone(code: answer.code, method: answer.method)
            }
        }
        if case .counted(let length) = head.framing { return .behindBody(length) }
        return line.bytes.isEmpty && line.end != .none ? .empty : .other
    }

    /// RFC 9112 §6.3.
    private static func isBodiless(_ method: String, _ code: Int) -> Bool {
        method == "HEAD" || code == 204 || code == 304 || method == "CONNECT" && (200..<300).contains(code)
    }

    /// RFC 9110 §9.2.2; what is not known may be either.
    private static let idempotent: Set<String> = [
        "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND", "PRI",
    ]
}
