import Conversation
import Message
import Wire

/// A line of a message that begins with a dot that was not doubled.
struct POP3ServerUnstuffedDot: Rule {
    static let hears: RuleEvents = [.utterance, .messageEnded]
    static let about = RuleDescription(
        id: "pop3.server.unstuffed-dot",
        title: Words("A line of a message begins with a dot that is not doubled", ja: "メールの行頭のドットが重ねられていない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3",
        means: Words(
            """
            A line that begins with a dot is sent with one more before it. Where that is left out the \
            client takes the dot off that belongs to the message, and ends the message at a line that is \
            a dot alone: the rest is lost, and taken for answers.
            """,
            ja: """
                ドットで始まる行には、ドットを一つ重ねて送ります。重ねないと、クライアントは本来のドットを取り除き、ドットだけの行ではメールが終わったと判断します。残りは失われ、次の応\
                答と見なされます。
                """),
        remedy: Words(
            """
            Let the server put a dot before each line of an answer that begins with one.
            """,
            ja: """
                サーバーは応答の中でドットで始まる各行の先頭に、ドットを一つ加えてください。
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
            S: Subject: hello
            S: 
            S: .hidden
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
            S: ..hidden
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        // A dot alone that is no end for the machine is told by its line end.
        guard message.direction == .server, session.followsPOP3, message.octets.laxEnd.count == 0,
            let first = message.octets.unstuffedDots.first,
            // A dot with which a message breaks off may be the beginning of its end.
            message.complete || first < message.octets.wireCount - min(message.octets.wireCount, 2)
        else { return nil }
        let count = message.octets.unstuffedDots.count
        let verb = session.pop3.asked?.verb ?? "RETR"
        return finding(
            at: message.place(first, 1), in: session,
            means: Words(
                """
                In the answer to \(verb) \(count) \(count == 1 ? "line begins" : "lines begin") with a dot \
                that was not doubled. The client takes it off, and it is missing in the message.
                """,
                ja: """
                    \(verb) への応答で、\(count) 行の行頭のドットが重ねられていません。クライアントはこれを取り除くため、メールからドットが失われます。
                    """))
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard line.direction == .server, line.kind == .line, line.end != .none, session.followsPOP3,
            pop3.asked == nil, StrayLine.cause(pop3) == .message
        else { return nil }
        let verb = pop3.told?.verb ?? "RETR"
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The answer to \(verb) had ended with a dot alone on a line, and the server went on: \
                \(Quote.of(line)). The dot was a line of the message, it seems, and was not doubled.
                """,
                ja: """
                    \(verb) への応答はドットだけの行で終わったのに、サーバーはさらに \(Quote.of(line)) と送りました。このドットはメールの 1 行で、重ねられてい\
                    なかったと思われます。
                    """))
    }
}
