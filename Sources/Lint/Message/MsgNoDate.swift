import Conversation
import Message

/// There is no Date.
struct MsgNoDate: Rule {
    static let hears: RuleEvents = [.messageEnded]
    static let about = RuleDescription(
        id: "msg.no-date",
        title: Words("The message has no Date", ja: "Date フィールドがない"),
        severity: .error,
        side: .message,
        clause: "RFC 5322 §3.6; RFC 6409 §8.2",
        means: Words(
            """
            Date is one of the two fields that every message must have. Without it readers sort the message \
            by when they fetched it, or put it at the year 1970, and spam filters count it against the \
            sender. A submission server may add the field, and need not.
            """,
            ja: """
                Date はすべてのメッセージに必須の二つのフィールドの一つです。ないと、メールソフトは受信した時刻\
                や 1970 年として並べることになり、迷惑メール判定でも不利になります。投稿サーバーが補う場合もあり\
                ますが、その義務はありません。
                """),
        remedy: Words(
            """
            Let the program that makes the message write Date when the user sends it, as in `Date: Tue, 4 \
            Mar 2025 10:20:30 +0900`.
            """,
            ja: """
                メッセージを作るプログラムが、送信時に `Date: Tue, 4 Mar 2025 10:20:30 +0900` のような Date を書\
                くようにしてください。
                """),
        violating: SampleMail.submitted(SampleMail.mail(date: nil)),
        conforming: SampleMail.submitted(SampleMail.mail()),
        dialects: [.smtp, .lmtp, .pop3, .imap],
        repeats: true)

    mutating func messageEnded(_ message: HeardMessage, in session: SessionSoFar) -> Finding? {
        guard message.lacks("DATE"), !message.read.fields.isEmpty else { return nil }
        let road = message.road(in: session)
        return finding(
            aboutHeaderOf: message, in: session, severity: road == .submitted || road == .kept ? .warning : .error,
            means: Words(
                """
                The header has no Date; fields in it: \(message.read.fields.count). When the message was \
                written cannot be told.
                """,
                ja: """
                    ヘッダーにある \(message.read.fields.count) 個のフィールドの中に Date がありません。いつ書かれた\
                    メッセージなのか分かりません。
                    """))
    }
}
