import Conversation
import Dialects

/// What is seen of TLS in a connection that others made: where it begins, what its handshake shows, how much passes
/// inside, which nobody can read without its keys.
struct TLSOnlooker {
    private enum State {
        /// Not in this protocol, as far as is known.
        case never
        /// The peers speak in clear and may agree on it.
        case clear(Dialect)
        case tls
    }

    private var state = State.never
    private var watcher = TLSWatcher()
    /// What a side says where TLS should be is TLS indeed.
    private var isTLS = PerDirection<Bool?>(nil)
    private var opaque = PerDirection<UInt64>(0)
    private var isImplicit = false
    private var hasTold = false

    init() {}

    init(_ dialect: DialectName, isImplicit: Bool) {
        self.isImplicit = isImplicit
        if isImplicit {
            state = .tls
        } else if dialect.hasSTARTTLS {
            state = .clear(Dialect(dialect))
        }
    }

    /// - Returns: true where the bytes are to be recorded: they are said in clear.
    mutating func passes(_ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp) -> Bool {
        switch state {
        case .never: return true
        case .clear(var dialect):
            state = .never
            var sink = SecretSink()
            dialect.received(bytes, from: direction, at: time, into: &sink)
            state = sink.tlsBegins ? .tls : .clear(dialect)
            return true
        case .tls:
            if isTLS[direction] == nil { isTLS[direction] = !Self.isText(bytes) }
            guard isTLS[direction] == true else { return true }
            opaque[direction] += UInt64(bytes.count)
            watcher.received(bytes, from: direction == .client ? .client : .server)
            return false
        }
    }

    /// Bytes are missing.
    /// - Returns: true where that is to be recorded.
    mutating func lost(_ count: Int, from direction: Direction, at time: Timestamp) -> Bool {
        switch state {
        case .never: return true
        case .clear(var dialect):
            state = .never
            var sink = SecretSink()
            dialect.lost(UInt64(clamping: count), from: direction, at: time, into: &sink)
            state = .clear(dialect)
            return true
        case .tls: return isTLS[direction] == false
        }
    }

    /// What the handshake shows, once all of it is seen.
    mutating func news() -> String? {
        guard !hasTold, watcher.serverHello != nil else { return nil }
        return tell()
    }

    /// What is to be said at the end of the session.
    mutating func lastWords() -> String? {
        guard isTLS.client == true || isTLS.server == true else { return nil }
        var words = hasTold ? "" : (tell().map { $0 + ". " } ?? "")
        for (sender, alert) in watcher.alerts {
            words += "The \(sender.rawValue) sent the alert \(alert.name): \(alert.means(by: sender)) "
        }
        return words
            + "inside TLS the client said \(opaque.client) bytes and the server \(opaque.server), which are not recorded"
    }

    private mutating func tell() -> String? {
        hasTold = true
        let client = watcher.clientHello
        let server = watcher.serverHello
        var words = isImplicit ? "TLS from the first byte on" : "TLS begins here"
        if let server {
            words += ": \(server.version.name), \(TLSCipherSuite.name(server.cipherSuite))"
        } else if let client {
            words += ": the client offers up to \(client.highestVersion.name)"
        }
        if let name = client?.serverName { words += ", asked for \(name)" }
        if let name = server?.applicationProtocol { words += ", ALPN \(name)" }
        return words + "; what is said inside cannot be read without its keys"
    }

    private static func isText(_ bytes: Span<UInt8>) -> Bool {
        for index in 0..<min(bytes.count, 16) where !(0x20...0x7E).contains(bytes[index]) {
            guard [0x09, 0x0A, 0x0D].contains(bytes[index]) else { return false }
        }
        return true
    }
}
