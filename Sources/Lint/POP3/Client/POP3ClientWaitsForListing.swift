import Conversation

/// The client waits for the end of a listing that is none: LIST or UIDL of one message is answered in one line.
struct POP3ClientWaitsForListing: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.client.waits-for-listing",
        title: Words("The client waits for more of an answer that is over", ja: "終わった応答の続きを待っています"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §5; RFC 1939 §7",
        means: Words(
            """
            LIST and UIDL with a message number are answered in one line. A client that reads that as the head of a \
            listing waits for a line with a dot that never comes.
            """,
            ja: """
                メッセージ番号を付けた LIST と UIDL の応答は一行です。これを一覧の先頭行と読むクライアントは、来ないドットの行を\
                待ち続けます。
                """),
        remedy: Words(
            "Let the client read one line where it asked about one message.",
            ja: "一通について尋ねたときは、クライアントに一行だけ読ませてください。"),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK
            C: LIST 1
            S: +OK 1 120
            wait: 650
            S: -ERR idle for too long
            end: server-closed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK
            C: LIST 1
            S: +OK 1 120
            C: QUIT
            S: +OK bye
            end: server-closed
            """,
        dialects: [.pop3], besides: ["pop3.client.idle-too-long", "pop3.client.no-quit"])

    private static let patience: Int64 = 20_000_000_000

    private var asked: Place?
    private var answered = Timestamp(nanoseconds: 0)
    private var verb = ""

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // What the server says unasked at the end is no answer to anything.
        guard exchange.length > 0 else { return nil }
        asked = nil
        guard exchange.verb == "LIST" || exchange.verb == "UIDL", let reply = exchange.replies.last,
            reply.code == "+OK", reply.lines.count == 1, exchange.command.count > 5, session.followsPOP3
        else { return nil }
        asked = Place(commandOf: exchange, in: session)
        answered = reply.at
        verb = exchange.verb
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let asked, !session.hasGap, session.end != nil, session.last.since(answered) >= Self.patience
        else { return nil }
        let seconds = session.last.since(answered) / 1_000_000_000
        return finding(
            at: asked, in: session,
            means: Words(
                """
                The server answered \(verb) of one message in one line, as it has to, and the client said nothing more \
                for \(seconds) seconds: it took that for the head of a listing and waited for its end.
                """,
                ja: """
                    サーバーは一通についての \(verb) に一行で正しく答えましたが、クライアントは \(seconds) 秒間何も送りませんでした。\
                    一覧の先頭行と見なして終わりを待っていたと思われます。
                    """))
    }
}
