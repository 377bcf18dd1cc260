import Conversation
import Wire

/// The client takes a UID for the number of a message, or the other way round.
struct IMAPClientNumberKind: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    /// Numbers that are remembered of one kind.
    private static let remembered = 512

    static let about = RuleDescription(
        id: "imap.client.number-kind",
        title: Words("A UID is taken for a message number, or reversely", ja: "UID とメッセージ番号を取り違えている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §2.3.1, §6.4.9; RFC 3501 §2.3.1, §6.4.8",
        means: Words(
            """
            SEARCH tells numbers of messages, from 1 to how many there are, and UID SEARCH tells UIDs. FETCH, STORE and \
            COPY take the first kind, with UID before them the second. The wrong one means another message or none.
            """,
            ja: """
                SEARCH はメッセージ番号 (1 から件数まで) を、UID SEARCH は UID を返します。FETCH、STORE、COPY は前者を、\
                UID を付けたものは後者を取ります。取り違えると別のメッセージを指すか、何も指しません。
                """),
        remedy: Words(
            "Use UID SEARCH together with UID FETCH, UID STORE and UID COPY, and never mix the two kinds.",
            ja: "UID SEARCH と UID FETCH、UID STORE、UID COPY を組で使い、二種類を混ぜないでください。"),
        violating: IMAPScene.selected + """
            C: a3 UID SEARCH ALL
            S: * SEARCH 5 7 8
            S: a3 OK done
            C: a4 FETCH 7 (FLAGS)
            S: a4 BAD no such message
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 UID SEARCH ALL
            S: * SEARCH 5 7 8
            S: a3 OK done
            C: a4 UID FETCH 7 (FLAGS)
            S: * 2 FETCH (UID 7 FLAGS ())
            S: a4 OK done
            """ + IMAPScene.logout,
        dialects: [.imap], explains: [IMAPClientSeqOutOfRange.self])

    private struct Asked {
        let offset: UInt64
        let number: UInt64
        let exists: UInt64
        let byUID: Bool
    }

    /// What the last search found that told of this kind.
    private var numbers: Set<UInt64> = []
    private var uids: Set<UInt64> = []
    private var asked: Asked?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        switch line.direction {
        case .server: heard(line, session)
        case .client: asked = line.kind == .command ? asks(line, session) : asked
        }
        return nil
    }

    private mutating func heard(_ line: Utterance, _ session: SessionSoFar) {
        guard session.piece(line) == .start, let data = IMAPData(line) else { return }
        if data.is("FETCH") || data.is("VANISHED") {
            asked = nil
        } else if data.is("EXPUNGE") {
            numbers = []
            asked = nil
        } else if data.is("SEARCH") {
            // Two at a time are not told apart.
            let searches = session.imap.pending.filter { $0.verb == "SEARCH" || $0.verb == "UID SEARCH" }
            guard searches.count == 1, let search = searches.first else { return }
            let found = Set(ASCII.words(data.rest).prefix(Self.remembered).compactMap { ASCII.number($0) })
            if search.verb == "SEARCH" { numbers = found } else { uids = found }
        }
    }

    private mutating func asks(_ line: Utterance, _ session: SessionSoFar) -> Asked? {
        guard let command = session.command else { return nil }
        let verb = command.imapVerb
        if verb == "SELECT" || verb == "EXAMINE" {
            numbers = []
            uids = []
        }
        let byUID = verb == "UID FETCH" || verb == "UID STORE"
        guard byUID || IMAPVerb.numbered.contains(verb), session.imap.pending.isEmpty,
            let text = command.arguments.dropFirst(byUID ? 1 : 0).first, let set = IMAPNumbers(text),
            let number = set.single, let exists = session.imap.mailbox?.exists
        else { return nil }
        let isOther =
            byUID
            ? numbers.contains(number) && number <= exists && !uids.contains(number)
            : uids.contains(number) && number > exists
        return isOther ? Asked(offset: line.offset, number: number, exists: exists, byUID: byUID) : nil
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard let asked, exchange.offset == asked.offset, exchange.length > 0, let reply = exchange.replies.last else {
            return nil
        }
        self.asked = nil
        // A silent STORE is answered by nothing.
        guard session.followsIMAP, reply.code != "+", !(asked.byUID && Self.isSilent(exchange)) else { return nil }
        return finding(
            at: Place(commandOf: exchange, in: session), in: session,
            severity: asked.byUID || reply.code == "OK" ? .warning : nil,
            means: asked.byUID
                ? Words(
                    """
                    SEARCH told \(asked.number) for the number of a message, and the client took it for a UID: \
                    \(Quote.of(exchange.command)). The server answered \(Quote.of(reply)) and told of no message.
                    """,
                    ja: """
                        SEARCH が返した \(asked.number) はメッセージ番号ですが、クライアントはこれを UID として \
                        \(Quote.of(exchange.command)) を送りました。サーバーは \(Quote.of(reply)) と応答し、\
                        メッセージは何も返していません。
                        """)
                : Words(
                    """
                    UID SEARCH told the UID \(asked.number), and the client took it for the number of a message: \
                    \(Quote.of(exchange.command)). The mailbox has \(asked.exists) messages. The server answered \
                    \(Quote.of(reply)).
                    """,
                    ja: """
                        UID SEARCH が返した \(asked.number) は UID ですが、クライアントはこれをメッセージ番号として \
                        \(Quote.of(exchange.command)) を送りました。メールボックスには \(asked.exists) 通しかありません。\
                        サーバーは \(Quote.of(reply)) と応答しました。
                        """))
    }

    private static func isSilent(_ exchange: Exchange) -> Bool {
        ASCII.words(exchange.command[...]).contains { ASCII.uppercased($0.prefix(16)).hasSuffix("FLAGS.SILENT") }
    }
}
