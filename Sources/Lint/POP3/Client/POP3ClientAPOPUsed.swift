import Conversation

/// APOP in clear.
struct POP3ClientAPOPUsed: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.apop-used",
        title: Words("APOP is used without TLS", ja: "TLS なしで APOP を使っている"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §13",
        means: Words(
            """
            Whoever stands between the two can choose the timestamp, and learn the password character by \
            character from the digests (CVE-2007-1558); whoever only listens can try passwords against \
            one digest at home.
            """,
            ja: """
                通信の途中にいる者はタイムスタンプを選ぶことができ、ダイジェストからパスワードを 1 文字ずつ割り出せます (CVE-2007-1558)。盗聴するだけの者も、手元でパ\
                スワードの総当たりを試せます。
                """),
        remedy: Words(
            """
            Set the client to use TLS: port 995, or STLS.
            """,
            ja: """
                クライアントで TLS (ポート 995 または STLS) を使うように設定してください。
                """),
        violating: """
            protocol: pop3
            S: +OK ready <1896.697170952@pop.example.com>
            C: APOP alice «c4c9334bac560ecc979e58001b3e22fb»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK ready <1896.697170952@pop.example.com>
            C: APOP alice «c4c9334bac560ecc979e58001b3e22fb»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "APOP", session.isExposed, let reply = exchange.replies.last else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client logged in with APOP outside TLS, and the server answered \(Quote.of(reply)). From \
                the digest the password can be found.
                """,
                ja: """
                    クライアントは TLS の外で APOP を使ってログインし、サーバーは \(Quote.of(reply)) と応答しました。ダイジェストからパスワードを割り出される\
                    おそれがあります。
                    """))
    }
}
