import Conversation

/// The client asks for TLS, does not get it, and goes on without.
struct TLSRefusedThenClear: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "tls.refused-then-clear",
        title: Words(
            "The client is refused TLS and goes on in clear",
            ja: "TLS を拒否されたクライアントが平文で続けている"),
        severity: .error,
        side: .client,
        clause: Clause(
            smtp: "RFC 3207 §4, §6; RFC 8314 §5.2", pop3: "RFC 2595 §2.2; RFC 8314 §5.2",
            imap: "RFC 2595 §2.2; RFC 8314 §5.2"),
        means: Words(
            """
            The refusal stands in clear, and can be somebody's on the way. A client that logs in all the same can be \
            made to say its password in clear at any time.
            """,
            ja: """
                拒否の応答は平文で届くため、経路上の誰かが作ったものかもしれません。それでもログインするクライアント\
                は、いつでもパスワードを平文で言わされるおそれがあります。
                """),
        remedy: Words(
            """
            Set the client to require TLS, so that it hangs up and tries again later. Then find out why the server \
            refuses what it offers.
            """,
            ja: """
                クライアントで TLS を必須にし、拒否されたら接続を切って後で再試行するようにしてください。そのうえ\
                で、サーバーが自ら提示したものを拒否する理由を調べます。
                """),
        violating: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
            C: a1 STARTTLS
            S: a1 NO not just now
            C: a2 LOGIN alice «secret»
            S: a2 NO not in clear
            C: a3 LOGOUT
            S: * BYE
            S: a3 OK
            """,
        conforming: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready
            C: a1 STARTTLS
            S: a1 NO not just now
            C: a2 LOGOUT
            S: * BYE
            S: a2 OK
            """,
        explains: [TLSPasswordClear.self, TLSWeakAuthClear.self, TLSMailClear.self], besides: ["tls.offered-refused"])

    private var refusal: Reply?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.isExposed else { return nil }
        if exchange.verb == session.dialect.startTLS {
            refusal = exchange.replies.last
            return nil
        }
        // What was said before the refusal came is no answer to it.
        guard let refusal, exchange.asked >= refusal.at, Verbs.business.contains(exchange.verb) else { return nil }
        let isLogin = Verbs.login.contains(exchange.verb)
        return finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: isLogin ? .error : .warning,
            means: Words(
                """
                \(session.dialect.startTLS) was answered \(Quote.of(refusal)), and the client went on in clear with \
                \(exchange.verb). \((isLogin ? Self.login : Self.mail)[.en])
                """,
                ja: """
                    \(session.dialect.startTLS) への応答は \(Quote.of(refusal)) でしたが、クライアントは平文のまま \
                    \(exchange.verb) に進みました。\((isLogin ? Self.login : Self.mail)[.ja])
                    """))
    }

    private static let login = Words(
        "Whoever can forge such an answer can make it say its password in clear.",
        ja: "このような応答を偽造できる者は、パスワードを平文で言わせることができます。")
    private static let mail = Words(
        "Whether mail may go in clear is for its owner to say; anybody on the way can read it.",
        ja: "メールを平文で送ってよいかは持ち主が決めることですが、経路上の誰でも読むことができます。")
}
