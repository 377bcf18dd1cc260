import Conversation
import Wire

/// The server tells another size of a message than it has.
struct IMAPServerRFC822Size: Rule {
    static let hears: RuleEvents = [.utterance]
    /// Messages whose sizes are remembered.
    private static let remembered = 1_024

    static let about = RuleDescription(
        id: "imap.server.rfc822size",
        title: Words("RFC822.SIZE is not the size of the message", ja: "RFC822.SIZE が実際の大きさと違う"),
        severity: .warning,
        side: .server,
        clause: "RFC 9051 §2.3.4; RFC 3501 §2.3.4; RFC 2683 §3.4.5",
        means: Words(
            """
            RFC822.SIZE counts the octets that BODY[] gives. Clients fetch in parts and reckon quotas by it; where it \
            is too small some cut the end of the message off, or its attachments.
            """,
            ja: """
                RFC822.SIZE は BODY[] で得られるオクテット数です。クライアントはこれで分割取得や容量計算を行います。\
                小さすぎるとメッセージや添付の末尾が欠けるクライアントがあります。
                """),
        remedy: Words(
            "Let the server count the message as it sends it, with CR LF at the end of each line.",
            ja: "行末を CR LF とし、送信するとおりの大きさを数えるようにしてください (Exchange では正確なサイズの計算を有効にします)。"),
        violating: IMAPScene.selected + """
            C: a3 UID FETCH 7 (RFC822.SIZE BODY.PEEK[])
            S: * 2 FETCH (UID 7 RFC822.SIZE 12 BODY[] {13}
            S: Subject: hi
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 UID FETCH 7 (RFC822.SIZE BODY.PEEK[])
            S: * 2 FETCH (UID 7 RFC822.SIZE 13 BODY[] {13}
            S: Subject: hi
            S: )
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var reader = IMAPFetchReader()
    private var sizes: [UInt64: UInt64] = [:]

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server else { return nil }
        let piece = session.piece(line)
        if piece == .start, IMAPNumbering.changes(line, session) { sizes = [:] }
        guard let response = reader.take(line, piece), !session.hasGap, !session.imap.isSelecting else { return nil }
        if let size = response.number(of: "RFC822.SIZE"), sizes[response.number] != nil || sizes.count < Self.remembered
        {
            sizes[response.number] = size
        }
        guard let told = sizes[response.number] else { return nil }
        for name in ["BODY[]", "RFC822"] {
            guard case .literal(let size)? = response.value(of: name), size != told else { continue }
            return finding(
                at: response.place, in: session,
                means: Words(
                    "The server told RFC822.SIZE \(told) of message \(response.number), and \(name) has \(size) octets.",
                    ja: """
                        サーバーはメッセージ \(response.number) の RFC822.SIZE を \(told) と伝えましたが、\
                        \(name) は \(size) オクテットです。
                        """))
        }
        return nil
    }
}

/// When numbers of messages mean others than before.
enum IMAPNumbering {
    /// This line of the server's changes them.
    static func changes(_ line: Utterance, _ session: SessionSoFar) -> Bool {
        guard let data = IMAPData(line) else { return false }
        if session.imap.isSelecting { return true }
        if data.is("OK") {
            let code = data.code.first
            return code.map { ASCII.equal($0, "UIDVALIDITY") || ASCII.equal($0, "CLOSED") } ?? false
        }
        return data.is("EXPUNGE") || data.is("VANISHED")
    }
}
