import Conversation

/// A message of another length than was announced.
struct POP3ServerOctetsMismatch: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.server.octets-mismatch",
        title: Words("A message has another length than the server announced", ja: "メールの長さが予告と異なる"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §5, §11",
        means: Words(
            """
            LIST tells the exact size of a message in octets, each line end as two, without the dots \
            that stuff lines. A client that reckons with it shows a wrong progress, asks for too little \
            memory, or takes the message for cut off.
            """,
            ja: """
                LIST は行末を 2 オクテットと数え、ドットの重ね書きを除いた正確なサイズを示します。これを当てにするクライアントでは、進捗の表示が狂ったり、メモリーが足りなかった\
                り、メールが欠けたと判断されたりします。
                """),
        remedy: Words(
            """
            Let the server measure the message as it sends it: with the header fields that it adds, two \
            octets for each line end, and no stuffed dots.
            """,
            ja: """
                サーバーは実際に送る形でサイズを数えてください。付け加えるヘッダーを含め、行末は 2 オクテットとし、重ねたドットは除きます。
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
            S: +OK 1 916
            C: RETR 1
            S: +OK 916 octets
            S: Subject: hello
            S: 
            S: hello
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
            S: +OK 1 25
            C: RETR 1
            S: +OK 25 octets
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var mild: Finding?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let octets = AnnouncedOctets(exchange, in: session) else { return nil }
        let difference = octets.difference
        guard difference == .other || difference == .lastLineEnd else { return nil }
        // A last line that lacks its end in the mailbox gets one on the way, and hardly any server reckons with that.
        let severity: Severity =
            difference == .lastLineEnd ? .note : octets.source == .list ? .error : .warning
        let who: (en: String, ja: String) =
            octets.source == .list ? ("LIST", "LIST") : ("The answer to RETR", "RETR の応答")
        let found = finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: severity,
            means: Words(
                """
                \(who.en) announced \(octets.announced) octets for message \(octets.number), and it had \
                \(octets.received), counted with two octets for each of its \(octets.lines) line ends.
                """,
                ja: """
                    \(who.ja)ではメッセージ \(octets.number) は \(octets.announced) オクテットと予告されましたが、実際は \
                    \(octets.received) オクテットでした (\(octets.lines) 個の行末をそれぞれ 2 オクテットと数えています)。
                    """))
        guard severity != .error else { return found }
        if mild.map({ $0.severity < severity }) ?? true { mild = found }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }
}
