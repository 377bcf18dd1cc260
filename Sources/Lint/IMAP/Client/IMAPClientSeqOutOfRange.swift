import Conversation
import Wire

/// The client names a message by a number that none has.
struct IMAPClientSeqOutOfRange: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "imap.client.seq-out-of-range",
        title: Words("A message number is beyond the last message", ja: "存在しないメッセージ番号を指定している"),
        severity: .error,
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

    /// Commands in progress of which it is remembered.
    private static let remembered = 32

    private struct Wrong {
        let line: Utterance
        let what: Words
    }

    private var wrong: [Wrong] = []
    /// The first that the server did not refuse.
    private var taken: (wrong: Wrong, reply: Reply)?
    /// Messages that were expunged since the mailbox was selected, and the last of these lines.
    private var expunged: (count: UInt64, line: Utterance)?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .server {
            if session.piece(line) == .start, let data = IMAPData(line), data.is("EXPUNGE"), data.number != nil {
                expunged = ((expunged?.count ?? 0) + 1, line)
            }
            return nil
        }
        guard let command = session.command, IMAPVerb.numbered.contains(command.verb),
            session.followsIMAP, session.imap.isFromStart, let mailbox = session.imap.mailbox,
            // What waits for its answer may change how many there are.
            session.imap.pending.allSatisfy({ $0.verb == "FETCH" || $0.verb == "STORE" || $0.verb == "SEARCH" }),
            let text = command.arguments.first, let numbers = IMAPNumbers(text), wrong.count < Self.remembered
        else { return nil }
        if numbers.hasZero {
            wrong.append(
                Wrong(line: line, what: Words("message numbers begin with 1", ja: "メッセージ番号は 1 から始まります")))
            return nil
        }
        guard let exists = mailbox.exists, let greatest = numbers.greatest, greatest > exists else { return nil }
        wrong.append(Wrong(line: line, what: count(exists, greatest)))
        return nil
    }

    private func count(_ exists: UInt64, _ greatest: UInt64) -> Words {
        let has = Words(
            exists == 0
                ? "the mailbox has no message"
                : exists == 1 ? "the mailbox has 1 message" : "the mailbox has \(exists) messages",
            ja: "メールボックスのメッセージは \(exists) 通です")
        guard let expunged, greatest - exists <= expunged.count else { return has }
        let times = expunged.count == 1 ? "1 message was" : "\(expunged.count) messages were"
        return Words(
            """
            \(has.en). \(times) expunged since it was opened (\(Quote.of(expunged.line))), and by each the numbers of those \
            behind it go down by one: the client goes by the old number
            """,
            ja: """
                \(has.ja)。開いてから \(expunged.count) 通が消去されており (\(Quote.of(expunged.line)))、そのたびに後ろの番号が \
                1 ずつ繰り上がります。クライアントは古い番号を使っています
                """)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let reply = exchange.replies.last else { return nil }
        if exchange.verb == "SELECT" || exchange.verb == "EXAMINE" { expunged = nil }
        guard let index = wrong.firstIndex(where: { $0.line.offset == exchange.offset }) else { return nil }
        let one = wrong.remove(at: index)
        if reply.code == "NO" || reply.code == "BAD" { return found(one, session, reply, .error) }
        if taken == nil { taken = (one, reply) }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        if let taken { return found(taken.wrong, session, taken.reply, .warning) }
        return wrong.first.map { found($0, session, nil, .warning) }
    }

    private func found(_ wrong: Wrong, _ session: SessionSoFar, _ reply: Reply?, _ severity: Severity) -> Finding {
        let answer: Words =
            reply.map {
                Words(" The server answered \(Quote.of($0)).", ja: "サーバーの応答は \(Quote.of($0)) でした。")
            } ?? Words("", ja: "")
        return finding(
            at: Place(wrong.line), in: session, severity: severity,
            means: Words(
                "The client said \(Quote.of(wrong.line)), and \(wrong.what.en).\(answer.en)",
                ja: "クライアントは \(Quote.of(wrong.line)) を送りましたが、\(wrong.what.ja)。\(answer.ja)"))
    }
}
