import Conversation
import Wire

/// The client uses UIDs that were told before the mailbox got new ones.
struct IMAPClientStaleUID: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    /// Mailboxes that are remembered.
    private static let remembered = 64

    static let about = RuleDescription(
        id: "imap.client.stale-uid",
        title: Words("Old UIDs are used after UIDVALIDITY has changed", ja: "UIDVALIDITY の変更後に古い UID を使っている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §2.3.1.1; RFC 3501 §2.3.1.1",
        means: Words(
            """
            When UIDVALIDITY changes, all UIDs that a client knows of the mailbox are void: the same number may be \
            another message now, which is then read, flagged or deleted in place of the one that was meant.
            """,
            ja: """
                UIDVALIDITY が変わると、クライアントが覚えているそのメールボックスの UID はすべて無効です。\
                同じ番号が別のメッセージを指すことがあり、意図しないメッセージを読み、フラグを付け、削除してしまいます。
                """),
        remedy: Words(
            "Drop the cache of a mailbox whose UIDVALIDITY is another, and ask for its UIDs anew.",
            ja: "UIDVALIDITY が変わったメールボックスのキャッシュを捨て、UID を取得し直してください。"),
        violating: IMAPScene.selected + #"""
            C: a3 UID FETCH 7 (FLAGS)
            S: * 2 FETCH (UID 7 FLAGS ())
            S: a3 OK done
            S: * OK [UIDVALIDITY 2] rebuilt
            C: a4 UID STORE 7 +FLAGS (\Deleted)
            S: a4 OK done
            """# + IMAPScene.logout,
        conforming: IMAPScene.selected + #"""
            C: a3 UID FETCH 7 (FLAGS)
            S: * 2 FETCH (UID 7 FLAGS ())
            S: a3 OK done
            S: * OK [UIDVALIDITY 2] rebuilt
            C: a4 UID SEARCH ALL
            S: * SEARCH 20 21 22
            S: a4 OK done
            C: a5 UID STORE 20 +FLAGS (\Deleted)
            S: * 1 FETCH (UID 20 FLAGS (\Deleted))
            S: a5 OK done
            """# + IMAPScene.logout,
        dialects: [.imap])

    private var known: [[UInt8]: UInt64] = [:]
    /// What UIDVALIDITY was, and became, of the mailbox whose new UIDs the client has not asked for.
    private var changed: (from: UInt64, to: UInt64)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        switch exchange.verb {
        case "SELECT", "EXAMINE":
            changed = nil
            guard exchange.replies.last?.code == "OK", !session.hasGap,
                let opened = session.imap.pending.first(where: { $0.offset == exchange.offset })?.mailbox
            else { return nil }
            note(opened)
        case "DELETE", "RENAME": known = [:]
        default: break
        }
        return nil
    }

    private mutating func note(_ mailbox: IMAPSoFar.Mailbox) {
        guard !mailbox.name.isEmpty, let value = mailbox.uidValidity else { return }
        if let before = known[mailbox.name], before != value { changed = (before, value) }
        guard known[mailbox.name] != nil || known.count < Self.remembered else { return }
        known[mailbox.name] = value
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        switch line.direction {
        case .server:
            heard(line, session)
            return nil
        case .client:
            guard let changed, let verb = session.command?.imapVerb, session.followsIMAP else { return nil }
            // All of these make it tell UIDs of now.
            if verb == "UID SEARCH" || verb == "FETCH" || verb == "UID SORT" || verb == "UID THREAD" {
                self.changed = nil
                return nil
            }
            guard IMAPVerb.uids.contains(verb), let arguments = session.command?.arguments, arguments.count > 1,
                let numbers = IMAPNumbers(arguments[arguments.startIndex + 1])
            else { return nil }
            guard !numbers.hasStar else {
                self.changed = nil
                return nil
            }
            return finding(
                at: Place(line), in: session,
                means: Words(
                    """
                    UIDVALIDITY changed from \(changed.from) to \(changed.to), and the client said \(Quote.of(line)) \
                    without having asked for any of the new UIDs.
                    """,
                    ja: """
                        UIDVALIDITY が \(changed.from) から \(changed.to) に変わりましたが、クライアントは新しい UID を\
                        取得しないまま \(Quote.of(line)) を送りました。
                        """))
        }
    }

    private mutating func heard(_ line: Utterance, _ session: SessionSoFar) {
        guard session.piece(line) == .start, let data = IMAPData(line) else { return }
        if data.is("FETCH") || data.is("SEARCH") || data.is("ESEARCH") {
            changed = nil
        } else if data.is("OK"), !session.imap.isSelecting, var mailbox = session.imap.mailbox {
            let code = data.code
            guard code.count > 1, ASCII.equal(code[0], "UIDVALIDITY"), let value = ASCII.number(code[1]) else { return }
            if let before = mailbox.uidValidity, !mailbox.name.isEmpty { known[mailbox.name] = before }
            mailbox.uidValidity = value
            note(mailbox)
        }
    }
}
