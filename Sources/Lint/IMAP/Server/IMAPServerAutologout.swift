import Conversation
import Wire

/// The server logs the client off for doing nothing, sooner than it may.
struct IMAPServerAutologout: Rule {
    static let hears: RuleEvents = [.utterance]
    /// RFC 9051 §5.4: thirty minutes, less what clocks and the way may take.
    private static let limit: Int64 = (30 * 60 - 15) * 1_000_000_000
    /// Nanoseconds under which it is no matter of doing nothing.
    private static let least: Int64 = 30_000_000_000
    /// Bytes of the reason that are looked at.
    private static let reason = 256

    static let about = RuleDescription(
        id: "imap.server.autologout",
        title: Words("The server logs off after less than 30 minutes", ja: "30 分未満の無操作で切断している"),
        severity: .warning,
        side: .server,
        clause: "RFC 9051 §5.4; RFC 3501 §5.4",
        means: Words(
            """
            A server that logs off who does nothing has to wait at least 30 minutes. Clients renew IDLE every 29 \
            minutes, and lose the connection, and news, where the server is quicker.
            """,
            ja: """
                無操作のクライアントを切断するサーバーは、少なくとも 30 分待たなければなりません。クライアントは 29 分ごとに \
                IDLE を更新するため、それより早い切断では接続と新着通知を失います。
                """),
        remedy: Words(
            "Set the server's timeout for clients that are logged in to 30 minutes or more.",
            ja: "ログイン済みクライアントに対するサーバーのタイムアウトを 30 分以上に設定してください。"),
        violating: IMAPScene.selected + """
            C: a3 NOOP
            S: a3 OK done
            wait: 300
            S: * BYE Disconnected for inactivity.
            end: server-closed
            """,
        conforming: IMAPScene.selected + """
            C: a3 NOOP
            S: a3 OK done
            wait: 1800
            S: * BYE Disconnected for inactivity.
            end: server-closed
            """,
        dialects: [.imap])

    private static let words: [StaticString] = ["INACTIV", "IDLE", "AUTOLOGOUT", "AUTO-LOGOUT", "TIMEOUT", "TIMED OUT"]

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.followsIMAP, session.piece(line) == .start,
            session.imap.state == .authenticated || session.imap.state == .selected,
            session.imap.pending.allSatisfy({ $0.verb == "IDLE" }), let data = IMAPData(line), data.is("BYE"),
            Self.tellsOfIdleness(data.rest.prefix(Self.reason))
        else { return nil }
        let idle = line.at.since(session.imap.clientSpoke)
        guard idle > Self.least, idle < Self.limit else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The server said \(Quote.of(line)) \(idle / 1_000_000_000) seconds after the client had last said \
                anything. It has to wait for 1800.
                """,
                ja: """
                    サーバーは、クライアントが最後に送ってから \(idle / 1_000_000_000) 秒で \(Quote.of(line)) を送りました。\
                    1800 秒は待たなければなりません。
                    """))
    }

    private static func tellsOfIdleness(_ text: ArraySlice<UInt8>) -> Bool {
        text.indices.contains { index in
            words.contains { ASCII.equal(text[index...].prefix($0.utf8CodeUnitCount), $0) }
        }
    }
}
