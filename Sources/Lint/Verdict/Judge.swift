import Conversation
import Wire

/// Finds the first cause of what came of a session.
struct Judge {
    let plot: Plot
    let session: SessionSoFar
    let findings: [Finding]

    func verdict() -> Verdict {
        guard let trouble = plot.trouble(session) else { return withoutTrouble() }
        guard let cause = cause(of: trouble) else { return unexplained(trouble) }
        let outcome = plot.outcome(session.dialect)
        // A finding about a handshake tells of it itself.
        if case .handshake = trouble { return Verdict(of: cause, outcome) }
        return Verdict(of: cause, outcome + told(trouble))
    }

    /// Nanoseconds.
    private static let longWait: Int64 = 5_000_000_000

    // MARK: - All went through

    private func withoutTrouble() -> Verdict {
        let outcome = plot.outcome(session.dialect)
        let serious = findings.filter { $0.severity > .note }
        // What was coped with is no trouble, and told all the same: who reads the chat stumbles over it.
        let coped = plot.coped.first.map { Verdict(coped: $0, wentOnBy: plot.wentOnBy, outcome) }
        let talk = serious.filter { Matter($0) == .conversation }
        if let flow = first(talk.filter { $0.severity == .error }) { return Verdict(of: flow, coped?.words ?? outcome) }
        if let gaveUp = plot.gaveUp(session) {
            if let reason = talk.last { return Verdict(of: reason, coped?.words ?? outcome) }
            // A fault of what was offered, however small, is the likeliest reason to leave.
            if let reason = findings.last(where: { Matter($0) == .conversation && Self.explainsLeaving($0) }) {
                return Verdict(of: reason, (coped?.words ?? outcome) + told(gaveUp))
            }
            return coped ?? unexplained(gaveUp)
        }
        if let coped { return coped }
        let first = serious.min { a, b in
            // Of what went through, what is at risk comes last, whatever it is.
            (Matter(a) == .hygiene ? 1 : 0, 2 - a.severity.weight, Matter(a), Self.garbles(a) ? 0 : 1)
                < (Matter(b) == .hygiene ? 1 : 0, 2 - b.severity.weight, Matter(b), Self.garbles(b) ? 0 : 1)
        }
        if let first { return Verdict(of: first, outcome) }
        return Verdict(
            cause: "ok", fault: .none, words: outcome + Words("Both sides kept to the rules.", ja: "両者とも規則どおりです。"))
    }

    private static func explainsLeaving(_ finding: Finding) -> Bool {
        finding.rule.hasSuffix("capability-unlisted") || finding.rule.hasSuffix("not-offered")
            || finding.side == .server
    }

    /// The one that counts of several: a fault of framing, since all that follows is misread; else the first.
    private func first(_ findings: [Finding]) -> Finding? {
        findings.first(where: Self.isFraming) ?? findings.first { !wasAccepted($0) } ?? findings.first
    }

    // MARK: - Something did not

    /// The finding in which the trouble has its cause; nil where none explains it.
    private func cause(of trouble: Plot.Trouble) -> Finding? {
        let serious = findings.filter { $0.severity > .note && $0.place.at <= trouble.at ?? session.last }
        switch trouble {
        case .refused(let refusal):
            if refusal.tokenError != nil { return nil }
            if refusal.isUnasked { return cause(ofUnasked: refusal, among: serious) }
            // Where lines or messages are not what the other takes them for, all that follows has its cause in that.
            if let framing = serious.first(where: { Self.isFraming($0) && $0.place.at <= refusal.place.at }) {
                return framing
            }
            if let reaction = findings.first(where: { Self.answersARefusal($0) }) {
                return reaction
            }
            let meaning = RefusalMeaning.of(refusal, in: session.dialect)
            let isPlain = meaning?.isPlain == true
            if let named = named(by: refusal, among: serious, onlyMessage: isPlain) { return named }
            if let told = findings.first(where: { Self.explaining[meaning?.id ?? ""]?.contains($0.rule) == true }) {
                return told
            }
            if ["refused.smtp", "refused.lmtp"].contains(meaning?.id) { return nil }
            // Who refuses as he may needs no reason of another's making; what counts is what the other makes of it.
            if let reaction = findings.first(where: { Self.isReaction($0) }) { return reaction }
            return serious.first {
                $0.severity == .error && Matter($0) == .conversation && $0.place.at < refusal.place.at
                    && (!isPlain || $0.side == .server) && !wasAccepted($0)
            }
        case .handshake:
            return findings.first { $0.rule.hasPrefix("tls.") && Matter($0) == .conversation && $0.severity == .error }
        case .unreachable, .waited, .gaveUp, .repliesMissing: return nil
        case .dismissed(let reply, let place):
            return serious.first {
                Matter($0) == .conversation && $0.severity == .error && $0.place.at <= place.at && !wasAccepted($0)
                    && !reply.text.isEmpty
            }
        case .unanswered, .reset, .serverLeft, .clientLeft, .messageCut:
            if let reaction = findings.first(where: { Self.isReaction($0) }) { return reaction }
            let talk = serious.filter { Matter($0) == .conversation }
            let errors = talk.filter { $0.severity == .error }
            if let framing = errors.first(where: Self.isFraming) { return framing }
            if let error = errors.first(where: { !wasAccepted($0) }) { return error }
            // What is said of the very thing that failed explains it, though it is no error.
            let ofThat = talk.last { finding in
                guard let place = trouble.place?.bytes, let bytes = finding.place.bytes else { return false }
                return place.direction == bytes.direction && place.offset == bytes.offset
                    || finding.place.exchange.map { $0 == trouble.place?.exchange } == true
            }
            return ofThat
                ?? talk.last {
                    $0.side == .client && $0.place.exchange.map(plot.failed.contains) == true && !wasAccepted($0)
                }
        }
    }

