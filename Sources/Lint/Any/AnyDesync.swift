import Conversation
import Wire

/// The server says more answers than it was asked for.
struct AnyDesync: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "any.desync",
        title: Words("The server answers what was not asked", ja: "サーバーが尋ねられていない応答を送っている"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3; RFC 9112 §9.2",
        means: Words(
            """
            Answers are told apart by their order alone. After one too many the client takes each answer for that of \
            the next command: it may delete what it did not get, or show one page for another.
            """,
            ja: """
                応答は順序だけで区別されます。一つ余分にあると、クライアントはその後の応答をすべて次のコマンドのもの\
                と取り違え、受け取っていないメールを削除したり、別のページを表示したりします。
                """),
        remedy: Words(
            """
            Look into the server for what writes twice: an error that is told after the answer had begun, or a \
            module that answers as well.
            """,
            ja: """
                サーバーで二重に書き込んでいるものを調べてください。応答を始めた後に報告されたエラーや、別に応答する\
                モジュールなどが考えられます。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 0
            S: 
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 0
            S: 
            end: client-closed
            """,
        dialects: [.pop3, .http],
        desynchronises: true)

    private var exchanges = 0
    /// Unasked, the server said no: it takes its leave, or it answers what it has answered.
    private var second: (reply: Reply, place: Place)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        exchanges += 1
        if let second, exchange.length > 0, !session.hasGap {
            // It is still there, and took no leave.
            guard exchange.replies.last.map({ $0.at >= second.reply.at }) == true else { return nil }
            return finding(second.reply, second.place, in: session)
        }
        // The first of POP3 is the greeting; what a server says after a gap, or inside TLS of itself, is something else.
        guard exchange.verb.isEmpty, exchange.length == 0, exchanges > 1, session.spoken.client > 0, !session.hasGap,
            let reply = exchange.replies.last
        else { return nil }
        switch session.dialect {
        case .pop3:
            guard session.layer == .clear || session.spoken.server > 1 else { return nil }
            // A server that hangs up says so with -ERR.
            guard reply.code == "+OK" else {
                let place = Place(reply, exchange: session.exchange)
                if second == nil, !Self.isFarewell(reply) { second = (reply, place) }
                return nil
            }
        // A server that waited in vain says so with 408, one that could not read with 400.
        case .http:
            guard reply.code.first == "2" || reply.code.first == "3", session.http.asked > 0,
                !session.http.heads.client.hasStrayed
            else { return nil }
        default: return nil
        }
        return finding(reply, Place(reply, exchange: session.exchange), in: session)
    }

    private func finding(_ reply: Reply, _ place: Place, in session: SessionSoFar) -> Finding {
        finding(
            at: place, in: session,
            means: Words(
                """
                The server said \(Quote.of(reply)), and no command waited for an answer. From here on answers may be \
                taken for those of other commands.
                """,
                ja: """
                    応答を待つコマンドがないのに、サーバーは \(Quote.of(reply)) を送りました。これ以降、応答が別のコ\
                    マンドのものと取り違えられるおそれがあります。
                    """))
    }

    private static func isFarewell(_ reply: Reply) -> Bool {
        let text = ASCII.uppercased((reply.lines.first ?? []).prefix(160))
        return [
            "TIMEOUT", "TIMED OUT", "TIME OUT", "INACTIV", "IDLE", "AUTOLOGOUT", "SHUT", "CLOSING", "BYE", "DISCONNECT",
        ].contains { text.contains($0) }
    }
}
