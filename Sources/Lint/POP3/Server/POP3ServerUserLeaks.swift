import Conversation
import Wire

/// USER is refused for names that are not known.
struct POP3ServerUserLeaks: Rule {
    static let hears: RuleEvents = [.exchange, .handshake]
    static let about = RuleDescription(
        id: "pop3.server.user-leaks",
        title: Words("The answer to USER tells which accounts there are", ja: "USER の応答から存在するアカウントが分かる"),
        severity: .note,
        side: .server,
        clause: "RFC 1939 §13",
        means: Words(
            """
            A server that refuses USER for unknown names and takes it for known ones tells everybody who \
            asks which accounts there are, for guessing passwords or for spam.
            """,
            ja: """
                知らない名前の USER だけを拒否するサーバーは、どのアカウントが存在するかを誰にでも教えていることになります。パスワードの推測や迷惑メールに悪用されます。
                """),
        remedy: Words(
            """
            Let the server answer USER with +OK whatever the name, and refuse PASS.
            """,
            ja: """
                サーバーは名前にかかわらず USER に +OK と応答し、PASS の段階で拒否してください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER nobody
            S: -ERR sorry, no mailbox for nobody here
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER nobody
            S: +OK
            C: PASS «secret»
            S: -ERR wrong user or password
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var isTaken = false
    private var refusal: (Reply, Place)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "USER", session.followsPOP3, let reply = exchange.replies.last else { return nil }
        let place = Place(reply, exchange: session.exchange)
        if reply.code == "+OK" {
            isTaken = true
        } else if Self.tells(reply) {
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    The server answered USER with \(Quote.of(reply)), which tells that there is no such account.
                    """,
                    ja: """
                        サーバーは USER に \(Quote.of(reply)) と応答し、そのアカウントが存在しないことを明かしています。
                        """))
        } else if reply.responseCode == nil, refusal == nil {
            refusal = (reply, place)
        }
        guard isTaken, let refusal else { return nil }
        return finding(
            at: refusal.1, in: session,
            means: Words(
                """
                The server answered USER with \(Quote.of(refusal.0)) for one name and with +OK for another, \
                which may tell which of them there is.
                """,
                ja: """
                    サーバーはある名前の USER には \(Quote.of(refusal.0))、別の名前には +OK と応答しました。どちらが存在するか分かってしまうおそれがありま\
                    す。
                    """))
    }

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        // USER may be refused in clear whatever the name.
        if facts.securesClient {
            isTaken = false
            refusal = nil
        }
        return nil
    }

    private static func tells(_ reply: Reply) -> Bool {
        let text = ASCII.uppercased((reply.lines.first ?? []).prefix(120))
        return ["NO MAILBOX", "NO SUCH USER", "UNKNOWN USER", "USER UNKNOWN", "NO SUCH ACCOUNT", "UNKNOWN ACCOUNT"]
            .contains { text.contains($0) }
    }
}
