import Conversation

/// The client closes the connection without LOGOUT.
struct IMAPClientNoLogout: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "imap.client.no-logout",
        title: Words("The client leaves without LOGOUT", ja: "LOGOUT せずに接続を閉じている"),
        severity: .note,
        side: .client,
        clause: "RFC 9051 §6.1.3, §3.4; RFC 3501 §6.1.3, §3.4",
        means: Words(
            """
            A client says LOGOUT and waits for the answer before it closes. Without it the server cannot tell that \
            nothing went wrong, and logs a lost connection.
            """,
            ja: """
                クライアントは閉じる前に LOGOUT を送り、応答を待ちます。これがないとサーバーは異常終了と区別できず、\
                接続断としてログに残します。
                """),
        remedy: Words(
            "Say LOGOUT, wait for its answer, and close then.",
            ja: "LOGOUT を送り、応答を待ってから接続を閉じてください。"),
        violating: IMAPScene.selected + """
            C: a3 NOOP
            S: a3 OK done
            end: client-closed
            """,
        conforming: IMAPScene.selected + """
            C: a3 NOOP
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var last: Place?
    /// The command that was waited for when the session ended.
    private var waited: (verb: String, since: Timestamp)?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // Who has said `+` to IDLE owes nothing.
        if exchange.length > 0, exchange.replies.isEmpty, !exchange.verb.isEmpty, exchange.verb != "DONE", waited == nil
        {
            waited = (exchange.verb, exchange.asked)
        }
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .client, line.kind == .command, session.piece(line) == .start { last = Place(line) }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let last, session.followsIMAP, session.layer != .agreed, !session.imap.saidLogout, !session.imap.saidBye,
            // What is said inside compression may not have been heard.
            !session.imap.isCompressed,
            session.end == .closed(first: .client) || session.end == .reset(by: .client)
        else { return nil }
        let seconds = waited.map { session.last.since($0.since) / 1_000_000_000 } ?? 0
        if let waited, seconds > 0 {
            return finding(
                at: Place(at: session.last, bytes: last.bytes), in: session,
                means: Words(
                    "The client closed the connection without LOGOUT, after it had waited \(seconds) seconds for the answer to \(waited.verb).",
                    ja: "クライアントは \(waited.verb) の応答を \(seconds) 秒待った後、LOGOUT を送らずに接続を閉じました。"))
        }
        return finding(
            at: Place(at: session.last, bytes: last.bytes), in: session,
            means: Words(
                "The client closed the connection and had not said LOGOUT. To the server this looks like a failure.",
                ja: "クライアントは LOGOUT を送らずに接続を閉じました。サーバーからは異常終了に見えます。"))
    }
}
