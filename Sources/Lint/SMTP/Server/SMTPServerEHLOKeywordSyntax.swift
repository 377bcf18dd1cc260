import Conversation
import Wire

/// A line of the answer to EHLO is not a keyword and its parameters.
struct SMTPServerEHLOKeywordSyntax: Rule {
    static let hears: RuleEvents = [.exchange]
    static let about = RuleDescription(
        id: "smtp.server.ehlo-keyword-syntax",
        title: Words(
            "A line of the answer to EHLO does not begin with a keyword",
            ja: "EHLO への応答にキーワードの文法に合わない行がある"),
        severity: .warning,
        side: .server,
        clause: "RFC 5321 §4.1.1.1",
        means: Words(
            """
            After the first line each one is a keyword of letters, digits and hyphens, then parameters with a space \
            before each. Clients overlook what is written otherwise, or give up.
            """,
            ja: """
                2 行目からは、英数字とハイフンから成るキーワードと、空白で区切ったパラメーターを 1 行に一つずつ書きます。\
                それ以外の書き方の行は、クライアントに無視されるか、エラーの原因になります。
                """),
        remedy: Words(
            "Write one keyword a line, without punctuation, and greet in the first line only.",
            ja: "1 行にキーワードを一つだけ、記号を付けずに書き、挨拶の文は最初の行だけにしてください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-SIZE 10240000
            S: 250 Ok, go ahead
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com go ahead
            S: 250-SIZE 10240000
            S: 250 X-GO-AHEAD
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    private enum Flaw {
        case empty
        /// `AUTH=LOGIN`, as it was said before the extension was a standard.
        case sign
        /// `PIPE_CONNECT`, as Exim said it.
        case underscore
        case keyword
        case parameter

        var isMild: Bool {
            switch self {
            case .empty, .sign, .underscore: true
            case .keyword, .parameter: false
            }
        }
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.verb == "EHLO" || exchange.verb == "LHLO", let reply = exchange.replies.last,
            reply.code == "250", !session.hasGap
        else { return nil }
        var mild: (Flaw, [UInt8])?
        for line in reply.lines.dropFirst() {
            guard let flaw = Self.flaw(line) else { continue }
            guard flaw.isMild else { return found(flaw, line, reply, in: session) }
            if mild == nil { mild = (flaw, line) }
        }
        return mild.map { found($0.0, $0.1, reply, in: session) }
    }

    private func found(_ flaw: Flaw, _ line: [UInt8], _ reply: Reply, in session: SessionSoFar) -> Finding {
        let why =
            switch flaw {
            case .empty: Words("has no keyword", ja: "キーワードがありません")
            case .sign:
                Words(
                    "has a `=` behind its keyword, a form that only ancient clients read",
                    ja: "キーワードの後に `=` があり、これを読むのはごく古いクライアントだけです")
            case .underscore:
                Words("has a `_` in its keyword, which the grammar does not know", ja: "キーワードに文法で許されない `_` があります")
            case .keyword:
                Words("does not begin with a keyword of letters, digits and hyphens", ja: "英数字とハイフンから成るキーワードで始まっていません")
            case .parameter: Words("has a parameter that is not printable ASCII", ja: "パラメーターに印字可能な ASCII 以外の文字があります")
            }
        return finding(
            at: Place(reply, exchange: session.exchange), in: session, severity: flaw.isMild ? .note : nil,
            means: Words(
                "In the answer to EHLO the line \(Quote.of(line)) \(why.en).",
                ja: "EHLO への応答の行 \(Quote.of(line)) は、\(why.ja)。"))
    }

    private static func flaw(_ line: [UInt8]) -> Flaw? {
        let words = ASCII.words(line[...])
        guard let keyword = words.first else { return .empty }
        let name = keyword.prefix { $0 != Byte.equals }
        let isName =
            name.first.map { $0.isLetter || $0.isDigit } == true
            && name.allSatisfy { $0.isLetter || $0.isDigit || $0 == Byte.hyphen || $0 == underscore }
        guard isName else { return .keyword }
        let isPrintable = words.allSatisfy { $0.allSatisfy { (0x21...0x7E).contains($0) || $0 == Byte.cr } }
        guard isPrintable else { return .parameter }
        if name.contains(underscore) { return .underscore }
        return name.count < keyword.count ? .sign : nil
    }

    private static let underscore = UInt8(ascii: "_")
}
