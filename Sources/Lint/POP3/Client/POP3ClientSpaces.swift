import Conversation
import Wire

/// Blanks where none, or one, should stand.
struct POP3ClientSpaces: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.client.spaces",
        title: Words("A command has blanks in the wrong places", ja: "コマンドの空白の置き方が正しくない"),
        severity: .warning,
        side: .client,
        clause: "RFC 1939 §3; RFC 2449 §3",
        means: Words(
            """
            Verb and arguments are separated by one space each, and nothing stands before or behind. \
            Servers that split the line at single spaces see an empty argument, and refuse the command \
            or log in somebody else.
            """,
            ja: """
                コマンド名と引数は空白 1 個で区切り、行頭や行末には空白を置きません。空白 1 個ごとに行を分けるサーバーは空の引数があると見なし、コマンドを拒否したり別のユーザー名\
                と解釈したりします。
                """),
        remedy: Words(
            """
            Let the client send one space between verb and argument, and none at the end of the line.
            """,
            ja: """
                コマンド名と引数の間は空白 1 個とし、行末に空白を付けないようにしてください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER  alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
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
            S: +OK 1 120
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.end != .none, let verb = session.command?.verb,
            POP3Verbs.isKnown(verb), let found = Self.fault(line, verb)
        else { return nil }
        let said = Quote.of(line, command: session.command)
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(said) with \(found.en). A server that splits the line at single spaces \
                reads other arguments than were meant.
                """,
                ja: """
                    クライアントの \(said) には\(found.ja)があります。空白 1 個ごとに行を分けるサーバーは、意図と異なる引数として読みます。
                    """))
    }

    private static func fault(_ line: Utterance, _ verb: String) -> (en: String, ja: String)? {
        let isPassword = verb == "PASS"
        // Blanks in a password belong to it, and so may all behind the one that comes before it.
        let seen = line.bytes.prefix(isPassword ? 5 : line.secretFrom ?? line.bytes.count)
        if seen.first?.isBlank == true { return ("a blank before it", "行頭の空白") }
        if seen.contains(Byte.tab) { return ("a tab in it", "タブ") }
        guard !isPassword else { return nil }
        var wasBlank = false
        for byte in seen {
            if wasBlank, byte == Byte.space { return ("two spaces on end", "連続した空白") }
            wasBlank = byte == Byte.space
        }
        return wasBlank && line.secretFrom == nil ? ("a space behind it", "行末の空白") : nil
    }
}
