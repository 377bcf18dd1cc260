import Conversation

/// A size that counts each line end as one octet.
struct POP3ServerOctetsLFCounted: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.octets-lf-counted",
        title: Words("The server counts line ends as one octet", ja: "行末を 1 オクテットと数えている"),
        severity: .warning,
        side: .server,
        clause: "RFC 1939 §11",
        means: Words(
            """
            In a file of Unix's a line ends with one octet, on the wire with two. A server that \
            announces the size of the file announces too little, by one for each line.
            """,
            ja: """
                Unix のファイルでは行末は 1 オクテットですが、通信では 2 オクテットです。ファイルのサイズをそのまま示すサーバーの予告は、行数の分だけ少なくなります。
                """),
        remedy: Words(
            """
            Let the server count each line end as two octets, or add the number of lines to the size of \
            the file.
            """,
            ja: """
                サーバーは行末を 2 オクテットと数えるか、ファイルのサイズに行数を加えてください。
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
            S: +OK 1 22
            C: RETR 1
            S: +OK
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
            S: +OK
            S: Subject: hello
            S: 
            S: hello
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let octets = AnnouncedOctets(exchange, in: session), octets.difference == .lineEnds else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            means: Words(
                """
                The server announced \(octets.announced) octets for message \(octets.number), and it had \
                \(octets.received): about as many more as it has lines (\(octets.lines)).
                """,
                ja: """
                    サーバーはメッセージ \(octets.number) を \(octets.announced) オクテットと予告しましたが、実際は \
                    \(octets.received) オクテットでした。差は行数 (\(octets.lines)) に相当します。
                    """))
    }
}
