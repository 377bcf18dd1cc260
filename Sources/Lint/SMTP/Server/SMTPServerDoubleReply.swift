import Conversation

/// The server replies more often than it was asked.
struct SMTPServerDoubleReply: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageBytes, .ended]
    static let about = RuleDescription(
        id: "smtp.server.double-reply",
        title: Words("The server replies twice to one command", ja: "一つのコマンドに二つの応答を返している"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.2",
        means: Words(
            """
            Each command has exactly one reply. A client takes the second for the answer to its next command, and so \
            on: it may take a message for accepted that the server refuses.
            """,
            ja: """
                コマンド一つに応答は必ず一つです。余分な応答は次のコマンドへの応答とみなされ、以後ずれ続けます。サーバーが\
                拒否したメッセージを、クライアントが受理されたとみなすこともあります。
                """),
        remedy: Words(
            """
            Let each command end in one reply. Where text of several lines is meant, put a hyphen behind the code of \
            all lines but the last.
            """,
            ja: """
                一つのコマンドには応答を一つだけ返してください。複数行の応答のつもりであれば、最後の行以外はコードの後に\
                ハイフンを置いてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            S: 250 SIZE 10240000
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
        dialects: [.smtp, .lmtp],
        explains: [SMTPServerCodeForPhase.self, SMTPServerWrongClass.self, SMTPServerNo221.self],
        desynchronises: true)

    private var order = SMTPReplyOrder()
    /// What was said unasked. That the command to it was lost shows with the next that the client says.
    private var held: Finding?
    /// It may be all that the server says before it closes (RFC 5321 §3.8).
    private var mayBeFarewell = false
    private var before: Reply?
    /// The answer to QUIT, where that was refused: what comes behind it may be the true one.
    private var refusedQuit: Place?
    /// Up to where the client's lines and messages are known.
    private var clientEnd: UInt64 = 0

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client else { return nil }
        hear(line.offset, line.length)
        return mayBeFarewell ? nil : release(in: session)
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        if direction == .client { hear(offset, bytes.count) }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let holds = order.holds(exchange, in: session)
        let before = before
        guard let reply = exchange.replies.last else { return nil }
        self.before = reply
        if exchange.length > 0 {
            let isRefused = exchange.verb == "QUIT" && reply.refuses && !["421", "500", "502"].contains(reply.code)
            refusedQuit = isRefused ? Place(reply, exchange: session.exchange) : nil
        }
        guard holds else { return nil }
        if let found = release(in: session) { return found }
        if exchange.isUnasked, reply.code == "221", let refusedQuit, let before {
            return session.hasGap ? nil : finding(before, at: refusedQuit, beforeThatToQUIT: reply, in: session)
        }
        guard exchange.isUnasked, session.exchange != 0, !order.isOver, reply.code != "421" else { return nil }
        // A server that takes less for the end of a line than CR LF may have heard a command that nobody else did.
        guard exchange.offset <= clientEnd else { return nil }
        held = finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The server said \(Quote.of(reply)) though no command waited for a reply\
                \(before.map { ": it had said \(Quote.of($0)) before" } ?? ""). A client takes it for the answer to \
                what it asks next.
                """,
                ja: """
                    応答を待つコマンドがないのに、サーバーは\(before.map { " \(Quote.of($0)) に続けて" } ?? "") \(Quote.of(reply)) と\
                    言いました。クライアントはこれを次のコマンドへの応答とみなします。
                    """))
        mayBeFarewell = reply.refuses || reply.code == "221"
        return nil
    }

    private func finding(
        _ stray: Reply, at place: Place, beforeThatToQUIT farewell: Reply, in session: SessionSoFar
    ) -> Finding {
        finding(
            at: place, in: session,
            means: Words(
                """
                Where the answer to QUIT belongs the server said \(Quote.of(stray)), and then \(Quote.of(farewell)), which \
                is that answer. The first is one too many: it speaks of what was answered before.
                """,
                ja: """
                    QUIT への応答が来るはずのところでサーバーは \(Quote.of(stray)) と言い、その後に本来の応答 \(Quote.of(farewell)) を\
                    送りました。最初のものは余分で、すでに応答した事柄についてのものです。
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        mayBeFarewell ? nil : release(in: session)
    }

    private mutating func release(in session: SessionSoFar) -> Finding? {
        defer { held = nil }
        return session.hasGap ? nil : held
    }

    private mutating func hear(_ offset: UInt64, _ length: Int) {
        let (end, overflow) = offset.addingReportingOverflow(UInt64(max(0, length)))
        if !overflow { clientEnd = max(clientEnd, end) }
    }
}
