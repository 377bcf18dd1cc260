/// The states of a session (RFC 9051 §3).
public enum IMAPPhase: String, Sendable, CaseIterable {
    /// Before the server's greeting.
    case greeting
    case notAuthenticated = "not-authenticated"
    case authenticated
    case selected
    case logout
    /// TLS was agreed on (RFC 9051 §6.2.1).
    case tls

    /// Nobody says a password any more.
    var isLoggedIn: Bool { self == .authenticated || self == .selected }
}
