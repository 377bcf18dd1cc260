import Conversation
import Wire

/// mailtee and one of the peers could not agree on TLS.
struct TLSHandshakeFailed: Rule {
    static let about = RuleDescription(
        id: "tls.handshake-failed",
        title: Words("A TLS handshake failed", ja: "TLS ハンドシェイクが失敗した"),
        severity: .error,
        side: .tls,
        clause: "RFC 8446 §6.2",
        means: Words(
            """
            One side gave up before TLS had begun, and the session ended there. Mostly the client does not trust the \
            certificate that it was shown, or the two have no version or cipher suite in common.
            """,
            ja: """
                TLS が始まる前に一方があきらめ、セッションはそこで終わりました。たいていは、クライアントが見せられた\
                証明書を信頼していないか、双方に共通のバージョンや暗号スイートがないことが原因です。
                """),
        remedy: Words(
            """
            What the side that gave up has to say is told with the finding. Where the client does not trust \
            mailtee's authority, `mailtee ca trust` tells how to make it.
            """,
            ja: """
                あきらめた側の言い分は、この指摘と一緒に示されます。クライアントが mailtee の認証局を信頼していない\
                場合は、`mailtee ca trust` が信頼させる方法を教えます。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client by=client alert=unknown_ca means="It does not trust the authority."
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client fault=unknown-authority by=client alert=unknown_ca means="It does not trust the authority."
            end: client-closed
            """)

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        // Who gives up over a fault does well.
        guard let failure = facts.failure, facts.fault == nil, session.faults.isEmpty else { return nil }
        let who =
            switch failure.by {
            case .mailtee: Words("mailtee", ja: "mailtee ")
            case .client: Words("the client", ja: "クライアント")
            case .server: Words("the server", ja: "サーバー")
            }
        let alert = failure.alert.map(Picture.of(text:))
        let how = Words(
            alert.map { " with the alert \($0)" } ?? "", ja: alert.map { " アラート \($0) を送って" } ?? "")
        return finding(
            at: Place(at: time), in: session,
            means: Words(
                """
                mailtee and the \(facts.leg.rawValue) did not come to speak TLS: \(who[.en]) gave up\(how[.en]). \
                \(Picture.of(text: failure.means))
                """,
                ja: """
                    mailtee と\(facts.leg == .client ? "クライアント" : "サーバー")は TLS を始められませんでした。\
                    \(who[.ja])が\(how[.ja])あきらめました。理由は「\(Picture.of(text: failure.means))」です。
                    """))
    }
}
