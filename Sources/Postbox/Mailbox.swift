import Synchronization

/// What the embedded server keeps at most.
public enum PostboxLimits {
    /// Octets of one message; what SIZE announces (RFC 1870 §3).
    public static let message = 32 << 20
    /// Octets of all messages together; the oldest give way.
    public static let mailbox = 256 << 20
    /// Octets of a command line, CRLF included (RFC 5321 §4.5.3.1.4; RFC 4954 §4 asks for more within AUTH).
    public static let line = 12_288
    /// RFC 5321 §4.5.3.1.8 asks for at least 100.
    public static let recipients = 1_000
}

/// The one mailbox of the embedded server: what comes in by SMTP goes out by POP3. Held in memory; the conversations
/// that brought the messages are in the record.
public final class Mailbox: Sendable {
    /// A message as it was sent, dot-stuffing taken off.
    public struct Entry: Sendable {
        /// Never used again, in this life of the mailbox.
        public let number: UInt64
        public let bytes: [UInt8]
    }

    private let state = Mutex((entries: [Entry](), next: UInt64(1), octets: 0))

    public init() {}

    public func add(_ bytes: [UInt8]) {
        state.withLock { state in
            state.entries.append(Entry(number: state.next, bytes: bytes))
            state.next += 1
            state.octets += bytes.count
            while state.octets > PostboxLimits.mailbox, state.entries.count > 1 {
                state.octets -= state.entries.removeFirst().bytes.count
            }
        }
    }

    public func entries() -> [Entry] {
        state.withLock { $0.entries }
    }

    public func remove(_ numbers: Set<UInt64>) {
        state.withLock { state in
            state.entries.removeAll { numbers.contains($0.number) }
            state.octets = state.entries.reduce(0) { $0 + $1.bytes.count }
        }
    }
}
