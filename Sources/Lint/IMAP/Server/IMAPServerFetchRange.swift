import Conversation

/// The server tells of a message that there is not.
struct IMAPServerFetchRange: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.fetch-range",
        title: Words("FETCH tells of a message that does not exist", ja: "存在しないメッセージの FETCH 応答がある"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.4.1, §7.5.2; RFC 3501 §7.3.1, §7.4.2",
        means: Words(
            """
            Messages are numbered from 1 to what EXISTS told, less what was expunged since. What a server tells of \
            another number a client puts to the wrong message, or takes for a fault and leaves.
            """,
            ja: """
                メッセージ番号は 1 から EXISTS の数 (その後の EXPUNGE を引いたもの) までです。それ以外の番号について\
                届いた内容を、クライアントは別のメッセージのものとするか、異常とみなして切断します。
                """),
        remedy: Words(
            "Let the server say EXISTS before it tells of new messages, and count down at each EXPUNGE.",
            ja: "新しいメッセージの内容を送る前に EXISTS を送り、EXPUNGE のたびに番号を詰めるようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 NOOP
            S: * 4 FETCH (FLAGS ())
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 NOOP
            S: * 4 EXISTS
            S: * 4 FETCH (FLAGS ())
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.followsIMAP, session.imap.state == .selected,
            !session.imap.isSelecting, session.piece(line) == .start, let data = IMAPData(line), data.is("FETCH"),
            let number = data.number
        else { return nil }
        let exists = session.imap.mailbox?.exists
        guard number == 0 || exists.map({ number > $0 }) == true else { return nil }
        return finding(
            at: Place(line), in: session,
            means: number == 0
                ? Words(
                    "The server said \(Quote.of(line)): message numbers begin with 1.",
                    ja: "サーバーは \(Quote.of(line)) を送りましたが、メッセージ番号は 1 から始まります。")
                : Words(
                    "The server said \(Quote.of(line)), and at this moment the mailbox had \(exists ?? 0) messages.",
                    ja: "サーバーは \(Quote.of(line)) を送りましたが、この時点でメールボックスには \(exists ?? 0) 通しかありません。"))
    }
}
