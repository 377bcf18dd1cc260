import Wire

/// What a session's bytes do not say themselves: who the peers are and how mailtee came between them.
public struct SessionFacts: Sendable, Equatable {
    public var id: SessionID
    public var started: Timestamp
    public var dialect: DialectName
    /// The client's address as it reached mailtee.
    public var client: Endpoint
    /// The server that the client was put through to.
    public var server: Endpoint
    /// Where mailtee listened, nil where it did not (inetd).
    public var listener: Endpoint?
    public var route: Route
    /// What else is worth telling, such as a PROXY header sent ahead of the conversation.
    public var remarks: [String]

    public enum Route: String, Sendable, Codable {
        /// In front of a server that is reached by TCP or a Unix socket.
        case relay
        /// In front of a child started for this connection.
        case child
        /// Started itself by inetd or one of its kind.
        case inetd
        /// mailtee's own server.
        case postbox
        /// Read from a capture that somebody else made.
        case capture
    }

    public init(
        id: SessionID, started: Timestamp, dialect: DialectName, client: Endpoint, server: Endpoint,
        listener: Endpoint? = nil, route: Route, remarks: [String] = []
    ) {
        self.id = id
        self.started = started
        self.dialect = dialect
        self.client = client
        self.server = server
        self.listener = listener
        self.route = route
        self.remarks = remarks
    }
}

/// One end of a connection.
public enum Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// An IP address in text form, without brackets, and a port.
    case address(String, port: UInt16)
    case unix(path: String)
    /// A child process, by its command line.
    case child(command: String)
    case unknown

    public var description: String {
        switch self {
        case .address(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        case .child(let command): "exec:\(command)"
        case .unknown: "unknown"
        }
    }

    /// The inverse of `description`.
    public init(_ text: String) {
        if text.hasPrefix("unix:") {
            self = .unix(path: String(text.dropFirst(5)))
        } else if text.hasPrefix("exec:") {
            self = .child(command: String(text.dropFirst(5)))
        } else if let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) {
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            self = .address(String(host), port: port)
        } else {
            self = .unknown
        }
    }
}

/// The protocols that mailtee follows.
public enum DialectName: String, Sendable, Codable, CaseIterable {
    case smtp
    case lmtp
    case pop3
    case imap
    /// HTTP/1.1 and its elders.
    case http
    // Read as lines: direction, times, and what is secret.
    case nntp
    /// The control connection.
    case ftp
    /// ManageSieve.
    case sieve
    case irc
    /// Whatever else talks in lines.
    case plain

    /// The port that Wireshark and tshark know the protocol by; nil where there is none.
    public var wellKnownPort: UInt16? {
        switch self {
        case .smtp: 25
        case .lmtp: 24
        case .pop3: 110
        case .imap: 143
        case .http: 80
        case .nntp: 119
        case .ftp: 21
        case .sieve: 4190
        case .irc: 6667
        case .plain: nil
        }
    }

    /// Its machine hears where the peers agree on TLS in the middle of a conversation.
    public var hasSTARTTLS: Bool {
        switch self {
        case .smtp, .lmtp, .pop3, .imap: true
        case .http, .nntp, .ftp, .sieve, .irc, .plain: false
        }
    }
}
