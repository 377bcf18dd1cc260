import Conversation
import Wire

/// A command that does not end with CR LF, or has a CR within.
struct POP3ClientLineEnd: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "pop3.client.line-end",
        title: Words("A command does not end with CR LF", ja: "コマンドが CR LF で終わっていない"),
        severity: .error,
        side: .client,
        clause: "RFC 1939 §3",
        means: Words(
            """
            Commands end with CR LF. A server that insists on that waits for the rest of the line for \
            ever; one that does not may take two commands for one, or one for two.
            """,
            ja: """
                POP3 のコマンドは CR LF で終わります。これを厳密に守るサーバーは行の残りを待ち続けます。厳密でないサーバーでも、二つのコマンドを一つと見なしたり、一つを二つ\
                と見なしたりすることがあります。
                """),
        remedy: Words(
            """
            Let the client end each command with the two octets CR LF, and with nothing else.
            """,
            ja: """
                クライアントがすべてのコマンドを CR LF の 2 オクテットで終えるように直してください。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA\\x0A\\c
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: CAPA
            S: -ERR unknown command
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command || line.kind == .response, session.layer != .agreed,
            line.kind == .response || line.bytes.first?.isLetter == true
        else { return nil }
        let cr = line.bytes.firstIndex(of: Byte.cr)
        guard line.end == .lf || cr != nil else { return nil }
        let said = Self.said(line, upTo: cr, session.command)
        guard let cr else {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    The client ended \(said.en) with LF alone. A server that waits for CR LF does not take it \
                    for a command yet, and both wait.
                    """,
                    ja: """
                        クライアントは \(said.ja) を LF だけで終えました。CR LF を待つサーバーはまだコマンドが終わっていないと見なし、双方が待ち続けることになります。
                        """))
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                In the line that begins with \(said.en) stands a CR at octet \(cr + 1) that no LF follows. \
                Some servers end the line there, and others do not.
                """,
                ja: """
                    \(said.ja) で始まる行の \(cr + 1) オクテット目に、LF の続かない CR があります。そこで行が終わると見なすサーバーと、見なさないサーバーがあり\
                    ます。
                    """))
    }

    /// Behind a CR the next command may stand, and a secret in it.
    private static func said(_ line: Utterance, upTo cr: Int?, _ command: SpokenCommand?) -> (en: String, ja: String) {
        guard line.kind == .command else { return ("a step of its authentication", "認証の応答") }
        let word = ASCII.words(line.bytes.prefix(min(cr ?? 16, 16))).first.map { ASCII.uppercased($0) } ?? ""
        guard POP3Verbs.isKnown(word) else { return ("a command", "コマンド") }
        let quote = Quote.of(line, command: command) == "`…`" ? "`\(word)`" : Quote.of(line, command: command)
        return (quote, quote)
    }
}
