import Conversation
import Wire

/// A command that is listed and not known.
struct POP3ServerCapaLies: Rule {
    static let about = RuleDescription(
        id: "pop3.server.capa-lies",
        title: Words("The server lists a command that it does not know", ja: "機能一覧にあるコマンドを知らないと応答している"),
        severity: .warning,
        side: .server,
        clause: "RFC 2449 §5",
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
        guard session.followsPOP3, let listing = pop3.capabilities, let reply = exchange.replies.last,
            reply.code == "-ERR", Self.isUnknown(reply), let asked = pop3.asked(exchange)
        else { return nil }
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
                The server listed \(capability), and answered \(said) with \(Quote.of(reply)), as if it did \
                not know it.
                """,
                ja: """
                    サーバーは機能一覧に \(capability) を示していますが、\(said) には知らないコマンドであるかのように \(Quote.of(reply)) と応答し\
                    ました。
                    """))
    }

    /// By its words: there is no other way to tell.
    private static func isUnknown(_ reply: Reply) -> Bool {
        let text = ASCII.uppercased((reply.lines.first ?? []).prefix(120))
        if text.contains("NOT IMPLEMENTED") || text.contains("UNIMPLEMENTED") { return true }
        guard text.contains("COMMAND") || text.contains("MECHANISM") else { return false }
        return ["UNKNOWN", "UNRECOGNI", "INVALID", "UNSUPPORTED", "NOT SUPPORTED"].contains { text.contains($0) }
    }
}
