import Conversation
import Wire

/// A command that is listed and not known.
struct POP3ServerCapaLies: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.capa-lies",
        title: Words("The server offers a command that it does not know", ja: "提示したコマンドを知らないと応答している"),
        severity: .warning,
        side: .server,
        clause: "RFC 2449 §5; RFC 1939 §7",
        means: Words(
            """
            A client goes by the list, and is refused. Where it has no other way it fails altogether, \
            though it would have found one without the list.
            """,
            ja: """
                クライアントは機能一覧に従ったのに拒否されます。ほかの手段を持たないクライアントは処理全体に失敗します。
                """),
        remedy: Words(
            """
            Let the server list what it can do, and nothing else.
            """,
            ja: """
                サーバーは実際に使える機能だけを示すようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: USER
            S: UIDL
            S: .
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: UIDL
            S: -ERR unknown command
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
            S: USER
            S: UIDL
            S: .
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: UIDL 7
            S: -ERR unknown message
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard session.followsPOP3, let reply = exchange.replies.last, reply.code == "-ERR",
            let asked = pop3.asked(exchange)
        else { return nil }
        if exchange.verb == "APOP" { return unknownAPOP(reply, in: session) }
        guard let listing = pop3.capabilities else { return nil }
        // To refuse what it offers for security's sake is as bad as not to know it.
        guard reply.soundsUnknown || exchange.verb == "STLS" && !reply.saysTemporary else { return nil }
        let capability: String
        switch exchange.verb {
        case "TOP", "UIDL":
            guard pop3.isLoggedIn else { return nil }
            capability = exchange.verb
        case "USER", "STLS":
            guard !pop3.isLoggedIn, exchange.verb == "USER" || session.layer == .clear else { return nil }
            capability = exchange.verb
        case "AUTH":
            let mechanism = exchange.arguments.first.map { ASCII.uppercased($0.prefix(20)) } ?? ""
            guard asked.arguments > 0, !pop3.isLoggedIn, listing.arguments(of: "SASL").contains(mechanism) else {
                return nil
            }
            capability = "SASL"
        default: return nil
        }
        guard listing.contains(capability) else { return nil }
        let said = Quote.command(of: exchange)
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server listed \(capability), and answered \(said) with \(Quote.of(reply))\
                \(reply.soundsUnknown ? ", as if it did not know it" : "").
                """,
                ja: """
                    サーバーは機能一覧に \(capability) を示していますが、\(said) には\
                    \(reply.soundsUnknown ? "知らないコマンドであるかのように" : "") \(Quote.of(reply)) と応答しました。
                    """))
    }

    /// The timestamp in its greeting is how a server says that it knows APOP.
    private func unknownAPOP(_ reply: Reply, in session: SessionSoFar) -> Finding? {
        guard let greeting = session.pop3.greeting, reply.soundsUnknown, !session.pop3.isLoggedIn,
            APOPTimestamp(greeting.lines.first ?? []) == .valid
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The greeting \(Quote.of(greeting)) has a timestamp, by which a server says that it knows APOP, and \
                APOP was answered \(Quote.of(reply)).
                """,
                ja: """
                    グリーティング \(Quote.of(greeting)) にはタイムスタンプがあり、APOP に対応していることを示していますが、APOP への応答は \
                    \(Quote.of(reply)) でした。
                    """))
    }
}
