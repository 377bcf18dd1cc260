import Conversation
import Wire

/// The client says a literal at once to a server that does not know of that, and the server reads it as commands.
struct IMAPClientLiteralUnlisted: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.client.literal-unlisted",
        title: Words(
            "A literal that was not waited for is read as commands", ja: "待たずに送ったリテラルがコマンドとして読まれた"),
        severity: .error,
        side: .client,
        clause: "RFC 7888 §3; RFC 9051 §4.3",
        means: Words(
            """
            A literal written `{n+}` follows at once, and only servers that list LITERAL+, LITERAL- or IMAP4rev2 know of \
            that. Any other refuses the line, and takes each line of the literal for a command: what stands in a mail is \
            carried out.
            """,
            ja: """
                `{n+}` と書いたリテラルは待たずに送られますが、これを知っているのは LITERAL+、LITERAL-、IMAP4rev2 を提示する\
                サーバーだけです。ほかのサーバーはその行を拒否し、リテラルの各行をコマンドとして読みます。\
                メールの中身が実行されることになります。
                """),
        remedy: Words(
            "Write `{n}` and wait for `+` unless the server lists LITERAL+ or LITERAL-.",
            ja: "サーバーが LITERAL+ か LITERAL- を提示していなければ、`{n}` と書き、`+` を待ってから送ってください。"),
        violating: IMAPScene.loggedIn("IMAP4rev1") + """
            C: a2 APPEND INBOX {28+}
            C: From: alice
            C: Subject: hi
            C: 
            C: 
            S: a2 BAD syntax error
            S: From: BAD unknown command
            S: Subject: BAD unknown command
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn("IMAP4rev1 LITERAL+") + """
            C: a2 APPEND INBOX {28+}
            C: From: alice
            C: Subject: hi
            C: 
            C: 
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], explains: [IMAPClientCapabilityUnlisted.self], desynchronises: true)

    private struct Announced {
        let line: Utterance
        let command: UInt64
        let size: UInt64
        var refusal: Reply?
    }

    /// The last one.
    private var announced: Announced?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let announced else { return nil }
        if announced.command == exchange.offset, let reply = exchange.replies.last,
            reply.code == "NO" || reply.code == "BAD"
        {
            self.announced?.refusal = reply
        } else {
            self.announced = nil
        }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.followsIMAP else { return nil }
        if line.direction == .client {
            announce(line, session)
            return nil
        }
        guard let announced, let refusal = announced.refusal, session.piece(line) == .start,
            IMAPStray.tag(of: line) != nil || IMAPData(line)?.is("BAD") == true
        else { return nil }
        return finding(
            at: Place(announced.line), in: session,
            means: Words(
                """
                The client said \(Quote.of(announced.line)) and the \(announced.size) octets of the literal without \
                waiting for `+`; the server lists neither LITERAL+ nor LITERAL-. It answered \(Quote.of(refusal)), and \
                took the lines of the literal for commands: \(Quote.of(line)).
                """,
                ja: """
                    クライアントは \(Quote.of(announced.line)) に続けて、`+` を待たずに \(announced.size) オクテットのリテラルを\
                    送りました。サーバーは LITERAL+ も LITERAL- も提示していません。サーバーは \(Quote.of(refusal)) と応答し、\
                    リテラルの各行をコマンドとして読んで \(Quote.of(line)) と応答しました。
                    """))
    }

    private mutating func announce(_ line: Utterance, _ session: SessionSoFar) {
        let piece = session.piece(line)
        guard piece == .start || piece == .more, line.secretFrom == nil, line.dropped == 0, line.end != .none,
            let literal = IMAPLiteralMark(endOf: line.bytes), !literal.waits, literal.size > 0,
            session.imap.misses(["LITERAL+", "LITERAL-", "IMAP4REV2"])
        else { return }
        let command = piece == .start ? line.offset : session.imap.speaking ?? line.offset
        announced = Announced(line: line, command: command, size: literal.size)
    }
}
