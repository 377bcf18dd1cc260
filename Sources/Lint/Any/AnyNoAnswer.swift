import Conversation
import Wire

/// The server leaves the client without an answer for longer than clients can be expected to wait.
struct AnyNoAnswer: Rule {
    static let about = RuleDescription(
        id: "any.no-answer",
        title: Words("The server does not answer for minutes", ja: "サーバーが何分も応答しない"),
        severity: .warning,
        side: .server,
        clause: Clause(smtp: "RFC 5321 §4.5.3.2", pop3: "RFC 1939 §3", imap: "RFC 9051 §2.2.2"),
        means: Words(
            """
            Clients give up after some minutes, in SMTP many after less than the standard asks of them. Then they try \
            again, and what the server did after all is done twice.
            """,
            ja: """
                クライアントは数分であきらめ、SMTP では標準が求める時間より早くあきらめるものも多くあります。その後で\
                再試行するため、サーバーが結局行った処理が二重になることがあります。
                """),
        remedy: Words(
            """
            Look at what the server waits for: names that do not resolve, a filter, a lock, a full disk.
            """,
            ja: """
                サーバーが何を待っているか調べてください。名前解決の失敗、フィルター、ロック、ディスクの満杯などが考\
                えられます。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            wait: 400
            S: 250 ok
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: MAIL FROM:<alice@example.com>
            wait: 200
            S: 250 ok
            C: QUIT
            S: 221 mx.example.com
            end: client-closed
            """)

    private struct Asked: Sendable {
        var verb: String
        var until: Timestamp
        var place: Place
    }

    /// The last that the client said, while the server has said nothing since.
    private var asked: Asked?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server else {
            hear(line, in: session)
            return nil
        }
        guard let asked = asked.take(), !session.hasGap else { return nil }
        return finding(asked, until: line.at, in: session)
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        if direction == .client { asked?.until = time }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        // Of an answer that never came the rules of SMTP and IMAP tell.
        guard session.dialect == .pop3, let asked, !session.hasGap, session.end != nil else { return nil }
        return finding(asked, until: session.last, in: session)
    }

    private mutating func hear(_ line: Utterance, in session: SessionSoFar) {
        switch line.kind {
        case .command:
            let verb = session.command?.verb ?? ""
            asked = Asked(verb: verb, until: line.until, place: Place(line))
            // Nothing is answered to it before there is news.
            if verb == "IDLE" { asked = nil }
        case .response: asked = Asked(verb: asked?.verb ?? "", until: line.until, place: Place(line))
        // The end of a message has a rule of its own.
        case .end, .line, .reply, .challenge, .field, .chunk: asked = nil
        }
    }

    private func finding(_ asked: Asked, until: Timestamp, in session: SessionSoFar) -> Finding? {
        let minutes = Self.minutes(asked.verb, in: session.dialect)
        let seconds = until.since(asked.until) / 1_000_000_000
        guard seconds > minutes * 60 else { return nil }
        let what = Words(
            asked.verb.isEmpty ? "its last line" : Picture.of(text: asked.verb),
            ja: asked.verb.isEmpty ? "最後の行" : Picture.of(text: asked.verb))
        return finding(
            at: asked.place, in: session,
            means: Words(
                """
                The client said \(what[.en]), and the server was silent for \(seconds) seconds, more than the \
                \(minutes) minutes that are taken for the limit.
                """,
                ja: """
                    クライアントが \(what[.ja]) を送った後、サーバーは \(seconds) 秒間何も応答しませんでした。目安\
                    の \(minutes) 分を超えています。
                    """))
    }

    /// How long a client should wait (RFC 5321 §4.5.3.2); where nothing is said, when a server may hang up
    /// (RFC 1939 §3).
    private static func minutes(_ verb: String, in dialect: DialectName) -> Int64 {
        switch (dialect, verb) {
        case (.smtp, "DATA"), (.lmtp, "DATA"): 2
        case (.smtp, "BDAT"), (.lmtp, "BDAT"): 10
        case (.smtp, _), (.lmtp, _): 5
        default: 10
        }
    }
}
