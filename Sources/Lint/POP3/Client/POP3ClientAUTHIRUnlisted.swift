import Conversation

/// AUTH with an initial response to a server that lists no SASL.
struct POP3ClientAUTHIRUnlisted: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.client.auth-ir-unlisted",
        title: Words(
            "AUTH carries an initial response though SASL is not listed", ja: "SASL が一覧にないのに AUTH に初期応答を付けている"),
        severity: .error,
        side: .client,
        clause: "RFC 5034 §3, §4",
        means: Words(
            """
            Servers from before SASL was listed do not know initial responses. Such a server takes the \
            response for part of the mechanism's name, and the client's secret was said for nothing.
            """,
            ja: """
                SASL を機能一覧に載せない古いサーバーは初期応答を知りません。初期応答は認証方式名の一部と解釈され、秘密情報を無駄に送ったことになります。
                """),
        remedy: Words(
            """
            Let the client ask CAPA first; where SASL is not listed, send AUTH with the mechanism alone \
            and wait for `+`.
            """,
            ja: """
                クライアントは先に CAPA で確認し、SASL がなければ AUTH に認証方式だけを付けて送り、`+` を待つようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: USER
            S: .
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: -ERR unknown mechanism
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: SASL PLAIN
            S: UIDL
            S: .
            C: AUTH PLAIN «AGFsaWNlAHNlY3JldA==»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        explains: [POP3ClientCapabilityUnlisted.self])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard exchange.verb == "AUTH", session.followsPOP3, let asked = pop3.asked(exchange), asked.arguments > 1,
            let reply = exchange.replies.last, !pop3.offers("SASL")
        else { return nil }
        let wasAsked = pop3.capabilities != nil || pop3.capaWasRefused
        let mechanism = Quote.command(of: exchange)
        guard wasAsked else {
            // It may know of an earlier session what the server can do.
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                severity: reply.code == "+OK" ? .note : .warning,
                means: Words(
                    """
                    The client said \(mechanism), with an initial response, and did not ask in this session \
                    whether the server lists SASL. It was answered \(Quote.of(reply)).
                    """,
                    ja: """
                        クライアントは初期応答付きの \(mechanism) を送りましたが、このセッションではサーバーが SASL を示すか確認していません。応答は \
                        \(Quote.of(reply)) でした。
                        """))
        }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The client said \(mechanism), with an initial response, to a server that does not list SASL. \
                It was answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは SASL を示していないサーバーに初期応答付きの \(mechanism) を送りました。応答は \(Quote.of(reply)) でした。
                    """))
    }
}
