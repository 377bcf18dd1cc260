import Conversation

/// The server leaves without BYE.
struct IMAPServerByeMissing: Rule {
    static let hears: RuleEvents = [.utterance, .exchange, .ended]
    static let about = RuleDescription(
        id: "imap.server.bye-missing",
        title: Words("The server leaves without BYE", ja: "サーバーが BYE を送らずに終えている"),
        severity: .warning,
        side: .server,
        clause: "RFC 9051 §6.1.3, §7.1.5; RFC 3501 §6.1.3, §7.1.5",
        means: Words(
            """
            A server says BYE before it closes a connection, after LOGOUT and whenever it closes of its own accord. \
            Without it the client cannot tell a failure from a farewell, and does not learn the reason.
            """,
            ja: """
                サーバーは、LOGOUT の後でも自分の都合で閉じるときでも、接続を閉じる前に BYE を送ります。\
                これがないとクライアントは障害と正常終了を区別できず、理由も分かりません。
                """),
        remedy: Words(
            "See in the server's log why it closed; where it only shut down or timed out, let it say BYE.",
            ja: "閉じた理由をサーバーのログで確認してください。停止やタイムアウトの場合も BYE を送るようにしてください。"),
        violating: IMAPScene.selected + """
            C: a9 LOGOUT
            S: a9 OK done
            end: server-closed
            """,
        conforming: IMAPScene.selected + """
            C: a9 LOGOUT
            S: * BYE bye
            S: a9 OK done
            end: server-closed
            """,
        dialects: [.imap])

    private var last: Place?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        if line.direction == .server { last = Place(line) }
        return nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "LOGOUT", let reply = exchange.replies.last, reply.code == "OK", !session.imap.saidBye,
            session.followsIMAP
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                "The server answered \(Quote.of(exchange.command)) with \(Quote.of(reply)) and had not said BYE.",
                ja: "サーバーは BYE を送らずに \(Quote.of(exchange.command)) へ \(Quote.of(reply)) と応答しました。"))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let last, session.end == .closed(first: .server), session.followsIMAP, session.layer != .agreed,
            !session.imap.saidBye, !session.imap.saidLogout, !session.imap.isCompressed,
            session.handshakes.client?.failure == nil, session.handshakes.server?.failure == nil
        else { return nil }
        return finding(
            at: Place(at: session.last, bytes: last.bytes), in: session,
            means: Words(
                "The server closed the connection and said no BYE, so that the client does not learn why.",
                ja: "サーバーは BYE を送らずに接続を閉じました。クライアントには理由が分かりません。"))
    }
}
