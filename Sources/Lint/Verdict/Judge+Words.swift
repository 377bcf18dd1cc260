import Conversation
import Wire

/// What a trouble is in words, and the verdict where no finding explains it.
extension Judge {
    func unexplained(_ trouble: Plot.Trouble) -> Verdict {
        let outcome = plot.outcome(session.dialect)
        let told = told(trouble)
        switch trouble {
        case .refused(let refusal) where refusal.tokenError != nil:
            return Verdict(
                cause: "refused.token", fault: .client,
                words: outcome + told
                    + Words(
                        "Before that it had said what is wrong with the token: \(refusal.tokenError ?? ""). The client has to answer that with an empty line, and to get a new token.",
                        ja:
                            "その前に、サーバーはトークンの問題を \(refusal.tokenError ?? "") と伝えています。クライアントはこれに空行で答え、新しいトークンを取得する必要があります。"
                    ),
                place: refusal.place)
        case .waited(let refusal):
            return Verdict(cause: "client.waits", fault: .client, words: outcome + told, place: refusal.place)
        case .refused(let refusal):
            if let server = refusedWithoutReason(refusal) {
                return Verdict(
                    cause: server.id, fault: .server, words: outcome + told + server.words, place: refusal.place)
            }
            guard let meaning = RefusalMeaning.of(refusal, in: session.dialect) else {
                return Verdict(cause: "refused", fault: .none, words: outcome + told, place: refusal.place)
            }
            return Verdict(
                cause: meaning.id, fault: meaning.fault, words: outcome + told + meaning.words + hint(meaning),
                place: refusal.place)
        case .unanswered(let verb, let place):
            // A client that has waited for so long may go.
            let hasLeft = session.end == .closed(first: .client) || session.end == .reset(by: .client)
            let isServer = !hasLeft || session.last.since(place.at) >= Self.longWait
            var words = outcome + told
            if hasLeft {
                words =
                    words
                    + (isServer
                        ? Words(
                            "The client waited \(seconds(since: place.at)) seconds, and left.",
                            ja: "クライアントは \(seconds(since: place.at)) 秒待って切断しました。")
                        : Words(
                            "The client left before the server could answer\(verb.isEmpty ? "" : " it").",
                            ja: "クライアントはサーバーの応答を待たずに切断しました。"))
            } else if session.end == .closed(first: .server) {
                words =
                    words
                    + Words(
                        "The server closed the connection after \(seconds(since: place.at)) seconds.",
                        ja: "サーバーは \(seconds(since: place.at)) 秒後に接続を閉じました。")
            }
            return Verdict(
                cause: isServer ? "server.left" : "client.left", fault: isServer ? .server : .client,
                words: words, place: place)
        case .repliesMissing(_, _, let place):
            let hasLeft = session.end == .closed(first: .client) && session.last.since(place.at) < Self.longWait
            return Verdict(
                cause: "server.replies-missing", fault: hasLeft ? .client : .server, words: outcome + told, place: place
            )
        case .dismissed(let reply, let place):
            let meaning = DismissalMeaning.of(reply)
            return Verdict(
                cause: meaning.id, fault: meaning.fault, words: outcome + told + meaning.words, place: place)
        case .gaveUp(let heard):
            return Verdict(cause: "client.gave-up", fault: .none, words: outcome + told, place: heard?.place)
        case .handshake(_, let place):
            return Verdict(cause: "tls.failed", fault: .tls, words: outcome + told, place: place)
        case .unreachable: return Verdict(cause: "server.unreachable", fault: .none, words: told)
        case .reset(let by, let place):
            return Verdict(
                cause: "\(by.rawValue).reset", fault: Verdict.Fault(by.speakerSide), words: outcome + told, place: place
            )
        case .serverLeft(let place):
            return Verdict(cause: "server.left", fault: .server, words: outcome + told, place: place)
        case .clientLeft(let place):
            return Verdict(cause: "client.left", fault: .client, words: outcome + told, place: place)
        case .messageCut(let by, let place):
            return Verdict(
                cause: "\(by.rawValue).message-cut", fault: Verdict.Fault(by.speakerSide), words: outcome + told,
                place: place)
        }
    }

    /// What the session shows of the reason beyond the reply.
    private func hint(_ meaning: RefusalMeaning) -> Words {
        let smtp = session.smtp
        guard meaning.id == "refused.relay-denied", session.layer == .clear, !smtp.isAuthenticated,
            smtp.offers("STARTTLS"), !smtp.offers("AUTH")
        else { return Words("", ja: "") }
        return Words(
            "It offers no login outside TLS and lists STARTTLS: turn TLS on in the client, and it can log in.",
            ja: "TLS の外では認証を提供していませんが STARTTLS は示しています。クライアントで TLS を有効にすればログインできます。")
    }

