import Conversation

/// A fault of TLS that mailtee played itself: what it put into a peer's mouth is not the peer's fault, and what the
/// other makes of it is what the user wants to know.
public enum PlayedFault: String, Sendable, CaseIterable {
    case stripAnnouncement = "strip-announcement"
    case refuseCommand = "refuse-command"
    case hangInHandshake = "hang-in-handshake"
    case expiredCertificate = "expired-certificate"
    case wrongName = "wrong-name"
    case unknownAuthority = "unknown-authority"
    case selfSigned = "self-signed"
    case answerInClear = "answer-in-clear"
    case injectResponse = "inject-response"
    case injectCommand = "inject-command"

    /// The fault that a remark of mailtee's tells of: `fault NAME: …`.
    init?(_ note: Note) {
        guard note.kind == .remark, note.text.hasPrefix(Self.mark) else { return nil }
        self.init(rawValue: String(note.text.dropFirst(Self.mark.count).prefix { $0 != ":" }))
    }

    /// What is wrong with the certificate that the client was shown; nil where nothing is.
    var certificateFlaw: Words? {
        switch self {
        case .expiredCertificate: Words("has expired", ja: "期限の切れた")
        case .wrongName: Words("is for another name", ja: "別の名前の")
        case .unknownAuthority: Words("is of an authority that nobody trusts", ja: "誰も信頼しない認証局の")
        case .selfSigned: Words("was issued by itself", ja: "自己署名の")
        case .stripAnnouncement, .refuseCommand, .hangInHandshake, .answerInClear, .injectResponse, .injectCommand: nil
        }
    }

    private static let mark = "fault "
}
