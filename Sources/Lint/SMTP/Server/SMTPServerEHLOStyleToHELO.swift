import Conversation
import Wire

/// The server lists extensions to a client that did not ask for any.
struct SMTPServerEHLOStyleToHELO: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.ehlo-style-to-helo",
        title: Words("The server answers HELO as if it were EHLO", ja: "HELO に EHLO と同じ形式で応答している"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §3.2",
        means: Words(
            """
            A client that says HELO knows no extensions, and may know no reply of several lines there. It cannot use \
            what is listed, and an old one stumbles over it.
            """,
            ja: """
                HELO を使うクライアントは拡張機能を知らず、複数行の応答を想定していないこともあります。一覧は役に立たず、\
                古いクライアントは誤動作します。
                """),
        remedy: Words(
            "Answer HELO with one line, `250` and the host name; list keywords after EHLO alone.",
            ja: "HELO には 250 とホスト名の 1 行だけを返し、キーワードの一覧は EHLO のときだけ返してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: HELO client.example.com
            S: 250-mx.example.com
            S: 250-PIPELINING
            S: 250 SIZE 10240000
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: HELO client.example.com
            S: 250 mx.example.com
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp])

    private var order = SMTPReplyOrder()

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard order.holds(exchange, in: session), exchange.verb == "HELO", let reply = exchange.replies.last,
            reply.code == "250"
        else { return nil }
        let keyword = reply.lines.dropFirst().lazy.compactMap { ASCII.words($0[...]).first }
            .map { ASCII.uppercased($0.prefix(32)) }.first { SMTPKeywords.common.contains($0) }
        guard let keyword else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The client said HELO, and the server answered with \(reply.lines.count) lines, \(keyword) among them. \
                Extensions are listed after EHLO alone.
                """,
                ja: """
                    クライアントの HELO に対して、サーバーは \(keyword) を含む \(reply.lines.count) 行で応答しました。拡張機能の\
                    一覧を返すのは EHLO のときだけです。
                    """))
    }
}
