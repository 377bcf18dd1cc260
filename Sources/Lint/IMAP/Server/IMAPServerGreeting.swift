import Conversation
import Wire

/// The first that the server says is no greeting.
struct IMAPServerGreeting: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.greeting",
        title: Words("The server's greeting is malformed", ja: "サーバーの最初の応答が正しくない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.1; RFC 3501 §7.1",
        means: Words(
            """
            A server begins with `* OK`, `* PREAUTH` or `* BYE`: by it the client knows whether it may speak, and \
            whether it has to log in.
            """,
            ja: """
                サーバーは最初に `* OK`、`* PREAUTH`、`* BYE` のいずれかを送ります。クライアントはこれで、\
                話してよいか、ログインが必要かを知ります。
                """),
        remedy: Words(
            "Let the server begin with `* OK` and a text; see whether another service listens on this port.",
            ja: "サーバーの最初の行を `* OK` と説明文にしてください。このポートで別のサービスが動いていないかも確認してください。"),
        violating: """
            protocol: imap
            S: OK IMAP server ready
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: """
            protocol: imap
            S: * OK IMAP server ready
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap])

    private var isOver = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard !isOver else { return nil }
        isOver = true
        guard line.direction == .server, line.end != .none, !session.imap.isGreeted, !session.hasGap,
            !session.isUpgraded,
            session.layer != .agreed, session.piece(line) == .start
        else { return nil }
        if let data = IMAPData(line) {
            // What speaks of messages was begun before anybody listened.
            if data.number != nil || data.is("OK") || data.is("PREAUTH") || data.is("BYE") { return nil }
        }
        // So does the completion of a command.
        if IMAPStray.tag(of: line) != nil { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server began with \(Quote.of(line)), which is none of `* OK`, `* PREAUTH` and `* BYE`.",
                ja: "サーバーの最初の行は \(Quote.of(line)) で、`* OK`、`* PREAUTH`、`* BYE` のいずれでもありません。"))
    }
}
