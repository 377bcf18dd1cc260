import Conversation

/// The client sends a line that begins with a dot as it is.
struct SMTPClientUnstuffedDot: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.unstuffed-dot",
        title: Words(
            "A line of the message begins with a dot that is not doubled",
            ja: "行頭のドットが二重になっていません"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.5.2",
        means: Words(
            """
            A dot at the beginning of a line is sent twice, and the server takes one away. Where the client \
            does not double it the dot is lost, and a line that is a single dot ends the message: what \
            follows is read as commands.
            """,
            ja: """
                行頭のドットは二重にして送り、サーバーが一つ取り除きます。二重にしないとドットが失われ、ドット\
                だけの行があるとそこでメッセージが終わり、続きはコマンドとして読まれます。
                """),
        remedy: Words(
            """
            Let the client put another dot before each line that begins with one, also after the last line \
            end of a piece that it reads.
            """,
            ja: """
                ドットで始まるすべての行の前にドットを一つ加えてください。本文を分割して読む場合は、区切りの\
                直後の行も忘れないでください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: .profile is a file
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: ..profile is a file
            C: .
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [
            SMTPClientUnknownVerb.self, SMTPClientPipeliningNotOffered.self, SMTPClientRepeatAfter5yz.self,
            SMTPClientTrailingSpace.self,
        ])

    private var unanswered = SMTPUnanswered()

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        // A dot alone between other line ends is a matter of these.
        let octets = message.octets
        guard message.complete, message.start.dotStuffed, octets.unstuffedDots.count > octets.laxEnd.count,
            let first = octets.unstuffedDots.first, !session.hasGap
        else { return nil }
        return finding(
            at: message.place(first, 1), in: session,
            means: Words(
                """
                In the message a line begins with a dot that is not doubled, behind \(first) octets. The server \
                takes this dot away, and the text comes to its reader without it.
                """,
                ja: """
                    メッセージの先頭から \(first) オクテットの後に、二重になっていないドットで始まる行があります。\
                    サーバーはこのドットを取り除くため、受取人にはドットのない文が届きます。
                    """))
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let isBehindEnd = unanswered.last?.verb == "." && !unanswered.isIdle
        unanswered.hear(line, in: session)
        // Who waits for the reply knows that the message is over.
        guard isBehindEnd, line.direction == .client, line.kind == .command, line.end != .none, session.followsSMTP,
            !SMTPVerbs.begins(line.bytes, in: session)
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                Right behind the line with a single dot, which ends the message, the client went on with \
                \(Quote.of(line)), which is no command. The dot was a part of its text: the message was cut \
                there, and the rest is read as commands.
                """,
                ja: """
                    メッセージを終えるドットだけの行のすぐ後に、クライアントはコマンドではない \(Quote.of(line)) \
                    を続けて送りました。このドットは本文の一部だったと考えられます。メッセージはそこで切れ、残り\
                    はコマンドとして読まれます。
                    """))
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        unanswered.hear(exchange)
        return nil
    }
}
