import Conversation

/// The client names a message by a number that none has.
struct IMAPClientSeqOutOfRange: Rule {
    static let about = RuleDescription(
        id: "imap.client.seq-out-of-range",
        title: Words("A message number is beyond the last message", ja: "存在しないメッセージ番号を指定している"),
        severity: .warning,
        side: .client,
        clause: "RFC 9051 §9; RFC 3501 §9",
        means: Words(
            """
            Message numbers go from 1 to what EXISTS told, less what was expunged since. Servers answer BAD to others, \
            or leave them out, and a client that counts wrongly soon means the wrong message.
            """,
            ja: """
                メッセージ番号は 1 から EXISTS の数 (その後の EXPUNGE を引いたもの) までです。それ以外にはサーバーが BAD を返すか\
                無視します。番号を数え違えたクライアントは、いずれ別のメッセージを操作します。
                """),
        remedy: Words(
            "Keep count by EXISTS and EXPUNGE, or name messages by UID.",
            ja: "EXISTS と EXPUNGE に従って件数を管理するか、UID を使ってください。"),
        violating: IMAPScene.selected + """
            C: a3 FETCH 5 FLAGS
            S: a3 BAD no such message
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 FETCH 3 FLAGS
            S: * 3 FETCH (FLAGS ())
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, let command = session.command, IMAPVerb.numbered.contains(command.verb),
            session.followsIMAP, session.imap.isFromStart, let mailbox = session.imap.mailbox,
            // What waits for its answer may change how many there are.
            session.imap.pending.allSatisfy({ $0.verb == "FETCH" || $0.verb == "STORE" || $0.verb == "SEARCH" }),
            let text = command.arguments.first, let numbers = IMAPNumbers(text)
        else { return nil }
        if numbers.hasZero {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The client said \(Quote.of(line)): message numbers begin with 1.",
                    ja: "クライアントは \(Quote.of(line)) を送りましたが、メッセージ番号は 1 から始まります。"))
        }
        guard let exists = mailbox.exists, let greatest = numbers.greatest, greatest > exists else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The client said \(Quote.of(line)), and the mailbox has \(exists) messages.",
                ja: "クライアントは \(Quote.of(line)) を送りましたが、メールボックスには \(exists) 通しかありません。"))
    }
}
