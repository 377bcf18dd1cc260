import Conversation
import Wire

/// The server tells of mailboxes to somebody who has not logged in, or of messages where no mailbox is selected.
struct IMAPServerUnsolicitedPreauthData: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    static let about = RuleDescription(
        id: "imap.server.unsolicited-preauth-data",
        title: Words("Mail is told of before login or selection", ja: "ログイン前や選択前にメールの情報を送っている"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §11.3, §7",
        means: Words(
            """
            Before login a server has nothing to tell but what it can do, and of messages only where a mailbox is \
            selected. What comes earlier may be put in by somebody on the way, so that the client shows it as mail.
            """,
            ja: """
                ログイン前にサーバーが伝えてよいのは機能の提示だけで、メッセージの情報はメールボックスが選択されているときだけです。\
                それより前に届くものは、経路上の何者かがクライアントに偽のメールを見せようと差し込んだ可能性があります。
                """),
        remedy: Words(
            "Find out who says it. Clients have to ignore it, and do best to begin with TLS from the first byte.",
            ja: "誰が送っているのか調べてください。クライアントは無視しなければならず、最初のバイトから TLS を使うのが最善です。"),
        violating: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready
            S: * LIST () "/" "Your account is locked"
            C: a1 STARTTLS
            S: a1 OK begin
            tls server verification=verified
            tls client
            C: a2 CAPABILITY
            S: * CAPABILITY IMAP4rev1
            S: a2 OK done
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        conforming: """
            protocol: imap
            S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready
            C: a1 STARTTLS
            S: a1 OK begin
            tls server verification=verified
            tls client
            C: a2 CAPABILITY
            S: * CAPABILITY IMAP4rev1
            S: a2 OK done
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            """,
        dialects: [.imap])

    /// Said before the client's first command, by which it becomes clear that the session was heard from its beginning.
    private var early: Utterance?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard session.followsIMAP, session.layer != .agreed else { return nil }
        switch line.direction {
        case .client: return nil
        case .server:
            guard session.piece(line) == .start, let data = IMAPData(line), !data.isCondition else { return nil }
            let ofMessages = data.number != nil || data.is("FLAGS") || data.is("VANISHED")
            switch session.imap.state {
            case .notAuthenticated:
                guard !session.imap.isLoggingIn, ofMessages || Self.isOfMail(data) else { return nil }
            case .authenticated:
                // A server that refused a mailbox may not have left the one before it.
                guard ofMessages, !session.imap.isSelecting, session.imap.refusedSelect == nil else { return nil }
            case .selected, .logout, nil: return nil
            }
            guard session.imap.isFromStart else {
                early = early ?? line
                return nil
            }
            return found(line, session)
        }
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let early, exchange.length > 0 else { return nil }
        self.early = nil
        guard session.imap.isFromStart, session.followsIMAP else { return nil }
        return found(early, session)
    }

    private func found(_ line: Utterance, _ session: SessionSoFar) -> Finding {
        finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server said \(Quote.of(line)) where nobody had logged in, or no mailbox was selected. The client \
                must not believe it.
                """,
                ja: """
                    まだ誰もログインしていないか、メールボックスが選択されていないのに、サーバーは \(Quote.of(line)) を\
                    送りました。クライアントはこれを信じてはいけません。
                    """))
    }

    private static func isOfMail(_ data: IMAPData) -> Bool {
        data.is("LIST") || data.is("LSUB") || data.is("XLIST") || data.is("STATUS") || data.is("SEARCH")
            || data.is("ESEARCH") || data.is("SORT") || data.is("THREAD")
    }
}
