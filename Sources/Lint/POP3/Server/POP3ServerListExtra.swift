import Conversation

/// Text behind the size in STAT or LIST.
struct POP3ServerListExtra: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "pop3.server.list-extra",
        title: Words("Text stands behind the size in STAT or LIST", ja: "STAT や LIST のサイズの後に余分な文がある"),
        severity: .note,
        side: .server,
        clause: "RFC 1939 §5",
        means: Words(
            """
            What stands behind the size is allowed and strongly discouraged: clients have to skip it, \
            and some do not.
            """,
            ja: """
                サイズの後の文は許されていますが、強く避けるべきとされています。クライアントは読み飛ばす必要があり、それができないものもあります。
                """),
        remedy: Words(
            """
            Let the server end the line behind the size.
            """,
            ja: """
                サーバーはサイズで行を終えるようにしてください。
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
            S: +OK 2 320 octets
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
            C: STAT
            S: +OK 2 320
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let size = SizeLine(line, in: session), case .scan(_, _, true) = size.listing else { return nil }
        return finding(Place(line), "LIST", line.bytes, in: session)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "STAT", session.followsPOP3, let reply = exchange.replies.last, reply.code == "+OK",
            let line = session.pop3.line(of: reply),
            case .scan(_, _, true) = ScanListing(ScanListing.text(ofStatus: line))
        else { return nil }
        return finding(Place(reply, exchange: session.exchange), "STAT", line, in: session)
    }

    private func finding(_ place: Place, _ verb: String, _ line: [UInt8], in session: SessionSoFar) -> Finding {
        finding(
            at: place, in: session,
            means: Words(
                """
                In its answer to \(verb) the server said \(Quote.of(line)). Something stands behind the \
                size, and clients have to skip it.
                """,
                ja: """
                    サーバーは \(verb) に \(Quote.of(line)) と応答しました。サイズの後に余分なものがあり、クライアントは読み飛ばさなければなりません。
                    """))
    }
}
