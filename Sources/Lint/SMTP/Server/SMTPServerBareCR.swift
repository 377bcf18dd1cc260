import Conversation
import Wire

/// There is a CR in a line of a reply that is not the end of it.
struct SMTPServerBareCR: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.bare-cr",
        title: Words("The server sends a CR without LF behind it", ja: "サーバーが LF の続かない CR を送っている"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §2.3.8",
        means: Words(
            """
            CR stands before LF at the end of a line and nowhere else. Some clients take a lone CR for a line end and \
            see two lines where others see one; others wait for the LF that does not come.
            """,
            ja: """
                CR は行末の LF の直前にだけ置けます。単独の CR を改行とみなすクライアントと、みなさないクライアントでは\
                行の数が食い違い、LF を待ち続けるものもあります。
                """),
        remedy: Words(
            """
            End each line with exactly one CR LF, and take line ends out of texts (from a file, from another server) \
            before they go into a reply.
            """,
            ja: """
                行末には CR LF を一つだけ書いてください。ファイルや別のサーバーから得た文を応答に入れるときは、先に\
                改行文字を取り除いてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com\\x0D
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SIZE 10240000
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private var lines = ReplyLines()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        let isWhole = lines.isReply(line, in: session)
        // The end of a line that was cut off, as where a server knows CR alone.
        let isCut = line.direction == .server && line.end == .none && session.layer != .agreed
        // The last byte of that may be half of its end.
        guard isWhole || isCut, line.replyCode != nil, line.bytes.dropLast(isCut ? 1 : 0).contains(Byte.cr) else {
            return nil
        }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server's line \(Quote.of(line)) has a CR in it that no LF follows. Clients do not agree on \
                whether the line ends there.
                """,
                ja: """
                    サーバーの行 \(Quote.of(line)) の中に LF の続かない CR があります。そこで行が終わるかどうかは\
                    クライアントによって異なります。
                    """))
    }
}
