import Conversation

/// What FETCH tells is malformed.
struct IMAPServerFetchSyntax: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.fetch-syntax",
        title: Words("A FETCH response is malformed", ja: "FETCH 応答の構文が正しくない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §9; RFC 3501 §9",
        means: Words(
            """
            A FETCH response is a list in parentheses of names and values: flags in parentheses, sizes and UIDs as \
            numbers. Clients that cannot read it drop the connection, and show no mail.
            """,
            ja: """
                FETCH 応答は、名前と値を並べて括弧で囲んだものです。フラグは括弧の中に、サイズと UID は数で書きます。\
                読めない応答を受け取ったクライアントは接続を切り、メールは表示されません。
                """),
        remedy: Words(
            "Find the message that the server tells of so; its structure may be what the server stumbles over.",
            ja: "該当するメッセージを調べてください。そのメッセージの構造をサーバーがうまく扱えていない可能性があります。"),
        violating: IMAPScene.selected + """
            C: a3 FETCH 2 (FLAGS UID)
            S: * 2 FETCH (FLAGS NIL UID 7)
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 FETCH 2 (FLAGS UID)
            S: * 2 FETCH (FLAGS () UID 7)
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private var reader = IMAPFetchReader()

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, let response = reader.take(line, session.piece(line)), !session.hasGap,
            let what = Self.flaw(response)
        else { return nil }
        return finding(
            at: response.place, in: session,
            means: Words(
                "In the FETCH response about message \(response.number) \(what.en): \(Quote.of(line)).",
                ja: "メッセージ \(response.number) の FETCH 応答で、\(what.ja): \(Quote.of(line))。"))
    }

    private static func flaw(_ response: IMAPFetchReader.Response) -> Words? {
        switch response.flaw {
        case .notOpened: return Words("no parenthesis opens the list", ja: "リストを開く括弧がありません")
        case .notClosed: return Words("a parenthesis is not closed", ja: "括弧が閉じていません")
        case .quoteNotClosed: return Words("a quoted string is not closed", ja: "引用文字列が閉じていません")
        case .behindQuote:
            return Words("a quoted string ends in the middle of a word", ja: "引用文字列が途中で終わっています")
        case .behindEnd: return Words("something stands behind the closing parenthesis", ja: "閉じ括弧の後に余分な文字があります")
        case .noValue: return Words("an item has no value", ja: "値のない項目があります")
        case .noBlank: return Words("no space parts a name from its value", ja: "名前と値の間に空白がありません")
        case nil: break
        }
        if let flags = response.value(of: "FLAGS"), flags != .list {
            return Words("FLAGS is no list in parentheses", ja: "FLAGS が括弧で囲んだリストになっていません")
        }
        for name in ["RFC822.SIZE", "UID"] where response.value(of: name) != nil && response.number(of: name) == nil {
            return Words("\(name) is no number", ja: "\(name) が数になっていません")
        }
        return nil
    }
}
