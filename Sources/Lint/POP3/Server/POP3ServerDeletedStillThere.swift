import Conversation
import Wire

/// A deleted message that can still be named.
struct POP3ServerDeletedStillThere: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "pop3.server.deleted-still-there",
        title: Words("A deleted message can still be named", ja: "削除したメールがまだ指定できる"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §5",
        means: Words(
            """
            A message that is marked as deleted is out of reach until RSET: it is not listed, and a \
            command that names it is refused. Where it is still there the user sees it again, and may \
            think that it was not deleted.
            """,
            ja: """
                削除の印が付いたメールは RSET まで参照できず、一覧にも現れず、番号を指定したコマンドは拒否されます。まだ見えると、利用者は削除されなかったと思ってしまいます。
                """),
        remedy: Words(
            """
            Let the server leave deleted messages out of its listings, and answer -ERR to commands that \
            name them.
            """,
            ja: """
                サーバーは削除されたメールを一覧から除き、番号を指定したコマンドには -ERR で応答してください。
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
            C: UIDL
            S: +OK
            S: 1 a1
            S: .
            C: DELE 1
            S: +OK deleted
            C: LIST
            S: +OK
            S: 1 25
            S: .
            C: QUIT
            S: +OK bye
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
            C: UIDL
            S: +OK
            S: 1 a1
            S: .
            C: DELE 1
            S: +OK deleted
            C: LIST
            S: +OK
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        explains: [POP3ServerCountsDisagree.self])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard !pop3.deleted.isEmpty, line.direction == .server, line.kind == .reply, line.end != .none,
            let verb = pop3.listing?.verb, verb == "LIST" || verb == "UIDL", session.followsPOP3,
            let number = ASCII.number(line.bytes.prefix { $0 != Byte.space }), pop3.deleted.contains(number)
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server listed \(Quote.of(line)) in its answer to \(verb), though message \(number) is \
                marked as deleted.
                """,
                ja: """
                    メッセージ \(number) には削除の印が付いているのに、サーバーは \(verb) の応答に \(Quote.of(line)) を載せました。
                    """))
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard !pop3.deleted.isEmpty, POP3Verbs.numbered.contains(exchange.verb), session.followsPOP3,
            let reply = exchange.replies.last, reply.code == "+OK", let number = pop3.asked(exchange)?.number,
            pop3.deleted.contains(number)
        else { return nil }
        let said = Quote.command(of: exchange)
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                Message \(number) is marked as deleted, and the server answered \(said) with \
                \(Quote.of(reply)).
                """,
                ja: """
                    メッセージ \(number) には削除の印が付いているのに、サーバーは \(said) に \(Quote.of(reply)) と応答しました。
                    """))
    }
}
