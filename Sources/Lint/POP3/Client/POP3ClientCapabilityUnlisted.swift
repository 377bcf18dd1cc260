import Conversation
import Wire

/// A command that the server did not list.
struct POP3ClientCapabilityUnlisted: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.capability-unlisted",
        title: Words("The client uses a command that the server did not list", ja: "サーバーが機能一覧に挙げていないコマンドを使っている"),
        severity: .warning,
        side: .client,
        clause: "RFC 2449 §5, §6; RFC 5034 §3",
        means: Words(
            """
            The server listed what it can do, and this was not among it. To try it all the same is \
            tolerated, and costs a refusal; a login that is not listed should not be tried.
            """,
            ja: """
                サーバーは CAPA で機能を示しましたが、そこにこのコマンドはありません。試すこと自体は許容されますが、拒否される往復が増えます。一覧にない認証方式は試すべきではあり\
                ません。
                """),
        remedy: Words(
            """
            Let the client go by the list that CAPA gave, and do without what is not in it.
            """,
            ja: """
                クライアントは CAPA の一覧に従い、そこにない機能は使わずに済ませるようにしてください。
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
            C: UIDL
            S: +OK
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private struct Refused: Sendable {
        var verb: String
        var reply: String
        var place: Place
        var found: Finding
        /// It was before the login.
        var isEarly: Bool
        /// How else the server lets one in.
        var instead: Words?
    }

    private var mild: Finding?
    private var refused: Refused?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.followsPOP3, let listing = session.pop3.capabilities, let reply = exchange.replies.last,
            let asked = session.pop3.asked(exchange)
        else { return nil }
        let capability: String
        switch exchange.verb {
        case "UIDL", "TOP", "STLS", "USER", "UTF8", "LANG":
            guard !listing.contains(exchange.verb) else { return nil }
            capability = exchange.verb
        // Alone it asks for the mechanisms.
        case "AUTH" where asked.arguments > 0:
            let mechanism = exchange.arguments.first.map { ASCII.uppercased($0.prefix(20)) } ?? ""
            let offered = listing.arguments(of: "SASL")
            guard !offered.contains(mechanism) else { return nil }
            // What is no name of a mechanism may be a secret.
            let isName = mechanism.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x5F }
            capability = offered.isEmpty || !isName ? "SASL" : "SASL \(mechanism)"
        default: return nil
        }
        let isRefused = reply.code == "-ERR"
        // Somebody on the way may have taken STLS out of the list: to try it is right.
        if exchange.verb == "STLS", !isRefused { return nil }
        // A server that takes logins inside TLS only does not list USER, and refuses it: that it was tried is not all.
        if exchange.verb == "USER", isRefused, refused != nil { return nil }
        let said = Quote.command(of: exchange)
        let place = Place(commandOf: exchange, in: session)
        let found = finding(
            at: place, in: session, severity: .note,
            means: Words(
                """
                The client said \(said), and \(capability) is not among what the server listed. It was \
                answered \(Quote.of(reply)).
                """,
                ja: """
                    クライアントは \(said) を送りましたが、サーバーの機能一覧に \(capability) はありません。応答は \(Quote.of(reply)) でした。
                    """))
        if !isRefused {
            mild = mild ?? found
        } else if refused == nil || exchange.verb == "STLS" {
            refused = Refused(
                verb: exchange.verb, reply: Quote.of(reply), place: place, found: found,
                isEarly: !session.pop3.isLoggedIn,
                instead: exchange.verb == "USER" ? Self.waysIn(listing, session) : nil)
        }
        return nil
    }

    /// Refused, and the client did without it, as it may: worth no more than a note.
    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let refused else { return mild }
        let pop3 = session.pop3
        let isCopedWith = refused.isEarly ? pop3.isLoggedIn : Self.hasFetched(pop3) || pop3.total == 0
        guard !isCopedWith else { return refused.verb == "USER" ? mild : refused.found }
        switch refused.verb {
        case "STLS": return insisted(refused, in: session)
        case "USER":
            guard let instead = refused.instead else { return mild }
            return finding(
                at: refused.place, in: session,
                means: Words(
                    """
                    The client said USER, which is not among what the server listed, and was answered \(refused.reply). \
                    \(instead.en)
                    """,
                    ja: """
                        クライアントは機能一覧にない USER を送り、応答は \(refused.reply) でした。\(instead.ja)
                        """))
        default:
            var found = refused.found
            found.severity = Self.about.severity
            return found
        }
    }

    private func insisted(_ refused: Refused, in session: SessionSoFar) -> Finding {
        finding(
            at: refused.place, in: session,
            means: Words(
                """
                The client wants TLS and said STLS, which is not among what the server listed; it was answered \
                \(refused.reply). A client that is told to use TLS rightly does not go on in clear: its setting \
                and this server do not fit.
                """,
                ja: """
                    クライアントは TLS を使おうと STLS を送りましたが、サーバーの機能一覧に STLS はなく、応答は \(refused.reply) でし\
                    た。TLS を使う設定のクライアントが平文で続けないのは正しい動作で、クライアントの設定とサーバーが合っていません。
                    """),
            remedy: Words(
                """
                Turn on TLS at the server, or connect to the port where it speaks TLS from the start (995); only \
                for a server on the same host set the client to use no TLS.
                """,
                ja: """
                    サーバーで TLS を有効にするか、最初から TLS を使うポート (995) に接続してください。クライアントの TLS を切ってよいのは、同\
                    じホスト上のサーバーの場合だけです。
                    """))
    }

    private static func hasFetched(_ pop3: POP3SoFar) -> Bool {
        pop3.retrieved.values.contains { $0 != .refused }
    }

    /// nil where the list shows none.
    private static func waysIn(_ listing: CapabilityListing, _ session: SessionSoFar) -> Words? {
        if session.layer == .clear, listing.contains("STLS") {
            return Words(
                "It lists STLS and no USER: it lets nobody log in before TLS.",
                ja: "サーバーは STLS を提示し、USER は提示していません。TLS の開始前には誰もログインできません。")
        }
        let mechanisms = listing.arguments(of: "SASL").prefix(6).map { Quote.of(Array($0.utf8)) }
        guard !mechanisms.isEmpty else { return nil }
        return Words(
            "It takes a login by AUTH only, with \(mechanisms.joined(separator: ", ")).",
            ja: "このサーバーへのログインは AUTH (\(mechanisms.joined(separator: "、"))) だけです。")
    }
}
