import Conversation
import Wire

/// STAT, LIST and UIDL that do not agree.
struct POP3ServerCountsDisagree: Rule {
    static let hears: RuleEvents = [.exchange, .ended]
    static let about = RuleDescription(
        id: "pop3.server.counts-disagree",
        title: Words("STAT, LIST and UIDL do not agree", ja: "STAT と LIST と UIDL の内容が食い違っている"),
        severity: .error,
        side: .server,
        clause: "RFC 1939 §5",
        means: Words(
            """
            All of them tell of the same messages, those that are not deleted, and a mailbox does not \
            change in a session. Where one tells of more than another a client leaves messages out, or \
            asks for some that there are not.
            """,
            ja: """
                いずれも同じ「削除されていないメール」について述べるもので、セッション中にメールボックスは変わりません。食い違うとクライアントはメールを取りこぼしたり、存在しないメール\
                を要求したりします。
                """),
        remedy: Words(
            """
            Let the server take the numbers of all of them from what it found at login, less what is \
            deleted.
            """,
            ja: """
                サーバーはどの応答も、ログイン時に得たメールから削除済みを除いたものを基に作ってください。
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
            C: STAT
            S: +OK 2 320
            C: LIST
            S: +OK
            S: 1 120
            S: .
            C: QUIT
            S: +OK bye
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
            C: STAT
            S: +OK 2 320
            C: LIST
            S: +OK
            S: 1 120
            S: 2 200
            S: .
            C: QUIT
            S: +OK bye
            """,
        dialects: [.pop3])

    private struct Count {
        var verb: String
        var messages: UInt64
        /// nil: it tells none.
        var octets: UInt64?
    }

    /// What was told since messages were last marked or unmarked; at most one of each command.
    private var counts: [Count] = []
    private var changes = 0
    /// How many messages there are, marked ones among them: that stays as it is as long as the session lasts.
    private var whole: (verb: String, messages: UInt64)?
    private var mild: Finding?

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let pop3 = session.pop3
        guard session.followsPOP3, let count = Self.count(exchange, pop3) else { return nil }
        if pop3.changes != changes {
            changes = pop3.changes
            counts = []
        }
        defer {
            counts.removeAll { $0.verb == count.verb }
            counts.append(count)
        }
        let place = Place(commandOf: exchange, in: session)
        if let other = counts.first(where: { $0.messages != count.messages }) {
            return finding(
                at: place, in: session,
                means: Words(
                    """
                    The number of messages is \(other.messages) by \(other.verb) and \(count.messages) by \
                    \(count.verb), and nothing was deleted in between.
                    """,
                    ja: """
                        \(other.verb) では \(other.messages) 通、\(count.verb) では \(count.messages) 通で、その間に削除は行わ\
                        れていません。
                        """))
        }
        if let found = wrongAfterMarks(count, place, in: session) { return found }
        if mild == nil { mild = wrongByItself(exchange, count, place, in: session) }
        guard mild == nil, let octets = count.octets,
            let other = counts.first(where: { $0.octets != nil && $0.octets != octets }), let others = other.octets
        else { return nil }
        mild = finding(
            at: place, in: session, severity: .warning,
            means: Words(
                """
                The sizes of all messages are \(others) octets by \(other.verb) and \(octets) by \
                \(count.verb), and nothing was deleted in between.
                """,
                ja: """
                    全メールの合計サイズが \(other.verb) では \(others) オクテット、\(count.verb) では \(octets) オクテットで、その間に削\
                    除は行われていません。
                    """))
        return nil
    }

    mutating func ended(in session: SessionSoFar) -> Finding? { mild }

    /// DELE takes one off, and RSET puts all of them back.
    private mutating func wrongAfterMarks(_ count: Count, _ place: Place, in session: SessionSoFar) -> Finding? {
        let marked = UInt64(session.pop3.deleted.count)
        let (sum, overflow) = count.messages.addingReportingOverflow(marked)
        guard !overflow, session.pop3.remembersAll else { return nil }
        guard let whole else {
            whole = (count.verb, sum)
            return nil
        }
        guard whole.messages != sum, whole.messages >= marked else { return nil }
        let due = whole.messages - marked
        return finding(
            at: place, in: session,
            means: Words(
                """
                The number of messages is \(count.messages) by \(count.verb), where \(due) is due: there were \
                \(whole.messages) by \(whole.verb), and \(marked) of them \(marked == 1 ? "is" : "are") marked as \
                deleted now.
                """,
                ja: """
                    \(count.verb) では \(count.messages) 通ですが、\(due) 通でなければなりません。\(whole.verb) では \
                    \(whole.messages) 通で、現在削除の印が付いているのは \(marked) 通です。
                    """))
    }

    /// The text of the first line tells another number than there are lines.
    private func wrongByItself(
        _ exchange: Exchange, _ count: Count, _ place: Place, in session: SessionSoFar
    ) -> Finding? {
        guard exchange.verb == "LIST", let reply = exchange.replies.last,
            let told = Self.messages(in: reply.lines.first ?? []), told != count.messages
        else { return nil }
        return finding(
            at: place, in: session, severity: .warning,
            means: Words(
                """
                The answer to LIST began with \(Quote.of(reply)), and \(count.messages) \
                \(count.messages == 1 ? "line" : "lines") followed.
                """,
                ja: """
                    LIST の応答は \(Quote.of(reply)) で始まりましたが、続いたのは \(count.messages) 行でした。
                    """))
    }

    /// The number before the word `messages`.
    private static func messages(in text: [UInt8]) -> UInt64? {
        let words = text.split { !($0.isDigit || $0.isLetter) }
        for (number, unit) in zip(words, words.dropFirst())
        where ASCII.equal(unit, "MESSAGES") || ASCII.equal(unit, "MESSAGE") {
            return ASCII.number(number)
        }
        return nil
    }

    private static func count(_ exchange: Exchange, _ pop3: POP3SoFar) -> Count? {
        guard let reply = exchange.replies.last, reply.code == "+OK", let asked = pop3.asked(exchange) else {
            return nil
        }
        switch exchange.verb {
        case "STAT":
            guard let first = reply.lines.first, case .scan(let messages, let octets, _) = ScanListing(first[...])
            else { return nil }
            return Count(verb: "STAT", messages: messages, octets: octets)
        case "LIST" where asked.arguments == 0 && pop3.endIsHeard && pop3.tally.isWellFormed:
            return Count(verb: "LIST", messages: pop3.tally.lines, octets: pop3.tally.octets)
        case "UIDL" where asked.arguments == 0 && pop3.endIsHeard:
            return Count(verb: "UIDL", messages: pop3.tally.lines, octets: nil)
        default: return nil
        }
    }
}
