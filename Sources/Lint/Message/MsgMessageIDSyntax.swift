import Conversation
import Message

/// The Message-ID is not one identifier in angle brackets.
struct MsgMessageIDSyntax: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.message-id-syntax",
        title: Words("The Message-ID is not written as one", ja: "Message-ID の形式が正しくない"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §3.6.4",
        means: Words(
            """
            A Message-ID is one identifier of the form `<left@right>`, without blanks in it. Servers and \
            readers that compare it with In-Reply-To and References do not find what is written in another \
            way, and threads break.
            """,
            ja: """
                Message-ID は `<left@right>` の形の、空白を含まない一つの識別子です。それ以外の書き方では In-Rep\
                ly-To や References と照合できず、スレッドが切れます。
                """),
        remedy: Words(
            """
            Write exactly one identifier in angle brackets: letters, digits and dots before the `@`, the \
            name of the host behind it.
            """,
            ja: """
                山括弧の中に識別子を一つだけ書いてください。`@` の前は英数字とピリオド、後ろはホスト名にします。
                """),
        violating: SampleMail.submitted(SampleMail.mail(id: "20250304102030.1@example.com")),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, let field = message.read.field("MESSAGE-ID"), field.bytesBeyond == 0 else {
            return nil
        }
        let list = MessageIDList(field.value)
        let oddities = list.oddities
        guard list.identifiers.count != 1 || !oddities.isEmpty else { return nil }
        let what = Self.what(list)
        let first = oddities.first.map { field.place(of: $0.range.clamped(to: 0..<field.value.count)) } ?? field.range
        return finding(
            message, at: first.isEmpty ? field.range : first, in: session,
            means: Words(
                "\(field.quote): \(what.en). Replies that point to it may not find it.",
                ja: """
                    \(field.quote) は\(what.ja)。返信からこのメッセージを見つけられないことがあります。
                    """))
    }

    private static func what(_ list: MessageIDList) -> Words {
        if list.identifiers.isEmpty {
            return Words("there is no identifier in angle brackets", ja: "山括弧で囲まれた識別子がありません")
        }
        if list.identifiers.count > 1 {
            return Words(
                "there are \(list.identifiers.count) identifiers instead of one",
                ja: "識別子が一つではなく \(list.identifiers.count) 個あります")
        }
        switch list.oddities.first?.kind {
        case .text: return Words("there is text outside of the angle brackets", ja: "山括弧の外に文字があります")
        case .noAt: return Words("there is no `@` with something on both sides of it", ja: "`@` がないか、その前後のどちらかが空です")
        case .blank: return Words("there are blanks inside of the angle brackets", ja: "山括弧の中に空白があります")
        case .misplacedDot:
            return Words("a dot stands at the end of a part, or next to another", ja: "ピリオドが部分の端にあるか、続いています")
        case .unclosedAngle: return Words("the angle bracket is not closed", ja: "山括弧が閉じていません")
        case .eightBit: return Words("it has bytes above 127", ja: "127 を超えるバイトがあります")
        case .comma: return Words("there is a comma", ja: "コンマがあります")
        case .badCharacter, .tooMany, .none:
            return Words("it has a character that may not stand there without quotes", ja: "引用符なしでは使えない文字があります")
        }
    }
}
