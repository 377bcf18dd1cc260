import Conversation
import Message
import Wire

/// An answer of several lines without the line that ends it.
struct POP3ServerNoTerminator: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan, .messageBytes, .messageEnded, .ended]
    static let about = RuleDescription(
        id: "pop3.server.no-terminator",
        title: Words("An answer of several lines lacks the dot that ends it", ja: "複数行の応答が終わりのドットで閉じられていない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3",
        means: Words(
            """
            An answer of several lines ends with a line that is a single dot. Without it a client cannot \
            know whether all of it came: it waits, takes the next answer for a part of this one, or \
            keeps half a message.
            """,
            ja: """
                複数行の応答はドットだけの行で終わります。これがないとクライアントはすべて届いたかどうか分からず、待ち続けたり、次の応答を内容の一部と見なしたり、途中までのメールを保存\
                したりします。
                """),
        remedy: Words(
            """
            Let the server end the answer with CR LF, a dot and CR LF; where it closes the connection in \
            the middle, look in its log.
            """,
            ja: """
                サーバーは応答を CR LF、ドット、CR LF で終えてください。途中で接続を閉じている場合は、サーバーのログを確認してください。
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
            C: LIST
            S: +OK
            S: 1 120
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
            C: LIST
            S: +OK
            S: 1 120
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        explains: [POP3ClientPipelining.self, POP3ClientDELEBeforeRETROK.self])

    private enum Cut {
        /// The answer ends with the session.
        case byEnd
        /// The next answer stands in it.
        case byAnswer
    }

    /// A client that waited for so long gave up because of the server, in nanoseconds.
    static let patience: Int64 = 5_000_000_000

    private var stopped: (verb: String, place: Place, cut: Cut)?
    private var swallowed = SwallowedAnswer()
    private var interruption: Interruption?
    private var isInMessage = false
    /// The last byte of the message so far ended a line.
    private var isAtLine = false
    /// When the server last said something.
    private var heard: Timestamp?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard session.followsPOP3, let asked = pop3.asked(exchange), asked.hasBody, !pop3.endIsHeard,
            let reply = exchange.replies.last, reply.code == "+OK", reply.lines.count > 1
        else { return nil }
        stopped = (exchange.verb, Place(reply, exchange: session.exchange), .byEnd)
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server else {
            // Who says the next command takes the message for over.
            if isInMessage, isAtLine, interruption?.isAnswered != true, line.kind == .command, line.end != .none,
                let verb = session.command?.verb
            {
                let wait = heard.map { line.at.since($0) } ?? 0
                interruption = Interruption(verb: POP3Verbs.isKnown(verb) ? verb : "…", wait: wait)
            }
            return nil
        }
        // What the session ends in the middle of began when it was heard.
        heard = line.end == .none ? line.at : line.until
        guard let stopped, !session.hasGap, line.end != .none else { return nil }
        return finding(
            at: stopped.place, in: session,
            means: Words(
                """
                The answer to \(stopped.verb) was not ended by a dot when the server said its next one, \
                \(Quote.of(line)). A client takes that for a part of the first.
                """,
                ja: """
                    \(stopped.verb) への応答がドットで終わらないまま、サーバーは次の応答 \(Quote.of(line)) を送りました。クライアントはこれを前の応答の一\
                    部と見なします。
                    """))
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        swallowed = SwallowedAnswer()
        interruption = nil
        isInMessage = message.direction == .server
        isAtLine = false
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        swallowed.hear(bytes)
        interruption?.hear(bytes)
        if bytes.count > 0 { isAtLine = bytes[bytes.count - 1] == Byte.lf }
        if direction == .server { heard = time }
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        isInMessage = false
        if let interruption, interruption.isAnswered, session.followsPOP3, let asked = session.pop3.asked {
            return finding(interruption, asked.verb, message, in: session)
        }
        guard !message.complete, session.followsPOP3, message.octets.wireCount > 0, let asked = session.pop3.asked
        else { return nil }
        swallowed.finish()
        let runsOn = swallowed.isLast && session.pop3.waitingCount > 1
        stopped = (
            asked.verb,
            Place(
                at: message.start.at,
                bytes: SpokenBytes(
                    .server, offset: message.start.offset, length: Int(clamping: message.octets.wireCount))),
            runsOn ? .byAnswer : .byEnd
        )
        return nil
    }

    private func finding(
        _ interruption: Interruption, _ verb: String, _ message: HeardMessage, in session: SessionSoFar
    ) -> Finding {
        let seconds = interruption.wait / 1_000_000_000
        let after = Words(
            seconds > 0 ? " after \(seconds) seconds of silence" : "", ja: seconds > 0 ? " \(seconds) 秒の沈黙の後に" : "")
        return finding(
            at: message.place(0, Int(clamping: message.octets.wireCount)), in: session,
            means: Words(
                """
                The answer to \(verb) was not ended by a dot: the client said \(interruption.verb)\(after.en), and the \
                server's answer to that stands inside the message.\
                \(interruption.verb == "QUIT" ? "" : " From there on no answer belongs to its command.")
                """,
                ja: """
                    \(verb) への応答がドットで終わっていません。クライアントが\(after.ja) \(interruption.verb) を送り、それへの応答がメール\
                    の中に入り込んでいます。\(interruption.verb == "QUIT" ? "" : "それ以降の応答はコマンドと対応しません。")
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let stopped, !session.hasGap else { return nil }
        let silence = heard.map { session.last.since($0) } ?? 0
        switch (stopped.cut, session.end) {
        case (.byAnswer, _):
            return finding(
                at: stopped.place, in: session,
                means: Words(
                    """
                    The answer to \(stopped.verb) was not ended by a dot, and what looks like the next answer \
                    stands in it. A client waits for the end.
                    """,
                    ja: """
                        \(stopped.verb) への応答がドットで終わらず、次の応答らしい行がその中に含まれています。クライアントは終わりを待ち続けます。
                        """))
        case (.byEnd, .closed(first: .server)) where silence >= Self.patience:
            return finding(
                at: stopped.place, in: session,
                means: Words(
                    """
                    The answer to \(stopped.verb) was not ended: the line with a single dot never came. The server \
                    said nothing more for \(silence / 1_000_000_000) seconds, and closed the connection.
                    """,
                    ja: """
                        \(stopped.verb) への応答が終わっていません。ドットだけの行が届かず、サーバーは \(silence / 1_000_000_000) 秒間何も送ら\
                        ないまま接続を閉じました。
                        """))
        case (.byEnd, .closed(first: .server)), (.byEnd, .reset(by: .server)):
            return finding(
                at: stopped.place, in: session, severity: session.end == .reset(by: .server) ? .warning : nil,
                means: Words(
                    """
                    The server closed the connection in the middle of its answer to \(stopped.verb), before the \
                    dot that ends it. The client has a part of it only.
                    """,
                    ja: """
                        サーバーは \(stopped.verb) への応答の途中で、終わりのドットを送らずに接続を閉じました。クライアントには一部しか届いていません。
                        """))
        case (.byEnd, .closed(first: .client)), (.byEnd, .reset(by: .client)):
            guard silence >= Self.patience else { return nil }
            let seconds = silence / 1_000_000_000
            return finding(
                at: stopped.place, in: session,
                means: Words(
                    """
                    The answer to \(stopped.verb) was not ended: the line with a single dot never came. The client \
                    waited for it for \(seconds) seconds, and gave up.
                    """,
                    ja: """
                        \(stopped.verb) への応答が終わっていません。ドットだけの行が届かず、クライアントは \(seconds) 秒待ってあきらめま\
                        した。
                        """))
        default: return nil
        }
    }
}

/// A command that the client said in the middle of a message, behind a whole line of it, and what the server said next.
private struct Interruption: Sendable {
    var verb: String
    /// How long the server had been silent, in nanoseconds.
    var wait: Int64
    /// The line that begins behind the command is an answer to it.
    private(set) var isAnswered = false
    private var head: [UInt8] = []
    private var isOver = false

    init(verb: String, wait: Int64) {
        self.verb = verb
        self.wait = wait
    }

    mutating func hear(_ bytes: Span<UInt8>) {
        var index = 0
        while !isOver, index < bytes.count {
            head.append(bytes[index])
            isAnswered = head.elementsEqual("+OK".utf8) || head.elementsEqual("-ERR".utf8)
            isOver = isAnswered || head.count > 3
            index += 1
        }
    }
}
