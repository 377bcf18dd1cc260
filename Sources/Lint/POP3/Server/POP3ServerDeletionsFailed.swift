import Conversation

/// QUIT is refused, and with it what was to be deleted.
struct POP3ServerDeletionsFailed: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "pop3.server.deletions-failed",
        title: Words("The server did not delete what it had marked", ja: "サーバーが削除の印を付けたメールを削除できなかった"),
        severity: .warning,
        side: .server,
        clause: "RFC 1939 §6",
        means: Words(
            """
            DELE only marks; QUIT deletes. Where the server answers QUIT with -ERR some or all of the marked messages \
            are still there, and a client that does not keep their ids fetches them again.
            """,
            ja: """
                DELE は印を付けるだけで、実際の削除は QUIT で行われます。QUIT に -ERR が返ると、印を付けたメールの一部または\
                すべてが残り、ID を保存しないクライアントは同じメールをまた受信します。
                """),
        remedy: Words(
            """
            Look in the server's log why it could not change the mailbox: rights, a full disk, another program that \
            changed it meanwhile. Let the client keep the ids of what it has.
            """,
            ja: """
                メールボックスを変更できなかった理由 (権限、ディスクの満杯、他のプログラムによる変更など) をサーバーのログで\
                確認してください。クライアントは受信済みの ID を保存しておきます。
                """),
        violating: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: DELE 1
            S: +OK marked
            C: QUIT
            S: -ERR some deleted messages not removed
            """,
        conforming: """
            protocol: pop3
            tls server start=implicit
            tls client start=implicit
            S: +OK pop.example.com ready
            C: USER alice
            S: +OK
            C: PASS «secret»
            S: +OK logged in
            C: DELE 1
            S: +OK marked
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let count = session.pop3.deleted.count
        guard exchange.verb == "QUIT", session.followsPOP3, count > 0, let reply = exchange.replies.last,
            reply.code == "-ERR"
        else { return nil }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session,
            means: Words(
                """
                The client had marked \(count) \(count == 1 ? "message" : "messages") as deleted, and the server \
                answered QUIT with \(Quote.of(reply)): \(count == 1 ? "it was" : "not all of them were") \
                \(count == 1 ? "not " : "")deleted.
                """,
                ja: """
                    クライアントは \(count) 通に削除の印を付けていましたが、サーバーは QUIT に \(Quote.of(reply)) と応答しま\
                    した。\(count == 1 ? "このメールは削除されていません" : "すべては削除されていません")。
                    """))
    }
}
