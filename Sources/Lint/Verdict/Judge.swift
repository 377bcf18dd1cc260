import Conversation

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
    static let longWait: Int64 = 5_000_000_000

    // MARK: - All went through

    private func withoutTrouble() -> Verdict {
        let outcome = plot.outcome(session.dialect)
        let serious = findings.filter { $0.severity > .note }
        // What was coped with is no trouble, and told all the same: who reads the chat stumbles over it.
        let coped = plot.coped.first.map { Verdict(coped: $0, wentOnBy: plot.wentOnBy, outcome) }
        let talk = serious.filter { Matter($0) == .conversation }
        if let flow = first(talk.filter { $0.severity == .error }) { return Verdict(of: flow, coped?.words ?? outcome) }
        if let gaveUp = plot.gaveUp(session) {
            // The form of a command that was taken tells less than what was out of order.
            if let reason = talk.last(where: { !Self.isFormal($0) }) ?? talk.last {
                return Verdict(of: reason, coped?.words ?? outcome)
            }
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
            return refusal.isUnasked
                ? cause(ofUnasked: refusal, among: serious) : cause(of: refusal, among: serious)
        case .handshake:
            return findings.first { $0.rule.hasPrefix("tls.") && Matter($0) == .conversation && $0.severity == .error }
        case .unreachable, .waited, .gaveUp, .repliesMissing: return nil
        case .dismissed(_, let place):
            return serious.first {
                Matter($0) == .conversation && $0.severity == .error && $0.place.at <= place.at && !wasAccepted($0)
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

    /// From what outweighs all to what is left where nothing else tells.
    private func cause(of refusal: Refusal, among serious: [Finding]) -> Finding? {
        let at = refusal.place.at
        let meaning = RefusalMeaning.of(refusal, in: session.dialect)
        let isPlain = meaning?.isPlain == true
        // Where lines or messages are not what the other takes them for, all that follows has its cause in that; so it has
        // in a reply that the server itself does not bring to its end well, whatever it says.
        if let told = serious.first(where: { Self.isFraming($0) && $0.place.at <= at })
            ?? findings.first(where: { Self.isFraming($0) && $0.side == .server && isNear($0, refusal) })
            ?? findings.first(where: Self.answersARefusal)
            ?? named(by: refusal, among: serious, onlyMessage: isPlain)
            ?? findings.first(where: { Self.explaining[meaning?.id ?? ""]?.contains($0.rule) == true })
        {
            return told
        }
        if ["refused.smtp", "refused.lmtp"].contains(meaning?.id) { return nil }
        // Who refuses as he may needs no reason of another's making; what counts is what the other makes of it.
        if let reaction = findings.first(where: Self.isReaction) { return reaction }
        if let before = serious.first(where: {
            $0.severity == .error && Matter($0) == .conversation && $0.place.at < at && (!isPlain || $0.side == .server)
                && !wasAccepted($0)
        }) {
            return before
        }
        // Nobody is to blame for a refusal of that kind; for one that came later, and broke the rules, somebody is.
        return isPlain ? findings.first { $0.place.at > at && failedAgainstTheRules($0) } : nil
    }

    private func failedAgainstTheRules(_ finding: Finding) -> Bool {
        guard finding.severity == .error, Matter(finding) == .conversation, !wasAccepted(finding) else { return false }
        return finding.place.exchange.map(plot.failed.contains) == true
            || finding.side == .server && Self.isFraming(finding)
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
