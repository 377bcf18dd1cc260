import Conversation
import Wire

/// A message is in the mailbox whose APPEND was refused.
struct IMAPServerAppendPartial: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.server.append-partial",
        title: Words("A refused APPEND has left its message", ja: "拒否した APPEND のメッセージが残っている"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §6.3.12; RFC 3501 §6.3.11",
        means: Words(
            """
            Where APPEND fails the mailbox has to be as it was before. A client that is told NO tries again, and the \
            user finds the message twice, or a part of it.
            """,
            ja: """
                APPEND が失敗したら、メールボックスは元のままでなければなりません。NO を受け取ったクライアントは再試行するため、\
                メッセージが二重に、または一部だけ残ります。
                """),
        remedy: Words(
            "Let the server take the message back before it answers NO.",
            ja: "NO を返す前に、格納したメッセージを取り消すようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 APPEND INBOX {13}
            S: + go ahead
            C: Subject: hi
            C: 
            S: * 4 EXISTS
            S: a3 NO failed
            C: a4 FETCH 4 (RFC822.SIZE)
            S: * 4 FETCH (RFC822.SIZE 13)
            S: a4 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 APPEND INBOX {13}
            S: + go ahead
            C: Subject: hi
            C: 
            S: a3 NO failed
            C: a4 FETCH 3 (RFC822.SIZE)
            S: * 3 FETCH (RFC822.SIZE 13)
            S: a4 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    /// An APPEND to the selected mailbox: how long its message is, and how many there were before it.
    private struct Appended {
        let command: [UInt8]
        let offset: UInt64
        let size: UInt64
        let before: UInt64
        var reply: Reply?
    }

    private var reader = IMAPFetchReader()
    private var appended: Appended?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        switch line.direction {
        case .client:
            guard line.kind == .command, let verb = session.command?.verb else { return nil }
            switch verb {
            case "APPEND": appended = session.imap.pending.isEmpty ? Self.appended(line, session) : nil
            // What these do may bring in the same message, or another mailbox.
            case "COPY", "MOVE", "SELECT", "EXAMINE", "CLOSE", "UNSELECT": appended = nil
            default: break
            }
            return nil
        case .server:
            guard appended != nil else {
                reader = IMAPFetchReader()
                return nil
            }
            let piece = session.piece(line)
            if piece == .start, let data = IMAPData(line), data.is("EXPUNGE") || data.is("VANISHED") { appended = nil }
            guard let response = reader.take(line, piece), let appended, let reply = appended.reply,
                response.number > appended.before, response.number(of: "RFC822.SIZE") == appended.size,
                session.followsIMAP
            else { return nil }
            return finding(
                at: response.place, in: session,
                means: Words(
                    """
                    The server refused \(Quote.of(appended.command)) with \(Quote.of(reply)), and message \
                    \(response.number) of \(appended.size) octets has come into the mailbox since.
                    """,
                    ja: """
                        サーバーは \(Quote.of(appended.command)) を \(Quote.of(reply)) で拒否しましたが、その後 \
                        \(appended.size) オクテットのメッセージ \(response.number) がメールボックスに入っています。
                        """))
        }
    }

    private static func appended(_ line: Utterance, _ session: SessionSoFar) -> Appended? {
        var tokens = IMAPTokens(IMAPArguments.of(line.bytes, verb: "APPEND"))
        guard let mailbox = session.imap.mailbox, let exists = mailbox.exists, !mailbox.name.isEmpty,
            let name = tokens.next()?.string, IMAPSoFar.mailboxName(name) == mailbox.name, line.dropped == 0,
            let literal = IMAPLiteralMark(endOf: line.bytes)
        else { return nil }
        return Appended(command: line.bytes, offset: line.offset, size: literal.size, before: exists)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "APPEND", exchange.offset == appended?.offset else { return nil }
        if let reply = exchange.replies.last, reply.code == "NO" {
            appended?.reply = reply
        } else {
            appended = nil
        }
        return nil
    }
}
