import Conversation
import Wire

/// The client says a literal though the server refused the command before it.
struct IMAPClientLiteralAfterNo: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.client.literal-after-no",
        title: Words("The client says a literal that was refused", ja: "拒否されたリテラルを送っている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §7.6; RFC 3501 §7.5",
        means: Words(
            """
            The server answered the announcement of a literal with NO or BAD, by which the command is over. The client \
            says the octets all the same, and the server reads them as commands.
            """,
            ja: """
                サーバーはリテラルの予告に NO または BAD で応答しており、コマンドはそこで終わっています。\
                それでもクライアントが中身を送ったため、サーバーはそれをコマンドとして読みます。
                """),
        remedy: Words(
            "After NO or BAD instead of `+` say nothing more of the command, and keep the message.",
            ja: "`+` の代わりに NO や BAD が返ったら、そのコマンドの続きは送らず、メッセージを手元に残してください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 APPEND INBOX {26}
            S: a2 NO [OVERQUOTA] no room
            C: Subject: a long way home
            S: * BAD unknown command
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 APPEND INBOX {26}
            S: a2 NO [OVERQUOTA] no room
            C: a3 NOOP
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], desynchronises: true)

    /// A literal that was refused, and the reply that did so.
    private var refused: (size: UInt64, reply: Reply)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard session.imap.waitsForLeave, exchange.length > 0, session.imap.speaking == exchange.offset,
            let reply = exchange.replies.last, reply.code == "NO" || reply.code == "BAD",
            let literal = session.imap.pieces.client.literal
        else { return nil }
        refused = (literal.size, reply)
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, let refused else { return nil }
        self.refused = nil
        guard line.kind == .command, refused.size > 0, !line.bytes.isEmpty, !session.hasGap else { return nil }
        let tag = line.bytes.prefix { $0 != Byte.space }
        // It goes on with another command, as it should.
        if tag.allSatisfy(IMAPTag.allows), let verb = session.command?.imapVerb,
            IMAPVerb.isKnown(verb) || verb.hasPrefix("X")
        {
            return nil
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server answered the announcement of \(refused.size) octets with \(Quote.of(refused.reply)), and \
                the client went on with \(Quote.of(line)), which the server reads as a command.
                """,
                ja: """
                    \(refused.size) オクテットの予告にサーバーは \(Quote.of(refused.reply)) と応答しましたが、\
                    クライアントは \(Quote.of(line)) を送りました。サーバーはこれをコマンドとして読みます。
                    """))
    }
}
