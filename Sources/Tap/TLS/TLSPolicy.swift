import Conversation

/// Whether one leg of a session speaks TLS, and from when on.
public enum TLSPolicy: String, Sendable, CaseIterable {
    /// Never. Where the other leg does, its offer of TLS is kept from this one.
    case none
    /// From the command on by which the protocol agrees on it: STARTTLS in SMTP, LMTP and IMAP, STLS in POP3.
    case starttls
    /// From the first byte on (RFC 8314 §3).
    case implicit
    /// As the other leg does.
    case mirror
}

/// What comes of the policies of both legs.
enum TLSPlan: Sendable, Equatable {
    /// No TLS of ours: what the peers agree on passes by, unread.
    case opaque
    /// In clear until the peers agree on TLS; then both legs go over to it.
    case together
    /// Each leg by itself.
    case apart(client: Leg, server: Leg)

    /// nil where the legs do as the peers agree.
    var client: Leg? {
        if case .apart(let client, _) = self { client } else { nil }
    }

    /// nil where the legs do as the peers agree.
    var server: Leg? {
        if case .apart(_, let server) = self { server } else { nil }
    }

    enum Leg: Sendable {
        case none
        case starttls
        case implicit
    }

    /// - Parameter implicit: the server is one that speaks TLS from the first byte on, by its port or as the user said.
    init(client: TLSPolicy, server: TLSPolicy, implicit: Bool) {
        switch (client, server) {
        case (.none, .none): self = .opaque
        case (.mirror, .mirror): self = implicit ? .apart(client: .implicit, server: .implicit) : .together
        default:
            // Where only the client's leg is spoken of, a server that wants TLS at once is not to be tried in clear.
            let mirrored = implicit && server == .mirror ? Leg.implicit : nil
            let server = mirrored ?? Leg(server) ?? Leg(client) ?? .none
            let client = Leg(client) ?? server
            self = .apart(client: client, server: server)
        }
    }
}

extension TLSPlan.Leg {
    /// - Returns: nil for `mirror`.
    fileprivate init?(_ policy: TLSPolicy) {
        switch policy {
        case .none: self = .none
        case .starttls: self = .starttls
        case .implicit: self = .implicit
        case .mirror: return nil
        }
    }
}
