import Conversation
import Wire

/// UIDVALIDITY is none, or goes down.
struct IMAPServerUIDValidity: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    /// Mailboxes that are remembered.
    private static let remembered = 128

    static let about = RuleDescription(
        id: "imap.server.uidvalidity",
        title: Words("UIDVALIDITY is zero, too great, or goes down", ja: "UIDVALIDITY が 0、範囲外、または減っている"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §2.3.1.1; RFC 3501 §2.3.1.1",
        means: Words(
            """
            UIDVALIDITY is a number of 32 bits, not zero, that only grows. By it a client knows whether the UIDs that \
            it keeps still mean the same messages; one that comes back makes it trust old ones.
            """,
            ja: """
                UIDVALIDITY は 0 でない 32 ビットの数で、増えることしかありません。クライアントはこれで手元の UID が\
                まだ有効かを判断します。以前の値に戻ると、無効な古い UID を信じてしまいます。
                """),
        remedy: Words(
            "Give a mailbox that is made anew a greater UIDVALIDITY, as the seconds since 1970.",
            ja: "メールボックスを作り直すときは、1970 年からの秒数などのより大きな UIDVALIDITY を与えてください。"),
        violating: IMAPScene.selected + """
            C: a3 STATUS Sent (UIDVALIDITY)
            S: * STATUS Sent (UIDVALIDITY 0)
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 STATUS Sent (UIDVALIDITY)
            S: * STATUS Sent (UIDVALIDITY 1700000000)
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var known: [[UInt8]: UInt64] = [:]

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, session.followsIMAP, session.piece(line) == .start, line.end != .none,
            line.dropped == 0, let data = IMAPData(line)
        else { return nil }
        if data.is("STATUS") { return status(data, line, session) }
        guard data.is("OK") else { return nil }
        let code = data.code
        guard code.count == 2, ASCII.equal(code[0], "UIDVALIDITY") else { return nil }
        let opening = session.imap.pending.first { $0.mailbox != nil }?.mailbox
        return check(code[1], (opening ?? session.imap.mailbox)?.name ?? [], line, session)
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        // One of the same name is another mailbox now.
        if exchange.verb == "DELETE" || exchange.verb == "RENAME" { known = [:] }
        return nil
    }

    private mutating func status(_ data: IMAPData, _ line: Utterance, _ session: SessionSoFar) -> Finding? {
        var tokens = IMAPTokens(data.rest)
        guard let name = tokens.next()?.string, case .list(let list)? = tokens.next() else { return nil }
        let words = ASCII.words(list.dropFirst().dropLast())
        guard let index = words.firstIndex(where: { ASCII.equal($0, "UIDVALIDITY") }), index + 1 < words.count
        else { return nil }
        return check(words[index + 1], IMAPSoFar.mailboxName(name), line, session)
    }

    private mutating func check(
        _ text: ArraySlice<UInt8>, _ name: [UInt8], _ line: Utterance, _ session: SessionSoFar
    ) -> Finding? {
        guard let value = ASCII.number(text), value > 0, value <= UInt64(UInt32.max) else {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The server said \(Quote.of(line)). UIDVALIDITY is a number from 1 to 4294967295.",
                    ja: "サーバーは \(Quote.of(line)) を送りましたが、UIDVALIDITY は 1 から 4294967295 までの数です。"))
        }
        guard !name.isEmpty else { return nil }
        let before = known[name]
        if before != nil || known.count < Self.remembered { known[name] = value }
        guard let before, value < before else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The server said \(Quote.of(line)), and before that UIDVALIDITY \(before) of the same mailbox.",
                ja: "サーバーは \(Quote.of(line)) を送りましたが、同じメールボックスの UIDVALIDITY は先に \(before) でした。"))
    }
}
