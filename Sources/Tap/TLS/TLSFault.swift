import Authority

/// A fault of TLS that mailtee plays while it taps, so that one sees what the peers make of it.
public enum TLSFault: String, Sendable, CaseIterable {
    /// The server's offer of TLS does not reach the client.
    case stripAnnouncement = "strip-announcement"
    /// The command by which the client asks for TLS is refused, and does not reach the server.
    case refuseCommand = "refuse-command"
    /// The client's hello is never answered.
    case hangInHandshake = "hang-in-handshake"
    /// The certificate shown to the client ended yesterday.
    case expiredCertificate = "expired-certificate"
    /// It is for another name.
    case wrongName = "wrong-name"
    /// It was issued by an authority that nobody trusts.
    case unknownAuthority = "unknown-authority"
    /// It was issued by itself.
    case selfSigned = "self-signed"
    /// The client is answered in clear after it was told to begin TLS.
    case answerInClear = "answer-in-clear"
    /// Words in clear stand behind the answer to begin TLS, in one packet.
    case injectResponse = "inject-response"
    /// A command in clear stands behind the client's command to begin TLS, in one packet, on its way to the server.
    case injectCommand = "inject-command"

    /// For the record.
    var told: String { "fault \(rawValue): mailtee \(remark)" }

    /// What was done.
    private var remark: String {
        switch self {
        case .stripAnnouncement: "took the server's offer of TLS out of its answer"
        case .refuseCommand: "refused TLS in the server's name; the server did not hear of it"
        case .hangInHandshake: "does not answer the client's hello"
        case .expiredCertificate: "showed the client a certificate that has expired"
        case .wrongName: "showed the client a certificate for another name"
        case .unknownAuthority: "showed the client a certificate of an authority that nobody trusts"
        case .selfSigned: "showed the client a certificate issued by itself"
        case .answerInClear: "answered the client's hello in clear"
        case .injectResponse: "put words in clear behind the server's answer to begin TLS"
        case .injectCommand: "put a command in clear behind the client's command to begin TLS"
        }
    }

    /// What is wrong with the certificate that the client is shown.
    var leaf: LeafFault? {
        switch self {
        case .expiredCertificate: .expired
        case .wrongName: .wrongName
        case .unknownAuthority: .unknownAuthority
        case .selfSigned: .selfSigned
        default: nil
        }
    }
}
