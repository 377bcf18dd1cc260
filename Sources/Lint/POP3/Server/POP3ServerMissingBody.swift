import Conversation
import Message
import Wire

/// A positive answer that should go on and does not.
struct POP3ServerMissingBody: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan, .messageBytes, .messageEnded, .ended]
    static let about = RuleDescription(
        id: "pop3.server.missing-body",
        title: Words("An answer of several lines stops after its first", ja: "複数行の応答が最初の行で終わっている"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §5, §7",
        means: Words(
            """
            LIST, UIDL, RETR, TOP and CAPA are answered by +OK, lines, and a line with a dot, even where \
            there is nothing to list. A client that gets the first line only waits for the rest for \
            ever.
            """,
            ja: """
                LIST、UIDL、RETR、TOP、CAPA への肯定応答は、+OK の行、内容の行、ドットだけの行から成ります。内容がなくてもドットの行は必要です。最初の行しか届か\
                ないと、クライアントは残りを待ち続けます。
                """),
        remedy: Words(
            """
            Let the server send the lines and the dot behind its +OK, or answer -ERR.
            """,
            ja: """
                サーバーは +OK の後に内容とドットの行を送るか、-ERR で応答してください。
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
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        explains: [POP3ServerNoTerminator.self])

    /// The listing that stopped, until it is seen what comes instead.
    private var stopped: (verb: String, reply: Reply, exchange: Int?)?
    /// The message whose answer passes.
    private var swallowed = SwallowedAnswer()
    /// The answer to a LIST or UIDL of all, where it looks like that to one of one message.
    private var single: String?
    private var silence: (verb: String, at: Timestamp, place: Place)?
    /// Who has waited so long gave up because of it, in nanoseconds.
    private static let patience = POP3ServerNoTerminator.patience

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard session.followsPOP3, let asked = pop3.asked(exchange), asked.hasBody, !pop3.endIsHeard,
            let reply = exchange.replies.last, reply.code == "+OK", reply.lines.count == 1, asked.verb != "RETR",
            asked.verb != "TOP"
        else { return nil }
        stopped = (exchange.verb, reply, session.exchange)
        silence = (exchange.verb, reply.at, Place(reply, exchange: session.exchange))
        if asked.verb == "LIST" || asked.verb == "UIDL", Self.isOfOne(reply) { single = Quote.of(reply) }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let stopped, line.direction == .server, !session.hasGap else { return nil }
        return finding(Place(stopped.reply, exchange: stopped.exchange), stopped.verb, in: session)
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        swallowed = SwallowedAnswer()
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        swallowed.hear(bytes)
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard !message.complete, session.followsPOP3, let asked = session.pop3.asked else { return nil }
        swallowed.finish()
        let place = Place(
            at: message.start.at, bytes: SpokenBytes(.server, offset: message.start.offset, length: 0))
        if message.octets.wireCount == 0 {
            silence = (asked.verb, message.start.at, place)
        } else if swallowed.isFirst, session.pop3.waitingCount > 1 {
            return finding(place, asked.verb, in: session)
        }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let silence, !session.hasGap else { return nil }
        switch session.end {
        case .closed(first: .server): break
        case .closed(first: .client), .reset(by: .client):
            guard session.last.since(silence.at) >= Self.patience else { return nil }
        default: return nil
        }
        return finding(silence.place, silence.verb, after: session.last.since(silence.at), in: session)
    }

    /// A number and something more, as LIST and UIDL of one message are answered.
    private static func isOfOne(_ reply: Reply) -> Bool {
        let words = ASCII.words((reply.lines.first ?? []).prefix(100))
        return words.count == 2 && words.first.flatMap { ASCII.number($0) } != nil
            && (words.last ?? []).contains { $0.isDigit }
    }

    private func finding(
        _ place: Place, _ verb: String, after silence: Int64 = 0, in session: SessionSoFar
    ) -> Finding {
        let seconds = silence / 1_000_000_000
        let waited = Words(
            silence < Self.patience
                ? " A client waits for them." : " The client waited for them for \(seconds) seconds.",
            ja: silence < Self.patience ? "クライアントは待ち続けます。" : "クライアントは \(seconds) 秒間待ちました。")
        if let single {
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    The server answered \(verb) with \(single), as if it had been asked about one message. \(verb) \
                    without a number is answered with a line for each message and a dot, and none of these came.\
                    \(waited.en)
                    """,
                    ja: """
                        サーバーは \(verb) に、1 通だけを尋ねられたかのように \(single) と応答しました。番号のない \(verb) には各メールの行と終わり\
                        のドットで応答すべきですが、どちらも届いていません。\(waited.ja)
                        """))
        }
        return finding(
            at: place, in: session,
            means: Words(
                """
                The server answered \(verb) with +OK, and nothing followed: no lines, and not the dot that \
                ends them.\(waited.en)
                """,
                ja: """
                    サーバーは \(verb) に +OK と応答しましたが、内容の行も終わりを示すドットの行も続きませんでした。\(waited.ja)
                    """))
    }
}
