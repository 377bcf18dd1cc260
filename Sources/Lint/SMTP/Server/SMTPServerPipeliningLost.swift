import Conversation

/// The server drops commands that came in one go with one that it refused.
struct SMTPServerPipeliningLost: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.pipelining-lost",
        title: Words(
            "The server loses pipelined commands behind a refused one",
            ja: "拒否したコマンドの後のパイプラインが失われている"),
        severity: .error,
        side: .server,
        clause: "RFC 2920 §3.2",
        means: Words(
            """
            A server that offers PIPELINING must keep what has come in while it refuses a command. Where it throws \
            that away, commands stay without a reply, and the client takes later replies for those of others: it may \
            believe mail accepted that was not.
            """,
            ja: """
                PIPELINING を提供するサーバーは、コマンドを拒否するときも受信済みの入力を捨ててはなりません。捨ててしまうと\
                応答のないコマンドが残り、クライアントは後の応答を別のコマンドのものと取り違えます。受理されていないメールを\
                受理されたと思い込むこともあります。
                """),
        remedy: Words(
            "Do not flush the input buffer on errors; or stop offering PIPELINING.",
            ja: "エラーのときに入力バッファーを捨てないでください。できなければ PIPELINING の提供をやめてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<nobody@example.net>
            C: RCPT TO:<bob@example.net>
            S: 250 fine
            S: 550 no mailbox of this name
            C: QUIT
            S: 221 mx.example.com closing
            end: server-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            C: RCPT TO:<nobody@example.net>
            C: RCPT TO:<bob@example.net>
            S: 250 fine
            S: 550 no mailbox of this name
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            end: server-closed
            """,
        dialects: [.smtp, .lmtp],
        explains: [
            SMTPServerNoReply.self, SMTPServerCodeForPhase.self, SMTPServerWrongClass.self, SMTPServerNo221.self,
        ])

    private var order = SMTPReplyOrder()
    private var missing = MissingReply()
    /// The last refusal while the server offered PIPELINING.
    private var refusal: (reply: Reply, verb: String)?
    /// A command was already said when that came.
    private var wasBehind = false

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let holds = order.holds(exchange, in: session)
        if let refusal, exchange.asked <= refusal.reply.at, !exchange.isUnasked { wasBehind = true }
        guard holds else { return nil }
        if let found = missing.hear(exchange, isOver: order.isOver, in: session), let refusal, wasBehind {
            return finding(
                at: Place(refusal.reply, exchange: nil), in: session,
                means: Words(
                    """
                    The server refused \(refusal.verb) with \(Quote.of(refusal.reply)) when more commands had come in \
                    already. \(found.means.en)
                    """,
                    ja: """
                        サーバーが \(refusal.verb) を \(Quote.of(refusal.reply)) と拒否したとき、後のコマンドはすでに届いて\
                        いました。\(found.means.ja)
                        """))
        }
        guard let reply = exchange.replies.last, reply.refuses, session.smtp.offers("PIPELINING"), !wasBehind else {
            return nil
        }
        refusal = (reply, exchange.verb.isEmpty ? "a command" : exchange.verb)
        return nil
    }
}