    /// A server that takes its leave without having been asked: it did not like what came before, or waited in vain.
    private func cause(ofUnasked refusal: Refusal, among serious: [Finding]) -> Finding? {
        if let early = findings.first(where: { $0.rule == "smtp.client.pregreet" }) { return early }
        guard plot.answered > 0 else { return nil }
        let talk = serious.filter { Matter($0) == .conversation }
        return talk.first(where: Self.isFraming)
            ?? findings.first { Self.isReaction($0) }
            ?? talk.first { $0.severity == .error && !wasAccepted($0) }
    }

    /// The other side took it as it was: it kept nobody from anything. What is told of the order of things, or of what
    /// they lead to, is not meant by that.
    private func wasAccepted(_ finding: Finding) -> Bool {
        guard let exchange = finding.place.exchange, finding.side == .client, Self.isFormal(finding) else {
            return false
        }
        return !plot.failed.contains(exchange)
    }

    /// About the form of one command.
    private static func isFormal(_ finding: Finding) -> Bool {
        let name = finding.rule.split(separator: ".").last.map(String.init) ?? ""
        return formal.contains(name) || name.hasPrefix("helo-") || name.hasPrefix("path-")
    }

    private static let formal: Set<String> = [
        "mail-from-space", "local-alias", "source-route", "auth-mech-not-offered", "auth-bad-base64", "param-value",
        "param-not-offered", "param-after-helo", "verb-not-offered", "trailing-space", "args-forbidden",
        "utf8-envelope", "unknown-verb", "command-too-long", "spaces", "too-long", "capability-unlisted",
        "auth-ir-unlisted", "quoted", "spacing", "syntax", "mutf7", "tag-syntax",
    ]

    /// What a reader of the message sees first of all: other characters than were meant.
    private static func garbles(_ finding: Finding) -> Bool {
        ["msg.header-raw-jis", "msg.charset-missing", "msg.charset-mismatch", "msg.double-encoded"].contains(
            finding.rule)
            || finding.rule.hasPrefix("msg.iso2022jp-")
    }

    private static func isFraming(_ finding: Finding) -> Bool {
        guard finding.severity == .error, let name = finding.rule.split(separator: ".").last else { return false }
        return framing.contains(String(name))
    }

    private static let framing: Set<String> = [
        "bare-lf", "bare-cr", "line-end", "lax-end-of-data", "unstuffed-dot", "bdat-count", "literal-count",
        "literal-no-wait", "no-terminator", "double-reply", "bad-code", "indicator", "wrong-protocol",
        "end-dot-not-alone", "no-end-of-data", "next-before-end-reply", "lines-as-replies", "client-unfinished-line",
        "server-unfinished-line", "data-after-starttls", "begun-though-refused", "multiline-code-mismatch",
        "multiline-unfinished", "listing-for-one", "missing-body", "bdat-no-last", "bdat-not-skipped",
        "done-without-idle", "literal-unlisted",
    ]

    /// Rules about what a client makes of a refusal, or of an answer that it did not expect.
    private static func isReaction(_ finding: Finding) -> Bool {
        ignoring.contains(finding.rule) && finding.severity > .note
            || finding.rule == "smtp.client.repeat-after-5yz" && finding.severity == .error
    }

    private static let ignoring: Set<String> = [
        "smtp.client.ignores-reply", "smtp.client.data-without-354", "pop3.client.ignores-err",
        "imap.client.ignores-no", "imap.client.literal-after-no", "smtp.client.abandons-accepted",
        "smtp.client.gives-up-on-252", "smtp.client.auth-abandoned", "smtp.client.talks-after-421",
        "pop3.client.gives-up",
        "pop3.client.repeats-login", "tls.begun-though-refused", "pop3.client.waits-for-listing",
    ]

    /// Rules about a client that could have gone on well after a refusal, which it was told for a good reason or for none.
    private static func answersARefusal(_ finding: Finding) -> Bool {
        finding.severity > .note
            && ["smtp.client.no-helo-fallback", "tls.begun-though-refused", "smtp.client.lmtp-waits"].contains(
                finding.rule)
    }

