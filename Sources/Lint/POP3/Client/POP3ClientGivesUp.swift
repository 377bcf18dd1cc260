import Conversation
import Wire

/// It leaves where a command was refused that no server need know, though there was another way.
struct POP3ClientGivesUp: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.gives-up",
        title: Words("The client gives up where an optional command is refused", ja: "任意のコマンドを拒否されただけであきらめている"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §5, §7",
        means: Words(
            """
            TOP, UIDL, APOP and all that came later are optional: a server may refuse them. USER, PASS, LIST and RETR \
            every server knows, and a client can do with these.
            """,
            ja: """
                TOP、UIDL、APOP や後に追加されたコマンドは任意で、サーバーは拒否してかまいません。USER、PASS、LIST、RETR はどのサー\
                バーにもあり、クライアントはこれらだけで用を足せます。
                """),
        remedy: Words(
            """
            Let the client fall back: to RETR for TOP, to LIST or the header of each message for UIDL, to USER and PASS \
            inside TLS for other logins.
            """,
            ja: """
                TOP の代わりに RETR、UIDL の代わりに LIST や各メールのヘッダー、ほかの認証の代わりに TLS 内の USER と PASS を使うように\
                してください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: STAT
            S: +OK 2 240
            C: TOP 1 0
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: STAT
            S: +OK 2 240
            C: TOP 1 0
            S: -ERR unknown command
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: QUIT
            S: +OK bye
            end: client-closed
            """,
        dialects: [.pop3],
        explains: [POP3ClientCapabilityUnlisted.self])

    private struct Refused: Sendable {
        var verb: String
        var said: String
        var reply: String
        var place: Place
        var count = 1
        /// It was before the login.
        var isEarly: Bool
        /// The server told before that it does not know it.
        var isUnlisted: Bool
    }

    private var refused: Refused?
    /// It took the way that is always there.
    private var wentOn = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0 else { return nil }
        if let refused {
            if exchange.verb == refused.verb {
                self.refused?.count += 1
            } else if refused.isEarly ? Verbs.login.contains(exchange.verb) : Self.fetching.contains(exchange.verb) {
                wentOn = true
            }
            if exchange.replies.last?.code == "+OK", exchange.verb == refused.verb { wentOn = true }
        } else {
            hear(exchange, in: session)
        }
        return nil
    }

    private static let fetching: Set<String> = ["RETR", "LIST", "TOP", "UIDL", "DELE"]

    private mutating func hear(_ exchange: Exchange, in session: SessionSoFar) {
        let pop3 = session.pop3
        guard let reply = exchange.replies.last, reply.code == "-ERR", !reply.hasResponseCode,
            let asked = pop3.asked(exchange), pop3.retrieved.isEmpty
        else { return }
        switch exchange.verb {
        case "TOP":
            guard pop3.isLoggedIn, asked.arguments > 1, let number = asked.number, number > 0,
                !pop3.deleted.contains(number), pop3.total.map({ number <= $0 }) ?? true,
                reply.soundsUnknown || pop3.capabilities.map({ !$0.contains("TOP") }) ?? false
            else { return }
        case "UIDL":
            guard pop3.isLoggedIn, asked.arguments == 0 || reply.soundsUnknown, pop3.total != 0 else { return }
        case "LAST": guard pop3.isLoggedIn, pop3.total != 0 else { return }
        case "CAPA", "LANG", "UTF8": guard !pop3.isLoggedIn else { return }
        case "APOP": guard !pop3.isLoggedIn, reply.soundsUnknown else { return }
        case "AUTH":
            guard !pop3.isLoggedIn, asked.arguments == 0 || reply.soundsUnknown else { return }
        // Where STLS is listed it is the server's matter, where it is not another rule tells of it.
        case "STLS": guard !pop3.isLoggedIn, session.layer == .clear, pop3.capabilities == nil else { return }
        default: return
        }
        refused = Refused(
            verb: exchange.verb, said: Quote.command(of: exchange), reply: Quote.of(reply),
            place: Place(commandOf: exchange, in: session), isEarly: !pop3.isLoggedIn,
            isUnlisted: pop3.capabilities.map { Self.leavesOut($0, exchange) } ?? false)
    }

    private static func leavesOut(_ listing: CapabilityListing, _ exchange: Exchange) -> Bool {
        switch exchange.verb {
        case "TOP", "UIDL", "LANG", "UTF8": return !listing.contains(exchange.verb)
        case "AUTH":
            let mechanism = exchange.arguments.first.map { ASCII.uppercased($0.prefix(20)) } ?? ""
            return !mechanism.isEmpty && !listing.arguments(of: "SASL").contains(mechanism)
        default: return false
        }
    }

    /// By what the client could have logged in; nil where the server offers no way that is known to be open to all.
    private static func login(_ refused: Refused, _ pop3: POP3SoFar) -> Words? {
        guard let listing = pop3.capabilities, !listing.contains("USER") else {
            return Words("USER and PASS were", ja: "USER と PASS")
        }
        let mechanisms = listing.arguments(of: "SASL").filter { !refused.said.uppercased().contains($0) }
        guard let first = mechanisms.first else { return nil }
        let name = Picture.of(text: String(first.prefix(20)))
        return Words("AUTH \(name) was", ja: "AUTH \(name)")
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard let refused, !wentOn, session.followsPOP3, pop3.retrieved.isEmpty, !pop3.wasCutOff,
            !refused.isEarly || !pop3.isLoggedIn
        else { return nil }
        switch session.end {
        case .closed(first: .client), .reset(by: .client): break
        case .closed(first: .server): guard pop3.hasQuit else { return nil }
        default: return nil
        }
        let more = refused.count - 1
        let again = Words(
            more > 0 ? ", and \(more) more \(refused.verb) likewise" : "",
            ja: more > 0 ? "。続く \(refused.verb) \(more) 回も同じでした" : "")
        let listed = Words(
            refused.isUnlisted ? " It does not list it either." : "",
            ja: refused.isUnlisted ? "機能一覧にもありません。" : "")
        if refused.verb == "STLS" {
            return finding(
                at: refused.place, in: session, clause: "RFC 2595 §4",
                means: Words(
                    """
                    The client wants TLS; the server answered STLS with \(refused.reply), and the client left without \
                    a login, rightly, since to go on in clear would tell its password to anybody on the way. Its \
                    setting and this server do not fit.
                    """,
                    ja: """
                        クライアントは TLS を使おうとしましたが、サーバーは STLS に \(refused.reply) と応答し、クライアントはログインせずに切断し\
                        ました。平文で続けるとパスワードが漏れるので、これは正しい動作です。クライアントの設定とサーバーが合っていません。
                        """),
                remedy: Words(
                    "Turn on TLS at the server, or connect to the port where it speaks TLS from the start (995).",
                    ja: "サーバーで TLS を有効にするか、最初から TLS を使うポート (995) に接続してください。"))
        }
        let login = Self.login(refused, pop3)
        if refused.isEarly, login == nil { return nil }
        let way: Words =
            refused.isEarly
            ? Words(
                "left without a login, though \(login?.en ?? "") there to try",
                ja: "\(login?.ja ?? "") を試さずに、ログインしないまま")
            : refused.verb == "TOP"
                ? Words(
                    "left without having fetched a message, though RETR was there to fetch it with",
                    ja: "RETR で取得せずに、1 通も受信しないまま")
                : Words(
                    "left without having fetched a message, though LIST and RETR were there",
                    ja: "LIST と RETR を使わずに、1 通も受信しないまま")
        return finding(
            at: refused.place, in: session,
            means: Words(
                """
                The server answered \(refused.said) with \(refused.reply)\(again[.en]). It may do so, since that \
                command is optional.\(listed[.en]) The client \(way[.en]).
                """,
                ja: """
                    サーバーは \(refused.said) に \(refused.reply) と応答しました\(again[.ja])。このコマンドは任意なので拒否してかまいません。\
                    \(listed[.ja])クライアントは、\(way[.ja])切断しました。
                    """))
    }
}
