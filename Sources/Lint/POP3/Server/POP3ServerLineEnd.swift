import Conversation
import Message
import Wire

/// A line of the server's that does not end with CR LF.
struct POP3ServerLineEnd: Rule {
    static let hears: RuleEvents = [.utterance, .messageEnded, .ended]
    static let about = RuleDescription(
        id: "pop3.server.line-end",
        title: Words("A line of the server does not end with CR LF", ja: "サーバーの行が CR LF で終わっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3",
        means: Words(
            """
            All that a server says is lines that end with CR LF, those of messages too. A client that \
            waits for CR LF joins lines, or does not see the end of a message and waits for ever.
            """,
            ja: """
                サーバーが送る行は、メッセージの行も含めてすべて CR LF で終わります。CR LF を待つクライアントでは行がつながったり、メッセージの終わりを認識できずに待ち続け\
                たりします。
                """),
        remedy: Words(
            """
            Let the server end each line with CR LF; where it keeps messages with LF alone, let it put \
            the CR in as it sends them.
            """,
            ja: """
                サーバーのすべての行を CR LF で終えてください。LF だけで保存しているメールは、送るときに CR を補ってください。
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
            C: RETR 1
            S: +OK
            S: Subject: hello\\x0A\\c
            S: \\x0A\\c
            S: hello\\x0A\\c
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
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var mild: Finding?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.layer != .agreed, line.end != .none,
            // A server of another protocol, or TLS on this port.
            line.kind != .line || session.pop3.greeting != nil
        else { return nil }
        if line.end == .lf {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    The server said \(Quote.of(line)) and ended the line with LF alone. A client that waits for \
                    CR LF does not see its end.
                    """,
                    ja: """
                        サーバーは \(Quote.of(line)) を LF だけで終えました。CR LF を待つクライアントは行の終わりを認識できません。
                        """))
        }
        guard line.bytes.contains(Byte.cr) else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server said \(Quote.of(line)), with a CR in it that no LF follows. Some clients end the \
                line there.
                """,
                ja: """
                    サーバーの \(Quote.of(line)) には LF の続かない CR が含まれています。そこで行が終わると見なすクライアントがあります。
                    """))
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.direction == .server, session.layer != .agreed else { return nil }
        let octets = message.octets
        if let first = octets.bareLF.first {
            return finding(
                at: message.place(first, 1), in: session,
                means: Words(
                    """
                    \(octets.bareLF.count) of the \(octets.lines) lines of the message end with LF alone. A \
                    client that waits for CR LF joins them.
                    """,
                    ja: """
                        メッセージの \(octets.lines) 行のうち \(octets.bareLF.count) 行が LF だけで終わっています。CR LF を待つクライアントで\
                        は行がつながります。
                        """))
        }
        if mild == nil, let first = octets.bareCR.first {
            mild = finding(
                at: message.place(first, 1), in: session, severity: .note,
                means: Words(
                    """
                    In the message a CR stands \(octets.bareCR.count) \
                    \(octets.bareCR.count == 1 ? "time" : "times") without an LF behind it. It is the message's \
                    own, and some clients end a line there.
                    """,
                    ja: """
                        メッセージに LF の続かない CR が \(octets.bareCR.count) 個あります。メール自体に含まれるものですが、そこで行が終わると見なすクライアント\
                        があります。
                        """))
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }
}
