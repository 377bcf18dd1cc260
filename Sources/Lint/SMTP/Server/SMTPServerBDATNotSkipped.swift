import Conversation

/// A chunk is refused, and the server reads its octets as commands.
struct SMTPServerBDATNotSkipped: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.bdat-not-skipped",
        title: Words("The octets of a refused chunk are read as commands", ja: "拒否した BDAT の中身をコマンドとして読んでいます"),
        severity: .error,
        side: .server,
        clause: "RFC 3030 §2",
        means: Words(
            """
            BDAT comes with its octets at once. A server that refuses the command has to read and throw away as many \
            octets as it announced; one that does not answers each line of the message as a command, and what a \
            message says can become commands that way.
            """,
            ja: """
                BDAT ではデータがコマンドのすぐ後に送られます。拒否する場合でも、サーバーは予告された長さを読み捨てなければ\
                なりません。そうしないサーバーはメッセージの各行をコマンドとして答えてしまい、本文がコマンドとして実行されることにもなります。
                """),
        remedy: Words(
            "Let the server read the announced octets whatever it answers.",
            ja: "応答が何であれ、予告されたオクテット数をサーバーに読み捨てさせてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-PIPELINING
            S: 250 CHUNKING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            C: BDAT 30 LAST
            C: Subject: hello
            C: 
            C: one
            C: two
            C: 
            S: 250 ok
            S: 550 no such user
            S: 503 no recipient
            S: 500 bad command
            S: 500 bad command
            S: 500 bad command
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-PIPELINING
            S: 250 CHUNKING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<bob@example.net>
            C: BDAT 30 LAST
            C: Subject: hello
            C: 
            C: one
            C: two
            C: 
            S: 250 ok
            S: 550 no such user
            S: 503 no recipient
            C: QUIT
            S: 221 bye
            end: server-closed
            """,
        dialects: [.smtp, .lmtp], besides: ["smtp.server.double-reply", "smtp.server.closes-without-421"])

    private var refused: Place?
    private var unasked = 0

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard !session.hasGap, let reply = exchange.replies.last else { return nil }
        if exchange.verb == "BDAT" {
            refused = reply.refuses ? Place(reply, exchange: session.exchange) : nil
            unasked = 0
            return nil
        }
        guard let refused else { return nil }
        // What was said right behind the chunk takes the first of these for its answer.
        guard exchange.length == 0 || exchange.verb == "QUIT", ["500", "501", "502", "503", "504"].contains(reply.code)
        else {
            self.refused = nil
            return nil
        }
        unasked += 1
        guard unasked == 2 else { return nil }
        return finding(
            at: refused, in: session,
            means: Words(
                """
                The server refused BDAT, and then answered what nobody had asked, \(Quote.of(reply)) and more: it reads \
                the octets of the chunk as commands.
                """,
                ja: """
                    サーバーは BDAT を拒否した後、誰も尋ねていないことに \(Quote.of(reply)) などと答えました。チャンクの中身を\
                    コマンドとして読んでいます。
                    """))
    }
}
