import Conversation

/// IDLE goes on for longer than a server needs to bear.
struct IMAPClientIdleTooLong: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    /// RFC 2177 §3: 29 minutes, and some seconds for the way.
    private static let limit: Int64 = (29 * 60 + 10) * 1_000_000_000

    static let about = RuleDescription(
        id: "imap.client.idle-too-long",
        title: Words("IDLE goes on for more than 29 minutes", ja: "IDLE が 29 分を超えて続いている"),
        severity: .warning,
        side: .client,
        clause: "RFC 2177 §3; RFC 9051 §6.3.13",
        means: Words(
            """
            To the server a client in IDLE does nothing, and it may log off whoever does nothing for 30 minutes. The \
            client then waits for news that nobody will tell it.
            """,
            ja: """
                サーバーから見ると IDLE 中のクライアントは何もしておらず、30 分何もしない相手は切断されることがあります。\
                そうなるとクライアントは届かない通知を待ち続けます。
                """),
        remedy: Words(
            "Let the client end IDLE by DONE and begin it anew at least every 29 minutes.",
            ja: "遅くとも 29 分ごとに DONE で IDLE を終え、始め直すようにしてください。"),
        violating: IMAPScene.selected + """
            C: a3 IDLE
            S: + idling
            wait: 1860
            C: DONE
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 IDLE
            S: + idling
            wait: 1700
            C: DONE
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard let idle = session.imap.idle, !session.hasGap else { return nil }
        return found(idle, until: line.at, session)
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard let idle = session.imap.idle, !session.hasGap else { return nil }
        return found(idle, until: session.last, session)
    }

    private func found(_ idle: IMAPSoFar.Command, until: Timestamp, _ session: SessionSoFar) -> Finding? {
        guard let since = idle.idlesSince, until.since(since) > Self.limit else { return nil }
        let minutes = until.since(since) / 60_000_000_000
        return finding(
            at: Place(at: idle.at, bytes: SpokenBytes(.client, offset: idle.offset, length: 0)), in: session,
            means: Words(
                "IDLE went on for \(minutes) minutes without DONE. After 30 a server may have logged the client off.",
                ja: "IDLE が DONE なしで \(minutes) 分続きました。30 分を過ぎるとサーバーが切断していることがあります。"))
    }
}
