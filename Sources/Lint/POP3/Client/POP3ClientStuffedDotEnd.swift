import Conversation
import Wire

/// It takes a line of the message that is a dot, doubled on the way, for the end of the message.
struct POP3ClientStuffedDotEnd: Rule {
    static let hears: RuleEvents = [.utterance, .messageBegan, .messageBytes]
    static let about = RuleDescription(
        id: "pop3.client.stuffed-dot-end",
        title: Words("The client takes a doubled dot for the end of the message", ja: "重ねられたドットをメールの終わりとみなしている"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §3",
        means: Words(
            """
            A line of the message that begins with a dot is sent with one more; only a line of a single dot ends it. A \
            client that takes `..` for the end loses the rest of the message, and reads it as the answer to its next \
            command.
            """,
            ja: """
                ドットで始まる行は、ドットを一つ加えて送られます。終わりを示すのはドット一つだけの行です。`..` を終わりとみなすクライアント\
                は、残りを失い、それを次のコマンドへの応答として読んでしまいます。
                """),
        remedy: Words(
            "Let the client compare the whole line with a single dot, before it takes a doubled one off.",
            ja: "重ねられたドットを取り除く前に、行全体がドット一つかどうかを調べてください。"),
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
            S: one
            S: ..
            C: DELE 1
            S: two
            S: .
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
            C: RETR 1
            S: +OK
            S: Subject: hello
            S: 
            S: one
            S: ..
            S: two
            S: .
            C: DELE 1
            S: +OK
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        explains: [POP3ClientPipelining.self, POP3ClientDELEBeforeRETROK.self])

    private static let line = Array("..\r\n".utf8)

    /// The last bytes of the message so far: as many as `line` has, and what stands before them.
    private var tail: [UInt8] = []
    private var endsInDots: Bool {
        tail.suffix(Self.line.count).elementsEqual(Self.line)
            && (tail.count == Self.line.count || tail.first == Byte.lf)
    }

    mutating func messageBegan(_ message: MessageStart, in session: SessionSoFar) -> Finding? {
        tail = []
        return nil
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        guard direction == .server else { return nil }
        let kept = Self.line.count + 1
        tail.append(bytes, max(0, bytes.count - kept)..<bytes.count)
        tail.removeFirst(max(0, tail.count - kept))
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, session.followsPOP3, endsInDots,
            let asked = session.pop3.listing, asked.verb == "RETR" || asked.verb == "TOP",
            !session.pop3.offers("PIPELINING")
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)) when the server had sent a line of two dots and was not at the end of \
                its answer to \(asked.verb). It takes that line, which stands for a single dot in the message, for the end.
                """,
                ja: """
                    サーバーがドット二つの行を送り、\(asked.verb) への応答がまだ続いているところで、クライアントは \(Quote.of(line)) を\
                    送りました。本文のドット一つを表すこの行を、終わりと取り違えています。
                    """))
    }
}
