import Conversation
import Wire

/// The client sends more or fewer octets than its BDAT says.
struct SMTPClientBDATCount: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBegan, .messageBytes, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.bdat-count",
        title: Words("BDAT does not say how many octets follow it", ja: "BDAT の数と送られたオクテット数が合いません"),
        severity: .error,
        side: .client,
        clause: "RFC 3030 §2",
        means: Words(
            """
            BDAT tells how many octets follow, and the server takes just so many. Where the client sends \
            more, the rest is read as commands; where it sends fewer, its next command becomes a part of the \
            message and both wait for each other.
            """,
            ja: """
                BDAT は続くオクテット数を示し、サーバーはちょうどその数だけを受け取ります。多く送れば残りがコ\
                マンドとして読まれ、少なければ次のコマンドがメッセージの一部になって、互いに待ち続けることに\
                なります。
                """),
        remedy: Words(
            """
            Let the client count the octets that it will send, with CR LF at each line end, and send no dot \
            at the end.
            """,
            ja: """
                改行を CR LF に直した、実際に送るオクテット数を数え、終端のドットは送らないようにしてくださ\
                い。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 CHUNKING
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: BDAT 5 LAST
            C: abcdefgh
            S: 250 ok
            S: 500 what?
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 CHUNKING
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: BDAT 10 LAST
            C: abcdefgh
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp], desynchronises: true)

    /// The last BDAT, behind whose octets nothing was said yet.
    private var chunk: Utterance?
    /// The last octets of the message so far.
    private var tail: [UInt8] = []
    private static let goodbye = Array("\r\nQUIT\r\n".utf8)

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command else { return nil }
        let before = chunk
        chunk = nil
        if let before, line.end != .none, !session.hasGap, session.smtp.isGreeted,
            !SMTPVerbs.begins(line.bytes, in: session)
        {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    Behind as many octets as \(Quote.of(before)) told of, the client went on with \
                    \(Quote.of(line)), which is no command: it sent more than it said, and the server reads the \
                    rest as commands.
                    """,
                    ja: """
                        クライアントは、\(Quote.of(before)) で示した数のオクテットの後に、コマンドではない \
                        \(Quote.of(line)) を続けて送りました。示した数より多く送ったことになり、残りはコマンドと\
                        して読まれます。
                        """))
        }
        guard let command = session.command, command.verb == "BDAT", line.end != .none else { return nil }
        guard command.arguments.first.map({ ASCII.number($0) != nil }) ?? false else {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The client said \(Quote.of(line)), and no number of octets that the server could count.",
                    ja: "クライアントは \(Quote.of(line)) を送りましたが、オクテット数が正しく示されていません。"))
        }
        chunk = line
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // A server that does not know BDAT reads all that follows it as commands.
        if exchange.verb == "BDAT", let reply = exchange.replies.last,
            reply.code == "500" || reply.code == "501" || reply.code == "502"
        {
            chunk = nil
        }
        return nil
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        tail = []
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        guard chunk != nil else { return nil }
        let count = min(bytes.count, Self.goodbye.count)
        tail.append(bytes, (bytes.count - count)..<bytes.count)
        if tail.count > Self.goodbye.count { tail.removeFirst(tail.count - Self.goodbye.count) }
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard let chunk, !message.complete, tail == Self.goodbye, !session.hasGap, session.end != nil else {
            return nil
        }
        let length = Self.goodbye.count - 2
        let place = message.place(message.octets.wireCount &- UInt64(length), length)
        return finding(
            at: place, in: session,
            means: Words(
                """
                \(Quote.of(chunk)) told of more octets than came: the last line of what was sent is `QUIT`, \
                which the server takes for a part of the message.
                """,
                ja: """
                    \(Quote.of(chunk)) で示された数より少ないオクテットしか送られていません。送られた最後の行は `QUIT` \
                    ですが、サーバーはこれをメッセージの一部とみなします。
                    """))
    }
}
