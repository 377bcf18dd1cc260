import Conversation
import Wire

/// A command is not of the form that the grammar gives it.
struct IMAPClientSyntax: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    /// Commands in progress of which the pieces are kept, and bytes of each.
    private static let kept = 32
    private static let bytes = 8_192

    static let about = RuleDescription(
        id: "imap.client.syntax",
        title: Words("A command is not of the form that IMAP gives it", ja: "コマンドの書式が正しくない"),
        severity: .error,
        side: .client,
        clause: "RFC 9051 §9; RFC 3501 §9",
        means: Words(
            #"""
            The grammar says for each command which arguments it has and how each is written: a name with a blank in \#
            quotes, a date as 21-Dec-2025, flags in parentheses. A server cannot guess what is meant by anything else, \#
            and answers BAD.
            """#,
            ja: """
                各コマンドの引数とその書き方は文法で決まっています。空白を含む名前は引用符で囲み、日付は 21-Dec-2025 の形、\
                フラグは括弧の中に書きます。それ以外の書き方はサーバーに解釈できず、BAD が返ります。
                """),
        remedy: Words(
            "Write the argument as the grammar says; a library that builds the command from its parts does so.",
            ja: "引数を文法どおりに書いてください。コマンドを部品から組み立てるライブラリを使うと確実です。"),
        violating: IMAPScene.selected + """
            C: a3 SEARCH SINCE 2025-12-21
            S: a3 BAD invalid date
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 SEARCH SINCE 21-Dec-2025
            S: * SEARCH 3
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private struct Said {
        let offset: UInt64
        var pieces: [[UInt8]]
        var isCut: Bool
    }

    private var said: [Said] = []

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .client else { return nil }
        switch session.piece(line) {
        case .start:
            if said.count == Self.kept { said.removeFirst() }
            said.append(Said(offset: line.offset, pieces: [line.bytes], isCut: Self.isCut(line)))
        case .more:
            guard let last = said.indices.last else { return nil }
            let count = said[last].pieces.reduce(line.bytes.count) { $0 + $1.count }
            if count > Self.bytes || Self.isCut(line) { said[last].isCut = true }
            if !said[last].isCut { said[last].pieces.append(line.bytes) }
        case .literal, .unknown: break
        }
        return nil
    }

    private static func isCut(_ line: Utterance) -> Bool {
        line.dropped > 0 || line.end == .none || line.bytes.count > bytes
    }

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        guard exchange.length > 0, let index = said.firstIndex(where: { $0.offset == exchange.offset }) else {
            return nil
        }
        let reply = exchange.replies.last
        if reply?.code == "+" { return nil }
        let command = said.remove(at: index)
        guard !command.isCut, session.followsIMAP, !session.imap.isCompressed,
            case .malformed(let flaw) = IMAPForm(pieces: command.pieces),
            let severity = Self.severity(flaw, reply, exchange.verb)
        else { return nil }
        let answer: Words =
            reply.map {
                Words(" The server answered \(Quote.of($0)).", ja: "サーバーの応答は \(Quote.of($0)) でした。")
            } ?? Words(" It was never answered.", ja: "応答はありませんでした。")
        // Of these the end is secret.
        let isSecret = exchange.verb == "LOGIN" || exchange.verb == "AUTHENTICATE"
        let quote = isSecret ? "`\(exchange.verb)`" : Quote.of(exchange.command)
        return finding(
            at: Place(commandOf: exchange, in: session), in: session, severity: severity, clause: flaw.clause,
            means: Words(
                "The client said \(quote): \(flaw.what.en).\(answer.en)",
                ja: "クライアントは \(quote) を送りました。\(flaw.what.ja)。\(answer.ja)"))
    }

    /// nil where another rule tells it.
    private static func severity(_ flaw: IMAPForm.Flaw, _ reply: Reply?, _ verb: String) -> Severity? {
        let isRefused = reply?.code == "NO" || reply?.code == "BAD"
        switch flaw.kind {
        case .quote, .zero: return nil
        case .unmeant: return isRefused ? .error : .warning
        // A server that takes it all the same is lenient, or knows more than is known here.
        case .syntax:
            // What a server makes of a FETCH that it could not read is not what was asked for.
            return isRefused ? .error : reply == nil || verb == "FETCH" || verb == "UID FETCH" ? .warning : nil
        }
    }
}
