import Conversation
import Wire

/// Asked for one message, it answers with lines of a listing.
struct POP3ServerListingForOne: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "pop3.server.listing-for-one",
        title: Words("LIST or UIDL of one message is answered with a listing", ja: "1 通だけの LIST や UIDL に一覧で応答している"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §5, §7",
        means: Words(
            """
            LIST and UIDL with the number of a message are answered in one line, without the dot that ends a listing. \
            What follows the line a client takes for answers to its next commands, and from there on it is out of step.
            """,
            ja: """
                番号を付けた LIST や UIDL への応答は 1 行だけで、終わりのドットもありません。クライアントは続く行を次のコマンドへの応答と\
                見なし、それ以降ずれてしまいます。
                """),
        remedy: Words(
            """
            Let the server answer `+OK 1 120` to `LIST 1`, and `+OK 1 a1` to `UIDL 1`, and nothing behind it.
            """,
            ja: """
                サーバーは `LIST 1` には `+OK 1 120`、`UIDL 1` には `+OK 1 a1` のように 1 行だけで応答してください。
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
            C: UIDL 1
            S: +OK
            S: 1 a1
            S: 2 a2
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
            C: UIDL 1
            S: +OK 1 a1
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3],
        explains: [POP3ServerUIDLSyntax.self, POP3ServerListSyntax.self, POP3ServerIndicator.self],
        desynchronises: true)

    /// The last answer, to LIST or UIDL of one message.
    private var asked: (said: String, reply: Reply, exchange: Int?)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        asked = nil
        guard session.followsPOP3, exchange.verb == "UIDL" || exchange.verb == "LIST",
            let reply = exchange.replies.last, reply.code == "+OK", session.pop3.asked(exchange)?.number != nil
        else { return nil }
        asked = (Quote.command(of: exchange), reply, session.exchange)
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let asked, line.direction == .server, line.kind == .line, line.end != .none, session.followsPOP3,
            Self.isOfListing(line.bytes)
        else { return nil }
        return finding(
            at: Place(asked.reply, exchange: asked.exchange), in: session,
            means: Words(
                """
                \(asked.said) asks about one message, which is answered in one line. The server said \
                \(Quote.of(asked.reply)) and behind it \
                \(line.bytes == [Byte.dot] ? "a line with a single dot" : "\(Quote.of(line)), as in a listing"). A \
                client takes that for the answer to its next command, and is out of step from there on.
                """,
                ja: """
                    \(asked.said) は 1 通についての問い合わせで、応答は 1 行だけです。サーバーは \(Quote.of(asked.reply)) の後に\
                    \(line.bytes == [Byte.dot] ? "ドットだけの行" : "一覧のように \(Quote.of(line)) ")を送りました。クライアントはこれを次のコマン\
                    ドへの応答と見なし、それ以降ずれてしまいます。
                    """))
    }

    private static func isOfListing(_ line: [UInt8]) -> Bool {
        if line == [Byte.dot] { return true }
        let digits = line.prefix { $0.isDigit }
        return !digits.isEmpty && line.dropFirst(digits.count).first == Byte.space
    }
}
