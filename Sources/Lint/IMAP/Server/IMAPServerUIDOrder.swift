import Conversation

/// UIDs do not ascend with the numbers of messages.
struct IMAPServerUIDOrder: Rule {
    static let hears: RuleEvents = [.utterance]
    /// Messages whose UIDs are remembered.
    private static let remembered = 512

    static let about = RuleDescription(
        id: "imap.server.uid-order",
        title: Words("UIDs do not ascend, change, or are zero", ja: "UID が昇順でない、変わる、または 0 である"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §2.3.1.1; RFC 3501 §2.3.1.1",
        means: Words(
            """
            A UID is a number from 1 on that a message keeps, and a later message has a greater one. Clients find what \
            is new by that, and keep mail under it: where it does not hold they miss mail, or show one for another.
            """,
            ja: """
                UID は 1 以上の数で、メッセージごとに変わらず、後のメッセージほど大きくなります。クライアントはこれで新着を見つけ、\
                メールを保存します。守られないと、メールを見落としたり、別のメールを表示したりします。
                """),
        remedy: Words(
            "Let the server give UIDs in the order of arrival, and a new UIDVALIDITY where it cannot keep them.",
            ja: "到着順に UID を割り当て、維持できない場合は UIDVALIDITY を新しくしてください。"),
        violating: IMAPScene.selected + """
            C: a3 FETCH 1:2 UID
            S: * 1 FETCH (UID 7)
            S: * 2 FETCH (UID 5)
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 FETCH 1:2 UID
            S: * 2 FETCH (UID 7)
            S: * 1 FETCH (UID 5)
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var reader = IMAPFetchReader()
    /// In the order of their numbers.
    private var known: [(number: UInt64, uid: UInt64)] = []

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server else { return nil }
        let piece = session.piece(line)
        if piece == .start, IMAPNumbering.changes(line, session) { known = [] }
        guard let response = reader.take(line, piece), session.followsIMAP, !session.imap.isSelecting,
            let uid = response.number(of: "UID"), response.flaw == nil
        else { return nil }
        if uid == 0 {
            return finding(
                at: response.place, in: session,
                means: Words(
                    "The server told UID 0 of message \(response.number). UIDs begin with 1.",
                    ja: "サーバーはメッセージ \(response.number) の UID を 0 と伝えましたが、UID は 1 から始まります。"))
        }
        return check(response, uid, session)
    }

    private mutating func check(
        _ response: IMAPFetchReader.Response, _ uid: UInt64, _ session: SessionSoFar
    ) -> Finding? {
        let number = response.number
        let index = lowerBound(number)
        let other: (number: UInt64, uid: UInt64)?
        if index < known.count, known[index].number == number {
            other = known[index].uid == uid ? nil : known[index]
        } else if index > 0, known[index - 1].uid >= uid {
            other = known[index - 1]
        } else if index < known.count, known[index].uid <= uid {
            other = known[index]
        } else {
            other = nil
            if known.count >= Self.remembered { known.removeFirst(Self.remembered / 2) }
            known.insert((number, uid), at: lowerBound(number))
        }
        guard let other else { return nil }
        return finding(
            at: response.place, in: session,
            means: Words(
                """
                The server told UID \(uid) of message \(number), and before that UID \(other.uid) of message \
                \(other.number).
                """,
                ja: """
                    サーバーはメッセージ \(number) の UID を \(uid) と伝えましたが、先にメッセージ \(other.number) の UID を \
                    \(other.uid) と伝えています。
                    """))
    }

    /// The first that has this number or a greater one.
    private func lowerBound(_ number: UInt64) -> Int {
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
