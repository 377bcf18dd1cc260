import Conversation

/// A size that counts the dots that stuff lines.
struct POP3ServerOctetsStuffingCounted: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.octets-stuffing-counted",
        title: Words("The server counts the dots that stuff lines", ja: "重ねたドットをサイズに含めている"),
        severity: .warning,
        side: .server,
        clause: "RFC 1939 §11",
        means: Words(
            """
            A line that begins with a dot is sent with one more, which the client takes off again: it is \
            no part of the message, and not of its size.
            """,
            ja: """
                ドットで始まる行は、ドットを一つ重ねて送られ、クライアントが取り除きます。このドットはメールの一部ではなく、サイズにも含めません。
                """),
        remedy: Words(
            """
            Let the server count the message before it doubles the dots.
            """,
            ja: """
                サーバーはドットを重ねる前のメールでサイズを数えてください。
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
            C: LIST 1
            S: +OK 1 24
            C: RETR 1
            S: +OK
            S: Subject: a
            S: 
            S: ..hidden
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
            C: LIST 1
            S: +OK 1 23
            C: RETR 1
            S: +OK
            S: Subject: a
            S: 
            S: ..hidden
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let octets = AnnouncedOctets(exchange, in: session), octets.difference == .stuffing else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The server announced \(octets.announced) octets for message \(octets.number), and it had \
                \(octets.received): as many fewer as there were stuffed dots (\(octets.stuffedDots)).
                """,
                ja: """
                    サーバーはメッセージ \(octets.number) を \(octets.announced) オクテットと予告しましたが、実際は \
                    \(octets.received) オクテットでした。差は重ねたドットの数 (\(octets.stuffedDots)) と一致します。
                    """))
    }
}
