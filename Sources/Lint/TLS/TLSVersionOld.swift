import Conversation

/// A version of TLS is spoken that is not to be used any more.
struct TLSVersionOld: Rule {
    static let hears: RuleEvents = [.handshake]
    static let about = RuleDescription(
        id: "tls.version",
        title: Words("TLS older than 1.2 is spoken", ja: "1.2 より古い TLS が使われている"),
        severity: .warning,
        side: .client,
        clause: "RFC 8996 §4, §5; RFC 8314 §4.1",
        means: Words(
            """
            TLS 1.0 and 1.1, and SSL before them, rest on MD5 and SHA-1 and can be attacked; many servers and \
            clients refuse them by now.
            """,
            ja: """
                TLS 1.0 と 1.1、およびそれ以前の SSL は MD5 や SHA-1 に依存しており、攻撃が可能です。今では多くの\
                サーバーとクライアントが拒否します。
                """),
        remedy: Words(
            """
            Update the program that speaks no better, or its TLS library, and set TLS 1.2 as the least.
            """,
            ja: """
                新しい版を話せないプログラム、またはその TLS ライブラリーを更新し、最低バージョンを TLS 1.2 に設定し\
                てください。
                """),
        violating: """
            protocol: imap
            tls server start=implicit version=\"TLS 1.3\"
            tls client start=implicit version=\"TLS 1.0\" sni=imap.example.com
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: a1 LOGOUT
            S: * BYE bye
            S: a1 OK done
            end: client-closed
            """,
        conforming: """
            protocol: imap
            tls server start=implicit version=\"TLS 1.3\"
            tls client start=implicit version=\"TLS 1.2\" sni=imap.example.com
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: a1 LOGOUT
            S: * BYE bye
            S: a1 OK done
            end: client-closed
            """,
        dialects: Set(DialectName.allCases))

    private static let old: Set<String> = ["SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1"]

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        guard facts.failure == nil, facts.fault == nil, let version = facts.version, Self.old.contains(version) else {
            return nil
        }
        let who = facts.leg.speakerName
        // mailtee speaks the newer ones as well.
        return finding(
            from: facts.leg, at: Place(at: time), in: session,
            means: Words(
                "The \(who[.en]) and mailtee agreed on \(version), the best that the \(who[.en]) speaks.",
                ja: """
                    \(who[.ja])と mailtee は \(version) で合意しました。\(who[.ja])が話せる最も新しいバージョンで\
                    す。
                    """))
    }
}
