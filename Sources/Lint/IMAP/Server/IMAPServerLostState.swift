import Conversation
import Wire

/// The server has forgotten that the client logged in, or which mailbox it selected.
struct IMAPServerLostState: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "imap.server.lost-state",
        title: Words("The server forgets the login or the mailbox", ja: "サーバーがログインや選択を忘れている"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §3; RFC 3501 §3",
        means: Words(
            """
            Who has logged in stays so until the connection ends, and a mailbox stays selected until another is or it \
            is closed. A server that denies what it has said OK to leaves the client nothing that it could do better.
            """,
            ja: """
                ログインは接続が終わるまで、メールボックスの選択は別のものを選ぶか閉じるまで有効です。OK と答えたことを\
                サーバーが後で否定すると、クライアントには対処のしようがありません。
                """),
        remedy: Words(
            "See in the server's log what became of the session; behind a proxy each login must reach one back end.",
            ja: "サーバーのログでセッションがどうなったか確認してください。プロキシがあれば、同じ接続が同じバックエンドに届くようにしてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 LIST "" *
            S: a2 BAD Please login first
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 LIST "" *
            S: * LIST () "/" INBOX
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private static let login: [StaticString] = [
        "NOT AUTHENTICATED", "NOT LOGGED IN", "LOGIN FIRST", "LOG IN FIRST", "PLEASE LOGIN", "PLEASE LOG IN",
        "MUST LOGIN", "MUST LOG IN", "AUTHENTICATE FIRST", "NOT CONNECTED", "UNAUTHENTICATED",
    ]
    private static let selection: [StaticString] = [
        "NO MAILBOX SELECTED", "NO MAILBOX IS SELECTED", "NO FOLDER SELECTED", "NO FOLDER IS SELECTED", "NOT SELECTED",
        "SELECT A MAILBOX", "SELECT A FOLDER", "SELECT FIRST", "NOT IN SELECTED STATE", "NO MAILBOX OPEN",
    ]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let reply = exchange.replies.last, reply.code == "NO" || reply.code == "BAD",
            session.followsIMAP, session.imap.isFromStart, session.imap.refusedSelect == nil,
            let state = session.imap.state, state == .authenticated || state == .selected,
            IMAPVerb.states(exchange.verb)?.contains(state) == true, !session.imap.isLoggingIn
        else { return nil }
        let hasLostMailbox =
            state == .selected && IMAPVerb.whenSelected.contains(exchange.verb) && Self.says(reply, Self.selection)
        guard hasLostMailbox || Self.says(reply, Self.login) else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: hasLostMailbox
                ? Words(
                    """
                    The server answered \(Quote.of(exchange.command)) with \(Quote.of(reply)), though it had said OK to \
                    the selection of a mailbox.
                    """,
                    ja: "サーバーはメールボックスの選択に OK を返したのに、\(Quote.of(exchange.command)) に \(Quote.of(reply)) と応答しました。")
                : Words(
                    """
                    The server answered \(Quote.of(exchange.command)) with \(Quote.of(reply)), though it had said OK to \
                    the login.
                    """,
                    ja: "サーバーはログインに OK を返したのに、\(Quote.of(exchange.command)) に \(Quote.of(reply)) と応答しました。"))
    }

    private static func says(_ reply: Reply, _ words: [StaticString]) -> Bool {
        IMAPText.says(reply.lines.first?[...] ?? [], words)
    }
}

/// Text that a server writes for people.
enum IMAPText {
    /// Bytes of it that are looked at.
    private static let length = 256

    /// It has one of these in it, in any case.
    static func says(_ text: ArraySlice<UInt8>, _ words: [StaticString]) -> Bool {
        let text = text.prefix(length)
        return text.indices.contains { index in
            words.contains { ASCII.equal(text[index...].prefix($0.utf8CodeUnitCount), $0) }
        }
    }
}
