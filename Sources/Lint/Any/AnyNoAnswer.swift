import Conversation
import Wire

/// The server leaves the client without an answer: for longer than clients can be expected to wait, or for good.
struct AnyNoAnswer: Rule {
    static let hears: RuleEvents = [.utterance, .messageBytes, .ended]
    static let about = RuleDescription(
        id: "any.no-answer",
        title: Words("The server does not answer", ja: "サーバーが応答しない"),
        severity: .error,
        side: .server,
        clause: Clause(smtp: "RFC 5321 §4.5.3.2", pop3: "RFC 1939 §3", imap: "RFC 9051 §2.2.2"),
        means: Words(
            """
            Each command has an answer, be it a refusal. Clients give up on one that does not come after some \
            minutes, in SMTP many after less than the standard asks of them; then they try again, and what the server \
            did after all is done twice.
            """,
            ja: """
                どのコマンドにも、拒否であれ応答が必要です。クライアントは数分であきらめ、SMTP では標準が求める時間より\
                早くあきらめるものも多くあります。その後で再試行するため、サーバーが結局行った処理が二重になることがあり\
                ます。
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
        /// How long nobody had said anything before it: a server that hangs up just then has not heard it.
        var rest: Int64
    }

    /// Who waits for less does not wait, in nanoseconds.
    private static let patience: Int64 = 5 * second
    /// Whoever has waited so long is right to go.
    private static let minute: Int64 = 60 * second
    private static let second: Int64 = 1_000_000_000

    /// The last that the client said, while the server has said nothing since.
    private var asked: Asked?
    /// When something was said last.
    private var active: Timestamp?
    private var hasTakenLeave = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        defer { active = line.until }
        guard line.direction == .server else {
            hear(line, in: session)
            return nil
        }
        guard let asked = asked.take(), !session.hasGap else { return nil }
        return late(asked, until: line.at, in: session)
    }

    mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at time: Timestamp, in session: SessionSoFar
    ) -> Finding? {
        if direction == .client { asked?.until = time }
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        // Of an answer that never came the rules of SMTP and IMAP tell.
        guard session.dialect == .pop3, let asked, !session.hasGap, session.layer != .agreed, let end = session.end,
            // What is said to a server that will have none of it is not to be answered.
            session.pop3.greeting?.code != "-ERR"
        else { return nil }
        let wait = session.last.since(asked.until)
        // Who takes its leave need not wait, and servers are seen to hang up on it at once.
        if Verbs.goodbye.contains(asked.verb), wait < Self.minute { return nil }
        switch end {
        case .closed(first: .client), .reset(by: .client): return given(asked, wait, end, in: session)
        case .closed(first: .server), .reset(by: .server): return dropped(asked, wait, end, in: session)
        case .unreachable, .stopped, .failed, .brokenOff: return late(asked, until: session.last, in: session)
        }
    }

    private mutating func hear(_ line: Utterance, in session: SessionSoFar) {
        // That is no command yet.
        if line.end == .none { return }
        // Behind QUIT nothing more is to be answered.
        if hasTakenLeave { return }
        hasTakenLeave = session.command.map { Verbs.goodbye.contains($0.verb) } ?? false
        switch line.kind {
        case .command:
            let verb = session.command?.verb ?? ""
            asked = Asked(
                verb: verb, until: line.until, place: Place(line),
                rest: active.map { line.at.since($0) } ?? 0)
            // Nothing is answered to it before there is news; and a line that ends otherwise than the server expects
            // may be none for it yet.
            if verb == "IDLE" || line.end != .crlf { asked = nil }
        case .response:
            asked = Asked(
                verb: asked?.verb ?? "", until: line.until, place: Place(line),
                rest: active.map { line.at.since($0) } ?? 0)
            if line.end != .crlf { asked = nil }
        // The end of a message has a rule of its own.
        case .end, .line, .reply, .challenge, .field, .chunk: asked = nil
        }
    }

    // MARK: - What is found

    /// The client gave up, or did not wait.
    private func given(_ asked: Asked, _ wait: Int64, _ end: SessionEnd, in session: SessionSoFar) -> Finding? {
        let name = Self.name(asked, in: session)
        guard wait >= Self.patience else {
            var found = finding(
                at: asked.place, in: session, severity: .note,
                means: Words(
                    """
                    The client said \(name.en) and \(end.went.en) \(Self.length(wait).en) later, before any answer: \
                    it did not wait for one, and nothing tells what the server would have said.
                    """,
                    ja: """
                        クライアントは \(name.ja) を送ってから\(Self.length(wait).ja)で、応答を待たずに接続を\(end.went.ja)。\
                        サーバーがどう応答したかは分かりません。
                        """),
                remedy: Words(
                    "Let the client wait for the answer to each command before it closes the connection.",
                    ja: "クライアントは各コマンドへの応答を待ってから接続を閉じてください。"))
            found.side = .client
            return found
        }
        return finding(
            at: asked.place, in: session, severity: wait >= Self.minute ? nil : .warning,
            means: Words(
                """
                The client said \(name.en), and the server did not answer. The client waited for \
                \(wait / Self.second) seconds; then it \(end.went.en).
                """,
                ja: """
                    クライアントは \(name.ja) を送りましたが、サーバーは応答しませんでした。クライアントは \
                    \(wait / Self.second) 秒待った後、接続を\(end.went.ja)。
                    """))
    }

    /// The server went instead of answering.
    private func dropped(_ asked: Asked, _ wait: Int64, _ end: SessionEnd, in session: SessionSoFar) -> Finding? {
        // Its time was up when the command was on its way (RFC 1939 §3).
        guard asked.rest < Self.idle else { return nil }
        let name = Self.name(asked, in: session)
        return finding(
            at: asked.place, in: session, severity: wait >= Self.minute ? nil : .warning,
            means: Words(
                """
                The client said \(name.en), and the server did not answer: it \(end.went.en) \(Self.length(wait).en) \
                later, without a word.
                """,
                ja: """
                    クライアントは \(name.ja) を送りましたが、サーバーは応答せず、\(Self.length(wait).ja)で何も言わずに接\
                    続を\(end.went.ja)。
                    """))
    }

    private func late(_ asked: Asked, until: Timestamp, in session: SessionSoFar) -> Finding? {
        let minutes = Self.minutes(asked.verb, in: session.dialect)
        let seconds = until.since(asked.until) / Self.second
        guard seconds > minutes * 60 else { return nil }
        let name = Self.name(asked, in: session)
        return finding(
            at: asked.place, in: session, severity: .warning,
            means: Words(
                """
                The client said \(name.en), and the server was silent for \(seconds) seconds, more than the \
                \(minutes) minutes that are taken for the limit.
                """,
                ja: """
                    クライアントが \(name.ja) を送った後、サーバーは \(seconds) 秒間何も応答しませんでした。目安\
                    の \(minutes) 分を超えています。
                    """))
    }

    private static func name(_ asked: Asked, in session: SessionSoFar) -> Words {
        // What is no command of POP3's may be a secret said in the wrong place.
        let isSecret = session.dialect == .pop3 && !POP3Verbs.isKnown(asked.verb)
        guard !asked.verb.isEmpty, !isSecret else { return Words("its last line", ja: "最後の行") }
        return Words(Picture.of(text: asked.verb), ja: Picture.of(text: asked.verb))
    }

    private static func length(_ wait: Int64) -> Words {
        wait < second
            ? Words("less than a second", ja: " 1 秒足らず")
            : Words("\(wait / second) second\(wait / second == 1 ? "" : "s")", ja: " \(wait / second) 秒")
    }

    /// A few seconds less than the 10 minutes after which a server may hang up (RFC 1939 §3).
    private static let idle: Int64 = 595 * second

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

extension SessionEnd {
    /// What was done to the connection.
    fileprivate var went: Words {
        if case .reset = self { return Words("reset the connection", ja: "リセットしました") }
        return Words("closed the connection", ja: "閉じました")
    }
}
