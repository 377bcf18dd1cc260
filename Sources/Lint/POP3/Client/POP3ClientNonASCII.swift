import Conversation
import Wire

/// Octets outside printable ASCII in a command, without UTF8.
struct POP3ClientNonASCII: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.client.non-ascii",
        title: Words("A command has octets outside printable ASCII", ja: "コマンドに印字可能な ASCII 以外のオクテットがある"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §3",
        means: Words(
            """
            Keywords and arguments are printable ASCII. In which charset a name with other octets is \
            meant nothing says, so that it may not be the name that the server knows.
            """,
            ja: """
                キーワードと引数は印字可能な ASCII で送ります。それ以外のオクテットを含む名前は文字コードがどこにも示されないため、サーバーの持つ名前と一致しないことがあります。
                """),
        remedy: Words(
            """
            Use a name in ASCII, or UTF8 of RFC 6856 or a SASL mechanism, which say that the name is \
            UTF-8.
            """,
            ja: """
                ASCII の名前を使うか、名前が UTF-8 だと明示できる RFC 6856 の UTF8 または SASL 認証方式を使ってください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER andr\\xE9
            S: -ERR unknown
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: +OK
            S: USER
            S: UTF8 USER
            S: UIDL
            S: .
            C: USER andr\\xC3\\xA9
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, session.layer != .agreed,
            line.bytes.first?.isLetter == true, let verb = session.command?.verb, POP3Verbs.isKnown(verb)
        else { return nil }
        let seen = line.bytes.prefix(line.secretFrom ?? line.bytes.count)
        guard
            let index = seen.firstIndex(where: {
                ($0 < Byte.space && $0 != Byte.tab && $0 != Byte.cr) || $0 >= 0x7F
            })
        else { return nil }
        let allowsUTF8 = session.pop3.isUTF8 || session.pop3.offers("UTF8")
        guard seen[index] < 0x80 || !allowsUTF8 else { return nil }
        let octet = "0x" + String(seen[index], radix: 16, uppercase: true)
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line, command: session.command)), with the octet \(octet) in it. \
                What character that is to be nothing says.
                """,
                ja: """
                    クライアントの \(Quote.of(line, command: session.command)) にはオクテット \(octet) が含まれています。これがどの文\
                    字を表すのかはどこにも示されていません。
                    """))
    }
}
