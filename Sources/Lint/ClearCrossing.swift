import Conversation
import Wire

/// What the peers say in clear where only a TLS handshake may stand: the client behind its STARTTLS, the server behind
/// its agreement (RFC 3207 §4, RFC 2595 §4, RFC 9051 §6.2.1).
struct ClearCrossing: Sendable {
    /// The first such line of the client's, of the server's, once the server has agreed.
    private(set) var first = PerDirection<Utterance?>(nil)
    /// The client has asked for TLS and was not refused.
    private var isAsked = false
    /// What it said behind that, which is nothing to speak of before the server agrees.
    private var behind: Utterance?
    /// It said its handshake at once, which is early, and not in clear.
    private var isEarly = false

    /// - Parameter asks: it is the command that asks for TLS.
    mutating func hear(_ line: Utterance, asks: Bool, _ layer: SessionSoFar.Layer) {
        switch (layer, line.direction) {
        case (.clear, .client):
            guard !isAsked else { return hearBehind(line) }
            isAsked = asks
        case (.agreed, .client):
            hearBehind(line)
            first.client = behind
        case (.agreed, .server): first.server = first.server ?? line
        case (.clear, .server), (.secure, _): break
        }
    }

    mutating func refused() {
        self = ClearCrossing()
    }

    mutating func agreed() {
        first.client = behind
    }

    private mutating func hearBehind(_ line: Utterance) {
        guard behind == nil, !isEarly else { return }
        if Self.beginsTLS(line) { isEarly = true } else { behind = line }
    }

    /// The type of a record (RFC 8446 §5.1), or the length of an SSL 2.0 hello; no line of text begins so.
    private static func beginsTLS(_ line: Utterance) -> Bool {
        line.bytes.first.map { (0x14...0x18).contains($0) || $0 >= 0x80 } ?? false
    }
}
