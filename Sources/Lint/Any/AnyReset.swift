import Conversation

/// One side tears the connection down instead of ending it.
struct AnyReset: Rule {
    static let hears: RuleEvents = [.utterance, .messageEnded, .bodyEnded, .ended]
    static let about = RuleDescription(
        id: "any.reset",
        title: Words("A connection is reset in the middle", ja: "接続が途中でリセットされた"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §3.8; RFC 9293 §3.5.2",
        means: Words(
            """
            A reset throws away what is still on its way. A crash, a program that closes with data unread, or a \
            firewall that forgets the connection does so; what came of the last command is not known.
            """,
            ja: """
                リセットは、まだ届いていないデータを捨てます。プログラムの異常終了、データを読み残したままの切断、接\
                続を忘れたファイアウォールなどが原因で、最後のコマンドの結果は分かりません。
                """),
        remedy: Words(
            """
            Treat it as a temporary failure and try again. Where it happens time and again, look into the log of the \
            side that reset, and at firewalls between the two.
            """,
            ja: """
                一時的な失敗として扱い、再試行してください。繰り返す場合は、リセットした側のログと、間にあるファイア\
                ウォールを調べます。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            end: server-reset
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: server-reset
            """,
        dialects: Set(DialectName.allCases))

    /// The last that was said, by whom.
    private var speaker: Direction?
    private var hasTakenLeave = false
    private var wasCut = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        speaker = line.direction
        if let verb = session.command?.verb { hasTakenLeave = Verbs.goodbye.contains(verb) }
        return nil
    }

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        wasCut = !message.complete
        return nil
    }

    mutating func bodyEnded(
        _ body: BodyStart, octets: UInt64, complete: Bool, in session: SessionSoFar
    ) -> Finding? {
        wasCut = !complete && !body.isSwitched
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard case .reset(let direction)? = session.end, !hasTakenLeave else { return nil }
        let isWaiting =
            session.dialect == .http ? session.http.answered < session.http.asked : speaker == .client
        // A connection that rests between two requests is given up like that by many (RFC 9112 §9.5).
        guard session.dialect != .http || isWaiting || wasCut else { return nil }
        let who = direction.speakerName
        let when =
            wasCut
            ? Words("while a message or a body was on its way", ja: "メールや本体の送信中")
            : isWaiting
                ? Words("while the client waited for an answer", ja: "クライアントが応答を待っている間")
                : Words("while nothing was on its way", ja: "何も送られていない間")
        // Users give up what takes too long, and phones lose their network.
        let isSerious = wasCut || isWaiting && direction == .server
        var finding = finding(
            at: Place(at: session.last), in: session,
            severity: isSerious && !(session.dialect == .http && direction == .client) ? nil : .note,
            means: Words(
                """
                The \(who[.en]) reset the connection \(when[.en]), without taking leave. What was on its way is \
                lost.
                """,
                ja: """
                    \(who[.ja])は、\(when[.ja])に、終了の手順を踏まずに接続をリセットしました。届いていないデータは\
                    失われました。
                    """))
        finding.side = direction.speakerSide
        return finding
    }
}