    /// The trouble itself, in a sentence.
    func told(_ trouble: Plot.Trouble) -> Words {
        switch trouble {
        case .refused(let refusal):
            let reply = Quote.whole(refusal.reply)
            switch refusal.verb {
            case "" where !refusal.asked.isEmpty:
                return Words(
                    "The client said a line without a command, and the server refused it with \(reply).",
                    ja: "クライアントがコマンドのない行を送り、サーバーは \(reply) で拒否しました。")
            case "":
                return Words("The server refused the connection with \(reply).", ja: "サーバーは \(reply) と答えて接続を断りました。")
            case ".":
                return Words("The server refused the message with \(reply).", ja: "サーバーはメッセージを \(reply) で拒否しました。")
            default:
                return Words(
                    "The server refused \(refusal.command) with \(reply).",
                    ja: "サーバーは \(refusal.command) を \(reply) で拒否しました。")
            }
        case .unanswered(let verb, _):
            let name =
                verb == "."
                ? Words("the message", ja: "メッセージ")
                : Words("`\(Picture.of(text: verb))`", ja: "`\(Picture.of(text: verb))`")
            return Words("\(name.en.capitalizedFirst) was never answered.", ja: "\(name.ja) に対する応答がありませんでした。")
        case .handshake(let facts, _):
            let means = facts.failure?.means ?? ""
            return Words(
                "TLS with the \(facts.leg.rawValue) failed. \(Picture.of(text: means))",
                ja: "\(facts.leg.speakerName.ja)との TLS が成立しませんでした。\(Picture.of(text: means))")
        case .unreachable(let why):
            return Words(
                "The server could not be reached: \(Picture.of(text: why)). Check that it runs, its name and its port, and what stands between.",
                ja: "サーバーに接続できませんでした(\(Picture.of(text: why)))。サーバーが動いているか、名前とポート、途中の経路を確認してください。")
        case .reset(let by, _):
            return Words(
                "The \(by.rawValue) reset the connection in the middle of the conversation.",
                ja: "\(by.speakerName.ja)が会話の途中で接続をリセットしました。")
        case .serverLeft:
            return Words(
                "The server closed the connection in the middle of the conversation, without a word.",
                ja: "サーバーが会話の途中で何も言わずに接続を閉じました。")
        case .clientLeft:
            return Words(
                "The client closed the connection before it had done what it came for, without QUIT.",
                ja: "クライアントが用件の途中で QUIT を送らずに接続を閉じました。")
        case .waited(let refusal):
            return Words(
                "The server refused \(refusal.command) with \(Quote.of(refusal.reply)), which it may, and the client said nothing more: it waited for what only follows a yes, until the server closed the connection. A client has to go on without it.",
                ja:
                    "サーバーは \(refusal.command) を \(Quote.of(refusal.reply)) で断りました。これは認められた動作ですが、クライアントは肯定応答の続きを待ったまま何も送らず、サーバーが接続を閉じました。クライアントはそれなしに続ける必要があります。"
            )
        case .repliesMissing(let heard, let expected, _):
            return Words(
                "The server answered the end of the message \(heard) \(heard == 1 ? "time" : "times"), and had accepted \(expected) recipients; in LMTP each of them has a reply of its own.",
                ja: "サーバーはメッセージの終わりに \(heard) 回応答しましたが、受け付けた宛先は \(expected) 件です。LMTP では宛先ごとに応答が一つずつ必要です。")
        case .dismissed(let reply, _):
            return Words(
                "The server ended the session by itself, with \(Quote.whole(reply)).",
                ja: "サーバーが \(Quote.whole(reply)) と言って自分からセッションを終えました。")
        case .gaveUp(let heard):
            guard let heard else {
                return Words("The client left.", ja: "クライアントは切断しました。")
            }
            let to = heard.verb.isEmpty || heard.verb == "." ? "" : " to `\(Picture.of(text: heard.verb))`"
            return Words(
                "The client took its leave by itself; the last answer that it heard\(to) was \(Quote.whole(heard.reply)). Nobody had refused it anything: either it wanted no more than that, or it did not find what it is set to need (TLS, a way to log in, an extension) in what the server offers.",
                ja:
                    "クライアントは自分から終えました。最後に受け取った応答は \(Quote.whole(heard.reply)) です。何も拒否されていません。これだけが目的だったか、設定上必要なもの(TLS、認証方式、拡張)がサーバーの提示になかったかのどちらかです。"
            )
        case .messageCut(let by, _):
            return Words(
                "The \(by.rawValue) did not bring its message to the end: it sent less than it had announced, or broke off.",
                ja: "\(by.speakerName.ja)はメッセージを最後まで送りませんでした。予告した長さに足りないか、途中で切れています。")
        }
    }

    func seconds(since start: Timestamp) -> Int64 { max(0, session.last.since(start)) / 1_000_000_000 }
}
