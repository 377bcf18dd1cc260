import Conversation
import Wire

/// An answer that does not begin with +OK or -ERR.
struct POP3ServerIndicator: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "pop3.server.indicator",
        title: Words("An answer does not begin with +OK or -ERR", ja: "応答が +OK でも -ERR でもない"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §3",
        means: Words(
            """
            Each answer begins with `+OK` or `-ERR`, in upper case; in an authentication with `+` and a \
            space. It is all that a client has to go by, and one that finds something else gives up or \
            takes it for a failure.
            """,
            ja: """
                応答は必ず大文字の `+OK` か `-ERR` で始まります (認証の途中では `+` と空白)。クライアントが頼りにできるのはこれだけで、ほかの語で始まる応答は失敗\
                と見なされたり、接続を切られたりします。
                """),
        remedy: Words(
            """
            Let the server begin each answer with `+OK` or `-ERR` in upper case, and a space before the \
            text.
            """,
            ja: """
                サーバーのすべての応答を大文字の `+OK` または `-ERR` で始め、空白を置いて文を続けてください。
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
            C: NOOP
            S: +ok
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
            C: NOOP
            S: +OK
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private var mild: Finding?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.end != .none, session.followsPOP3 else { return nil }
        switch line.kind {
        case .reply where session.pop3.listing == nil: return status(line, in: session)
        case .challenge:
            guard let asked = session.pop3.asked, asked.verb != "AUTH" else { return nil }
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    The server answered \(Quote.of(line)), which has a meaning in an authentication only, and \
                    none is going on.
                    """,
                    ja: """
                        サーバーは \(Quote.of(line)) と応答しましたが、`+` が意味を持つのは認証の途中だけで、今は認証中ではありません。
                        """))
        case .line: return stray(line, in: session)
        default: return nil
        }
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }

    private mutating func status(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let word = line.bytes.prefix { $0 != Byte.space }
        if word.elementsEqual("+OK".utf8) || word.elementsEqual("-ERR".utf8) { return nil }
        // That is for the rule about line ends.
        if word.dropLast().elementsEqual("+OK".utf8) || word.dropLast().elementsEqual("-ERR".utf8),
            word.last == Byte.cr
        {
            return nil
        }
        if line.bytes.starts(with: "+OK".utf8) || line.bytes.starts(with: "-ERR".utf8) {
            mild =
                mild
                ?? finding(
                    at: Place(line), in: session, severity: .warning,
                    means: Words(
                        """
                        The server answered \(Quote.of(line)): behind the indicator stands something else than a \
                        space.
                        """,
                        ja: """
                            サーバーは \(Quote.of(line)) と応答しました。`+OK` や `-ERR` の直後に空白以外の文字があります。
                            """))
            return nil
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server answered \(Quote.of(line)). The indicator must be in upper case, and a client \
                that compares it as it stands knows it not.
                """,
                ja: """
                    サーバーは \(Quote.of(line)) と応答しました。`+OK` と `-ERR` は大文字でなければならず、そのまま比較するクライアントには通じません。
                    """))
    }

    /// What stands behind the greeting, a refusal or a message is told by other rules.
    private func stray(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard pop3.greeting != nil else { return nil }
        if let asked = pop3.asked {
            guard asked.verb != "AUTH" else { return nil }
            let verb = POP3Verbs.isKnown(asked.verb) ? asked.verb : "…"
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    The server answered \(verb) with \(Quote.of(line)), which is neither +OK nor -ERR.
                    """,
                    ja: """
                        サーバーは \(verb) に \(Quote.of(line)) と応答しましたが、これは +OK でも -ERR でもありません。
                        """))
        }
        guard session.spoken.client > 0, StrayLine.cause(pop3) == .answer else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The answer was over, and the server said one more line: \(Quote.of(line)). A client takes it \
                for the answer to its next command.
                """,
                ja: """
                    応答は終わっているのに、サーバーはさらに \(Quote.of(line)) と送りました。クライアントはこれを次のコマンドへの応答と見なします。
                    """))
    }
}
