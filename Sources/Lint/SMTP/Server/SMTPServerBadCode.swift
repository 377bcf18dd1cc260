import Conversation
import Wire

/// A line of the server's begins with no reply code.
struct SMTPServerBadCode: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "smtp.server.bad-code",
        title: Words(
            "A line of the server's does not begin with a valid reply code",
            ja: "サーバーの行が正しい応答コードで始まっていない"),
        severity: .error,
        side: .server,
        clause: "RFC 5321 §4.2, §4.3.2",
        means: Words(
            """
            Each line of a reply begins with three digits: the first from 2 to 5, the second from 0 to 5. Clients go \
            by these alone. They cannot tell what another line means, and should take it for a failure for good.
            """,
            ja: """
                応答の各行は 3 桁の数字で始まります。1 桁目は 2 から 5、2 桁目は 0 から 5 です。クライアントはこの数字だけで\
                判断するので、それ以外の行の意味は分からず、恒久的な失敗とみなすことになります。
                """),
        remedy: Words(
            "Begin each line with a code of RFC 5321 §4.2.3; where one is made by a script or a filter, mend it there.",
            ja: """
                各行を RFC 5321 §4.2.3 のコードで始めてください。スクリプトやフィルターが返す応答であれば、そちらを\
                直してください。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 650 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250 mx.example.com
            C: NOOP
            S: 250 fine
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp],
        explains: [
            SMTPServerNoReply.self, SMTPServerDoubleReply.self, SMTPServerCodeForPhase.self, SMTPServerWrongClass.self,
            SMTPServerNo221.self, SMTPServerClosesWithout421.self, SMTPServerPipeliningLost.self,
        ])

    private var lines = ReplyLines()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        // Behind a gap a line may be the end of one.
        guard lines.isText(line, in: session), !session.hasGap else { return nil }
        let digits = line.bytes.prefix { $0.isDigit }
        guard !SMTPReplyCodes.isWellFormed(digits) else { return nil }
        // Clients go by the first digit, and a few such codes are in use.
        let isMild = digits.count == 3 && (0x32...0x35).contains(digits.first ?? 0)
        return finding(
            at: Place(line), in: session, severity: isMild ? .warning : nil,
            means: Words(
                """
                The server said \(Quote.of(line)), which \(digits.isEmpty ? "begins with no code" : Self.wrongEN). \
                \(isMild ? "Most clients go by its first digit." : "A client cannot tell what it means.")
                """,
                ja: """
                    サーバーは \(Quote.of(line)) と言いました。\(digits.isEmpty ? "コードで始まっていません" : Self.wrongJA)。\
                    \(isMild ? "多くのクライアントは 1 桁目で判断します。" : "クライアントには意味が分かりません。")
                    """))
    }

    private static let wrongEN = "begins with a number that is no reply code"
    private static let wrongJA = "先頭の数字は応答コードとして正しくありません"
}
