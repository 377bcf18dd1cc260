import Conversation

/// The server takes the client for logged in, and TLS has not begun.
struct IMAPServerPreauthClear: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.preauth-clear",
        title: Words("PREAUTH is said in clear", ja: "暗号化なしで PREAUTH を送っている"),
        severity: .warning,
        side: .server,
        clause: "RFC 9051 §7.1.4",
        means: Words(
            """
            STARTTLS is only for who has not logged in. A greeting of PREAUTH in clear makes it impossible, and \
            somebody on the way may say it for just that reason.
            """,
            ja: """
                STARTTLS が使えるのはログイン前だけです。平文での PREAUTH は STARTTLS を不可能にするため、\
                経路上の何者かがそれを狙って差し込むこともあります。
                """),
        remedy: Words(
            "Let the server greet with OK outside TLS. A client that wants TLS has to close here.",
            ja: "TLS の外では OK で応答を始めてください。TLS を必要とするクライアントはここで接続を閉じなければなりません。"),
        violating: """
            protocol: imap
            S: * PREAUTH [CAPABILITY IMAP4rev1] welcome back
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: IMAPScene.secure + """
            S: * PREAUTH [CAPABILITY IMAP4rev1] welcome back
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, !session.imap.isGreeted, session.layer == .clear, !session.serverIsSecure,
            session.piece(line) == .start, let data = IMAPData(line), data.is("PREAUTH"), !session.hasGap
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server greeted in clear with \(Quote.of(line)). The client can begin no TLS any more.",
                ja: "サーバーは平文で \(Quote.of(line)) と応答を始めました。クライアントはもう TLS を開始できません。"))
    }
}
