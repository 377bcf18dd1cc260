import Conversation
import Wire

/// Blanks in a command that are too many or missing.
struct IMAPClientSpacing: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.client.spacing",
        title: Words("A command has a blank too many or too few", ja: "コマンドの空白が多すぎる、または足りない"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §2.2.1, §9; RFC 3501 §2.2.1, §9",
        means: Words(
            """
            Exactly one space stands between the parts of a command, and none at its end. Some servers overlook it, \
            others answer BAD and do nothing.
            """,
            ja: """
                コマンドの各部分の間にはちょうど 1 個の空白を置き、行末には空白を置きません。\
                見逃すサーバーもありますが、BAD を返して何もしないサーバーもあります。
                """),
        remedy: Words(
            "Put one space, and no tab, between the parts of a command, and none before CR LF.",
            ja: "コマンドの各部分の間は空白 1 個 (タブは不可) とし、CR LF の前には空白を置かないでください。"),
        violating: IMAPScene.loggedIn + """
            C: a2  NOOP
            S: a2 BAD syntax error
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 LIST "" "two  blanks"
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private enum Flaw {
        case double
        case tab
        case trailing
        case missing(UInt8)
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client, line.end != .none else { return nil }
        let piece = session.piece(line)
        guard piece == .start || piece == .more, let flaw = Self.flaw(in: line, isFirst: piece == .start) else {
            return nil
        }
        let what =
            switch flaw {
            case .double: Words("two spaces where one is to stand", ja: "空白 1 個のところに 2 個の空白")
            case .tab: Words("a tab where a space is to stand", ja: "空白の代わりにタブ")
            case .trailing: Words("a space at its end", ja: "行末に余分な空白")
            case .missing(let byte):
                Words("no space before \(Quote.of([byte]))", ja: "\(Quote.of([byte])) の前に必要な空白の抜け")
            }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The client said \(Quote.of(line)), which has \(what.en). To the grammar this is no command.",
                ja: "クライアントの送った \(Quote.of(line)) には\(what.ja)があります。文法上、これはコマンドになりません。"))
    }

    private static func flaw(in line: Utterance, isFirst: Bool) -> Flaw? {
        let bytes = line.bytes.prefix(line.secretFrom ?? line.bytes.count)
        // A blank before the tag is another rule's matter.
        guard !isFirst || bytes.first.map({ !$0.isBlank }) ?? false else { return nil }
        var scan = IMAPQuoted.Scan()
        var last: UInt8?
        for byte in bytes {
            let isOutside = !scan.isOpen
            _ = scan.isContent(byte)
            guard isOutside else {
                last = scan.isOpen ? nil : byte
                continue
            }
            switch byte {
            case Byte.tab: return .tab
            case Byte.space where last == Byte.space: return .double
            case Byte.quote, UInt8(ascii: "("):
                if let last, last != Byte.space, last != UInt8(ascii: "(") { return .missing(byte) }
            default: break
            }
            last = scan.isOpen ? nil : byte
        }
        let isWhole = line.dropped == 0 && line.secretFrom == nil && !scan.isOpen
        return isWhole && line.bytes.last == Byte.space ? .trailing : nil
    }
}
