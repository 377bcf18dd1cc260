import Conversation
import Message

/// Hears a session and tells what is wrong with it. Costs the same for each thing heard, however long the session.
///
/// It is a sink of the session's machine; what no peer said it is told by `hear`, after the machine was.
public struct Linter: ConversationSink, Sendable {
    private var session: SessionSoFar
    private var rules: AskedRules
    private var findings = Findings()
    private var isOver = false
    /// Replies no longer belong to their commands: what is found from here on has its cause in that.
    private var isAdrift = false
    private var plot: Plot
    private var messages = PerDirection<BegunMessage?>(nil)
    private var bodies = PerDirection<HeardBody?>(nil)

    public init(_ context: LintContext, rules: [any Rule.Type] = Catalogue.all) {
        session = SessionSoFar(context)
        plot = Plot(context.dialect)
        self.rules = AskedRules(
            rules.filter { rule in
                rule.about.dialects.contains(context.dialect) && (context.judgesServer || rule.about.side != .server)
            })
    }

    /// Takes what happened beside the conversation: handshakes, gaps, mailtee's remarks, the end.
    public mutating func hear<Bytes: Sendable>(_ event: SessionEvent<Bytes>, at time: Timestamp) {
        switch event {
        case .opened, .bytes, .compressed, .halfClosed: break
        case .lost(let direction, let count):
            session.lost(at: time)
            tell(.lost) { $0.lost(direction, count: UInt64(clamping: count), at: time, in: $1) }
        case .note(let note): session.hear(note)
        case .tls(let facts):
            session.hear(facts, at: time)
            plot.hear(facts, at: time)
            tell(.handshake) { $0.handshake(facts, at: time, in: $1) }
            if facts.securesClient { session.secured() }
        case .closed(let end): session.ended(end, at: time)
        }
    }

    /// What was found since the last call, for who wants to know while the session goes on. A finding may turn out later
    /// to have its cause in another one: the report leaves it out then.
    public mutating func takeNews() -> [Finding] { findings.takeNews() }

    /// No more is to come: what was found. To be asked once the machine has finished.
    public mutating func finish() -> LintReport {
        if !isOver {
            isOver = true
            tell(.ended) { $0.ended(in: $1) }
        }
        var report = findings.report
        report.verdict = Judge(plot: plot, session: session, findings: report.findings).verdict()
        return report
    }

    private mutating func tell(_ event: RuleEvents, _ hear: (inout any Rule, SessionSoFar) -> Finding?) {
        // Once for all the rules: each would be handed a copy of its own otherwise.
        let session = session
        var found: [(Finding, RuleDescription)] = []
        rules.tell(event, { hear(&$0, session) }) { found.append(($0, $1)) }
        for (finding, about) in found {
            if !isAdrift { findings.add(finding, of: about) }
            if about.desynchronises { isAdrift = true }
        }
    }

    private mutating func tell(_ listing: CapabilityListing?) {
        guard let listing else { return }
        tell(.capabilities) { $0.capabilities(listing, in: $1) }
    }
}

// MARK: - What the machine tells

extension Linter {
    public mutating func utterance(_ utterance: Utterance) {
        let listing = session.hear(utterance)
        tell(.utterance) { $0.utterance(utterance, in: $1) }
        tell(listing)
        session.heard(utterance, listing)
    }

    public mutating func exchange(_ exchange: Exchange) {
        let listing = session.hear(exchange)
        tell(.exchange) { $0.exchange(exchange, in: $1) }
        tell(listing)
        session.heard(exchange, listing)
        plot.exchange(exchange, in: session)
        findings.told(exchange, number: session.exchange)
    }

    public mutating func messageBegan(_ message: MessageStart) {
        messages[message.direction] = BegunMessage(
            start: message, reader: MessageReader(dotStuffed: message.dotStuffed, hasHeader: message.hasHeader))
        tell(.messageBegan) { $0.messageBegan(message, in: $1) }
    }

    public mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp
    ) {
        messages[direction]?.reader.received(bytes)
        tell(.messageBytes) { $0.messageBytes(bytes, from: direction, offset: offset, at: at, in: $1) }
    }

    public mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        guard var begun = messages[direction] else { return }
        messages[direction] = nil
        // What a part asked for leaves out is not missing.
        let read = begun.reader.finished(complete: complete && !begun.start.partial)
        let message = HeardMessage(start: begun.start, complete: complete, until: at, read: read)
        tell(.messageEnded) { $0.messageEnded(message, in: $1) }
        session.heard(message)
        plot.message(message)
    }

    public mutating func bodyBegan(_ body: BodyStart) {
        bodies[body.direction] = HeardBody(start: body)
        tell(.bodyBegan) { $0.bodyBegan(body, in: $1) }
    }

    public mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        bodies[direction]?.octets += UInt64(bytes.count)
    }

    public mutating func bodyEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        guard let body = bodies[direction] else { return }
        bodies[direction] = nil
        tell(.bodyEnded) { $0.bodyEnded(body.start, octets: body.octets, complete: complete, in: $1) }
    }

    public mutating func tlsBegins(at: Timestamp) {
        session.agreed(at: at)
        tell(.agreedOnTLS) { $0.agreedOnTLS(at: at, in: $1) }
    }
}

private struct BegunMessage: Sendable {
    var start: MessageStart
    var reader: MessageReader
}

private struct HeardBody: Sendable {
    var start: BodyStart
    var octets: UInt64 = 0
}
