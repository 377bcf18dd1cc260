import Conversation
import Wire

/// The client gives up waiting for the reply to a message, and goes on in the same session.
struct SMTPClientNextBeforeEndReply: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .messageEnded]
    static let about = RuleDescription(
        id: "smtp.client.next-before-end-reply",
        title: Words(
            "The client goes on before the message is answered", ja: "メッセージへの応答を待ちきれずに次へ進んでいます"),
        severity: .error,
        side: .client,
        clause: "RFC 5321 §4.5.3.2.6; RFC 5321 §4.2",
        means: Words(
            """
            A server may take minutes to check a message, and ten are allowed to it. A client that gives up earlier \
            and says its next command takes the late reply for that to the new command, and each one after it for \
            that to the next: it holds for sent what was refused, or sends twice what was taken.
            """,
            ja: """
                メッセージの検査には数分かかることがあり、10 分までは認められています。待ちきれずに次のコマンドを送るク\
                ライアントは、遅れて届いた応答を新しいコマンドへの応答と取り違え、その後もずれ続けます。拒否されたメッセー\
                ジを送信済みとみなしたり、受け付けられたものを二度送ったりします。
                """),
        remedy: Words(
            """
            Let the client wait ten minutes for the reply to a message; where it gives up, let it close the \
            connection and begin a new one.
            """,
            ja: """
                メッセージへの応答を 10 分は待ち、あきらめる場合は接続を閉じて新しく接続するようにしてください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            wait: 30
            C: MAIL FROM:<alice@example.com>
            wait: 5
            S: 250 queued
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 PIPELINING
            C: MAIL FROM:<alice@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go ahead
            C: Subject: hello
            C: 
            C: Hello.
            C: .
            C: MAIL FROM:<alice@example.com>
            wait: 35
            S: 250 queued
            S: 250 ok
            C: QUIT
            S: 221 bye
            """,
        dialects: [.smtp, .lmtp],
        explains: [SMTPClientPipeliningNotOffered.self, SMTPClientPipeliningWrongMember.self], desynchronises: true)

    private static let second: Int64 = 1_000_000_000
    /// Nanoseconds between the end of a message and a command that is said in one go with it, at most.
    private static let pause: Int64 = 5 * second
    /// RFC 5321 §4.5.3.2.6. Who has waited for so long may go.
    private static let patience: Int64 = 600 * second

    /// The end of a message that is not answered: where, and when its last byte passed.
    private var end: (offset: UInt64, at: Timestamp)?
    /// Where the last BDAT stands.
    private var chunk: UInt64?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client else { return nil }
        switch line.kind {
        case .end: end = (line.offset, line.until)
        case .command:
            if session.command?.verb == "BDAT" { chunk = line.offset }
            guard let before = end.take() else { return nil }
            let gap = line.at.since(before.at)
            guard gap >= Self.pause, gap < Self.patience, session.followsSMTP, session.end == nil else { return nil }
            return finding(line, gap / Self.second, in: session)
        default: break
        }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // Of LMTP's replies to one message the first shows that the server is at it.
        guard exchange.length > 0, let end, exchange.offset >= end.offset else { return nil }
        self.end = nil
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        if message.direction == .client, message.complete, !message.start.dotStuffed {
            end = chunk.map { ($0, message.until) }
        }
        chunk = nil
        return nil
    }

    private func finding(_ line: Utterance, _ seconds: Int64, in session: SessionSoFar) -> Finding {
        let verb = session.command?.verb ?? ""
        let isLeaving = Verbs.goodbye.contains(verb)
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                \(seconds) seconds after the end of the message, which the server had not answered yet, the client \
                said \(Quote.of(line)). \(isLeaving
                    ? "It leaves without knowing whether the message was taken."
                    : "It takes each reply from here on for that to the command after.")
                """,
                ja: """
                    クライアントは、メッセージの終わりから \(seconds) 秒後、サーバーの応答がまだないうちに \(Quote.of(line)) を\
                    送りました。\(isLeaving
                        ? "メッセージが受け付けられたかどうか分からないまま去ることになります。"
                        : "これ以後の応答は、すべて一つ後のコマンドのものと取り違えられます。")
                    """))
    }
}