    /// Rules that explain what a refusal with this meaning comes from, wherever in the session they were broken.
    private static let explaining: [String: Set<String>] = [
        "refused.login-required": ["smtp.server.auth-equals"],
        "refused.unknown-command": ["smtp.client.no-helo-fallback"],
        "refused.refused": ["smtp.client.no-helo-fallback"],
        "refused.too-many-errors": ["smtp.client.repeat-after-5yz"],
        "refused.timeout": ["pop3.server.autologout-short", "smtp.server.idle-cut"],
        "refused.out-of-order": ["tls.no-new-ehlo", "smtp.client.no-hello"],
    ]

    /// A fault in what the server refused: in the command itself, or in the message that it answers.
    /// - Parameter onlyMessage: nothing is wrong with the command.
    private func named(by refusal: Refusal, among serious: [Finding], onlyMessage: Bool) -> Finding? {
        let isMessage = refusal.verb == "." || refusal.verb == "BDAT" || refusal.verb == "APPEND"
        let near = serious.filter { finding in
            guard finding.side != .tls, Matter(finding) != .hygiene else { return false }
            if isMessage, finding.side == .message || finding.place.exchange == nil { return true }
            return !onlyMessage && isNear(finding, refusal)
        }
        if !onlyMessage,
            refusal.says("helo") || refusal.says("ehlo") || refusal.says("hostname") || refusal.says("host name"),
            let hello = serious.first(where: { $0.rule.hasPrefix("smtp.client.helo-") })
        {
            return hello
        }
        return near.max { ($0.severity, $1.place.at) < ($1.severity, $0.place.at) }
    }

    private func isNear(_ finding: Finding, _ refusal: Refusal) -> Bool {
        if let exchange = finding.place.exchange, exchange == refusal.place.exchange { return true }
        guard let bytes = finding.place.bytes else { return false }
        if bytes.direction == .client { return refusal.asked.contains(bytes.offset) }
        // A line of the reply itself.
        let start = refusal.reply.offset
        return bytes.offset >= start && bytes.offset - start < UInt64(clamping: refusal.reply.length)
    }

    private func unexplained(_ trouble: Plot.Trouble) -> Verdict {
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
                cause: meaning.id, fault: meaning.fault, words: outcome + told + meaning.words, place: refusal.place)
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

    /// The trouble itself, in a sentence.
    private func told(_ trouble: Plot.Trouble) -> Words {
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
            return Words("\(Self.capital(name.en)) was never answered.", ja: "\(name.ja) に対する応答がありませんでした。")
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

    private func seconds(since start: Timestamp) -> Int64 { max(0, session.last.since(start)) / 1_000_000_000 }

    private static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension Plot.Trouble {
    /// nil: at the end of the session.
    fileprivate var at: Timestamp? {
        switch self {
        case .refused(let refusal): refusal.place.at
        case .waited(let refusal): refusal.place.at
        case .unanswered, .handshake, .unreachable, .reset, .serverLeft, .clientLeft, .messageCut, .repliesMissing,
            .gaveUp, .dismissed:
            nil
        }
    }

    /// What failed.
    fileprivate var place: Place? {
        switch self {
        case .refused(let refusal), .waited(let refusal): refusal.place
        case .unanswered(_, let place), .handshake(_, let place), .reset(_, let place), .serverLeft(let place),
            .clientLeft(let place), .messageCut(_, let place), .repliesMissing(_, _, let place):
            place
        case .dismissed(_, let place): place
        case .unreachable, .gaveUp: nil
        }
    }
}

/// How near a finding is to what makes a session fail, the nearest first.
enum Matter: Comparable {
    /// How the peers talk.
    case conversation
    /// What they carry.
    case message
    /// What is at risk though all goes through.
    case hygiene

    init(_ finding: Finding) {
        switch finding.rule {
        case let id where id.hasPrefix("msg."): self = .message
        case "tls.password-clear", "tls.not-used-though-offered", "tls.auth-offered-clear", "tls.weak-auth-clear",
            "tls.mail-clear", "tls.version", "tls.no-sni", "tls.no-close-notify", "tls.secret-in-log",
            "pop3.client.apop-used", "imap.server.preauth-clear", "http.client.password-clear", "smtp.client.no-quit",
            "pop3.client.no-quit", "imap.client.no-logout", "any.half-session":
            self = .hygiene
        default: self = .conversation
        }
    }
}

extension Verdict {
    fileprivate init(of finding: Finding, _ outcome: Words) {
        self.init(
            cause: finding.rule, fault: Fault(finding.side), words: outcome + finding.means, place: finding.place)
    }

    fileprivate init(coped refusal: Refusal, wentOnBy verbs: [String], _ outcome: Words) {
        let by = verbs.isEmpty ? "" : " by \(verbs.joined(separator: ", "))"
        let byJapanese = verbs.isEmpty ? "" : " \(verbs.joined(separator: "、")) で"
        self.init(
            cause: "coped", fault: .none,
            words: outcome
                + Words(
                    "The server refused \(refusal.command) (\(Quote.of(refusal.reply))), and the client went on\(by) without it, as it may: both are right.",
                    ja:
                        "サーバーは \(refusal.command) を断り(\(Quote.of(refusal.reply)))、クライアントはそれなしに\(byJapanese)続けました。どちらも正しい動作です。"
                ),
            place: refusal.place)
    }
}
