import Conversation

/// The client asks for news more often than any can come.
struct IMAPClientPollStorm: Rule {
    static let hears: RuleEvents = [.utterance]
    /// So many in a row.
    private static let polls = 10
    /// Nanoseconds from each to the next, at most.
    private static let gap: Int64 = 3_000_000_000

    static let about = RuleDescription(
        id: "imap.client.poll-storm",
        title: Words("The client polls every few seconds", ja: "数秒おきに新着を問い合わせている"),
        severity: .note,
        side: .client,
        clause: "RFC 2683 §3.2.1",
        means: Words(
            """
            NOOP and STATUS in quick succession load the server, which may have to open the mailbox each time, and \
            drain the battery of a phone. Some servers slow such clients down or lock them out.
            """,
            ja: """
                NOOP や STATUS を立て続けに送ると、そのたびにメールボックスを開くサーバーに負荷がかかり、端末の電池も減ります。\
                そのようなクライアントを遅くしたり締め出したりするサーバーもあります。
                """),
        remedy: Words(
            "Use IDLE where the server lists it, and else wait minutes between polls.",
            ja: "サーバーが IDLE を提示していれば IDLE を使い、なければ数分の間隔をあけてください。"),
        violating: IMAPScene.selected
            + (10..<20).map { "C: p\($0) NOOP\nS: p\($0) OK done\n" }.joined() + IMAPScene.logout,
        conforming: IMAPScene.selected
            + (10..<20).map { "wait: 60\nC: p\($0) NOOP\nS: p\($0) OK done\n" }.joined() + IMAPScene.logout,
        dialects: [.imap])

    private var count = 0
    private var first = Timestamp(nanoseconds: 0)
    private var last = Timestamp(nanoseconds: 0)
    /// What it asked with.
    private var poll: [UInt8] = []

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, let verb = session.command?.verb else { return nil }
        guard verb == "NOOP" || verb == "STATUS" || verb == "CHECK" else {
            count = 0
            return nil
        }
        let asked = Array(line.bytes.drop { $0 != 0x20 }.prefix(256))
        if count == 0 || asked != poll || line.at.since(last) > Self.gap {
            count = 0
            first = line.at
            poll = asked
        }
        count += 1
        last = line.at
        guard count >= Self.polls else { return nil }
        let seconds = last.since(first) / 1_000_000_000
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client asked \(count) times in a row within \(seconds) seconds, the last time by \
                \(Quote.of(line)), and did nothing else.
                """,
                ja: """
                    クライアントは \(seconds) 秒間に続けて \(count) 回、他のことをせずに問い合わせました。\
                    最後は \(Quote.of(line)) です。
                    """))
    }
}
