import Conversation
import Wire

/// mailtee, as the client of the server, found its certificate not to be good.
struct TLSServerCertificate: Rule {
    static let hears: RuleEvents = [.handshake]
    static let about = RuleDescription(
        id: "tls.server-certificate",
        title: Words("The server's certificate is not good", ja: "サーバーの証明書が正しくない"),
        severity: .error,
        side: .server,
        clause: Clause(
            smtp: "RFC 8314 §5.3; RFC 3207 §4.1", pop3: "RFC 8314 §5.3; RFC 2595 §2.4",
            imap: "RFC 8314 §5.3; RFC 9051 §11.1"),
        means: Words(
            """
            A certificate that has expired, is for another name, or comes from an authority that is not trusted \
            proves nothing: a client that verifies it does not come in, and one that does not may be talking to \
            anybody.
            """,
            ja: """
                期限の切れた証明書、別の名前の証明書、信頼されていない認証局の証明書は、何も証明しません。検証するク\
                ライアントは接続できず、検証しないクライアントは誰と話しているか分かりません。
                """),
        remedy: Words(
            """
            Give the server a certificate that is valid, for the name that clients use, with the whole chain up to \
            an authority that they trust. Where that authority is your own, name it to mailtee with --upstream-ca.
            """,
            ja: """
                クライアントが使う名前で有効な証明書を、信頼される認証局までのチェーン全体とともにサーバーに設定して\
                ください。その認証局が自前のものなら、--upstream-ca で mailtee に教えます。
                """),
        violating: """
            protocol: imap
            tls server start=implicit names=old.example.com verification="not verified: it expired on 2026-01-31"
            tls client start=implicit names=old.example.com
            S: * OK ready
            C: a1 LOGOUT
            S: * BYE
            S: a1 OK
            """,
        conforming: """
            protocol: imap
            tls server start=implicit names=imap.example.com verification=verified
            tls client start=implicit names=imap.example.com
            S: * OK ready
            C: a1 LOGOUT
            S: * BYE
            S: a1 OK
            """,
        explains: [TLSHandshakeFailed.self])

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        guard facts.leg == .server else { return nil }
        let outcome: (severity: Severity, found: String, so: Words)
        switch facts.verification {
        case .failed(let found):
            outcome = (.error, found, Words("mailtee ended the session", ja: "mailtee はセッションを終了しました"))
        case .skipped(let found?):
            outcome = (
                .warning, found,
                Words(
                    "mailtee went on all the same, as it was asked to", ja: "mailtee は指定どおり続行しました")
            )
        case .verified, .skipped(nil), nil: return nil
        }
        let names = facts.chain.first?.names.joined(separator: ", ") ?? ""
        let shown = Picture.of(text: names)
        let whose = names.isEmpty ? Words("", ja: "") : Words(", for \(shown),", ja: " (\(shown)) ")
        return finding(
            at: Place(at: time), in: session, severity: outcome.severity,
            means: Words(
                """
                The server's certificate\(whose[.en]) is not good: \(Picture.of(text: outcome.found)). A client that \
                verifies it does not come in; \(outcome.so[.en]).
                """,
                ja: """
                    サーバーの証明書\(whose[.ja])は正しくありません。理由は「\(Picture.of(text: outcome.found))」で\
                    す。検証するクライアントは接続できません。\(outcome.so[.ja])。
                    """))
    }
}
