import Conversation
import Wire

/// The client uses a tag a second time.
struct IMAPClientTagReuse: Rule {
    static let hears: RuleEvents = [.utterance]
    /// Tags that are remembered: a client that begins anew after a thousand commands does no harm.
    private static let remembered = 256
    /// Bytes of one that are compared.
    private static let length = 64

    static let about = RuleDescription(
        id: "imap.client.tag-reuse",
        title: Words("The client uses a tag twice", ja: "同じタグが二度使われている"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §2.2.1; RFC 3501 §2.2.1",
        means: Words(
            """
            The tag is all that tells to which command an answer belongs. While a command with the same tag waits for \
            its answer, nobody can tell which of the two is answered; later it makes logs and clients err.
            """,
            ja: """
                どのコマンドへの応答かを示すのはタグだけです。同じタグのコマンドが応答待ちの間は、どちらへの応答か誰にも分かりません。\
                応答の後であっても、ログの読み違いやクライアントの誤動作の元になります。
                """),
        remedy: Words(
            "Count the tags up with each command of the connection.",
            ja: "接続の中では、コマンドごとにタグの番号を増やしてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 NOOP
            C: a2 CAPABILITY
            S: a2 OK done
            S: * CAPABILITY IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE
            S: a2 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 NOOP
            C: a3 CAPABILITY
            S: a2 OK done
            S: * CAPABILITY IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var tags: Set<[UInt8]> = []
    private var order: [[UInt8]] = []
    /// The oldest of them.
    private var next = 0

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.kind == .command, line.end != .none, session.piece(line) == .start,
            !ASCII.equal(line.bytes, "DONE")
        else { return nil }
        let tag = line.bytes.prefix { !$0.isBlank }
        // A tag alone is no command, and is another rule's matter.
        guard !tag.isEmpty, tag.count < line.bytes.count else { return nil }
        let isPending = session.imap.isPending(tag)
        guard isPending || !remember(Array(tag.prefix(Self.length))) else {
            return finding(
                at: Place(line), in: session, severity: .warning,
                means: Words(
                    "The client said \(Quote.of(line)), and had used this tag for an earlier command.",
                    ja: "クライアントは \(Quote.of(line)) を送りましたが、このタグは以前のコマンドで使われています。"))
        }
        guard isPending else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                """
                The client said \(Quote.of(line)) while another command with this tag waits for its answer. Which of \
                the two an answer belongs to cannot be told.
                """,
                ja: """
                    クライアントは、同じタグの別のコマンドがまだ応答待ちの間に \(Quote.of(line)) を送りました。\
                    応答がどちらのものか区別できません。
                    """))
    }

    /// - Returns: true where it was used before.
    private mutating func remember(_ tag: [UInt8]) -> Bool {
        guard tags.insert(tag).inserted else { return true }
        if order.count < Self.remembered {
            order.append(tag)
        } else {
            tags.remove(order[next])
            order[next] = tag
            next = (next + 1) % Self.remembered
        }
        return false
    }
}
