import Conversation
import Message

/// The zone of the Date is no offset.
struct MsgDateObsoleteZone: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.date-obsolete-zone",
        title: Words("The Date has a zone by name, or none", ja: "Date のタイムゾーンが名前か、または無い"),
        severity: .warning,
        side: .message,
        clause: "RFC 5322 §3.3; RFC 5322 §4.3",
        means: Words(
            """
            The zone is written as hours and minutes, `+0900`. Names of zones are obsolete: RFC 5322 lists \
            ten of them, from GMT to PDT, and any other, such as JST, means an unknown zone to a reader \
            that goes by it. Then the time is off by hours.
            """,
            ja: """
                タイムゾーンは `+0900` のように時と分で書きます。名前での指定は廃止されています。RFC 5322 に残る\
                のは GMT から PDT までの 10 個だけで、JST などそれ以外の名前は不明なゾーンとして扱われ、時刻が何\
                時間もずれます。
                """),
        remedy: Words(
            "Write the offset from UTC, as in `+0900` or `+0000`.", ja: "`+0900` や `+0000` のように UTC との差を書いてください。"),
        violating: SampleMail.submitted(SampleMail.mail(date: "Tue, 4 Mar 2025 10:20:30 JST")),
        conforming: SampleMail.submitted(SampleMail.mail(date: "Tue, 4 Mar 2025 10:20:30 +0900 (JST)")),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    private static let kinds: Set<DateOddity> = [.obsoleteZone, .militaryZone, .unlistedZone, .noZone]

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.read.hasHeader, let field = message.read.field("DATE"), field.bytesBeyond == 0,
            let date = DateTime(field.value),
            // What is no date of RFC 5322 at all is told as such.
            !date.has(.foreignForm), let oddity = date.oddities.first(where: { Self.kinds.contains($0.kind) })
        else { return nil }
        let place = field.place(of: oddity.range.clamped(to: 0..<field.value.count))
        let what: Words =
            switch oddity.kind {
            case .obsoleteZone: Words("gives its zone by a name that is obsolete", ja: "廃止されたゾーン名を使っています")
            case .militaryZone:
                Words(
                    """
                    gives its zone by a single letter, which is to be taken for an unknown zone
                    """, ja: "1 文字のゾーン名を使っており、不明なゾーンとして扱われます")
            case .unlistedZone:
                Words(
                    """
                    gives its zone by a name that RFC 5322 does not list, which is to be taken for an unknown zone
                    """, ja: "RFC 5322 にないゾーン名を使っており、不明なゾーンとして扱われます")
            default:
                Words("has no zone, so that nobody knows when that was elsewhere", ja: "タイムゾーンがなく、ほかの地域での時刻が分かりません")
            }
        return finding(
            message, at: place.isEmpty ? field.range : place, in: session,
            means: Words("\(field.quote) \(what.en).", ja: "\(field.quote) は\(what.ja)。"))
    }
}
