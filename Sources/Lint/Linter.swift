import Conversation

/// Hears a session and tells what is wrong with it. Costs the same for each thing heard, however long the session.
///
/// It is a sink of the session's machine; what no peer said it is told by `hear`, after the machine was.
public struct Linter: ConversationSink, Sendable {
    private var session: SessionSoFar
    private var rules: [any Rule]
    private var findings = Findings()
    private var isOver = false

    public init(_ context: LintContext, rules: [any Rule.Type] = Catalogue.all) {
        session = SessionSoFar(context)
        self.rules = rules.filter { $0.about.dialects.contains(context.dialect) }.map { $0.init() }
    }

    /// Takes what happened beside the conversation: handshakes, gaps, mailtee's remarks, the end.
    public mutating func hear<Bytes: Sendable>(_ event: SessionEvent<Bytes>, at time: Timestamp) {
        switch event {
        case .opened, .bytes, .compressed, .halfClosed: break
        case .lost: session.lost(at: time)
        case .note(let note): session.hear(note)
        case .tls(let facts):
            session.hear(facts, at: time)
            tell { $0.handshake(facts, at: time, in: $1) }
        case .closed(let end): session.ended(end, at: time)
        }
    }

    /// No more is to come: what was found. To be asked once the machine has finished.
    public mutating func finish() -> LintReport {
        if !isOver {
            isOver = true
            tell { $0.ended(in: $1) }
        }
        return findings.report
    }

    /// A rule that has said all it has to say is not asked again.
    private mutating func tell(_ hear: (inout any Rule, SessionSoFar) -> Finding?) {
        var index = 0
        while index < rules.count {
            guard let finding = hear(&rules[index], session) else {
                index += 1
                continue
            }
            let about = type(of: rules[index]).about
            findings.add(finding, of: about)
            if about.repeats { index += 1 } else { rules.remove(at: index) }
        }
    }

    private mutating func tell(_ listing: CapabilityListing?) {
        guard let listing else { return }
        tell { $0.capabilities(listing, in: $1) }
    }
}

// MARK: - What the machine tells

extension Linter {
    public mutating func utterance(_ utterance: Utterance) {
        let listing = session.hear(utterance)
        tell { $0.utterance(utterance, in: $1) }
        tell(listing)
    }

    public mutating func exchange(_ exchange: Exchange) {
        let listing = session.hear(exchange)
        tell { $0.exchange(exchange, in: $1) }
        tell(listing)
        findings.told(exchange, number: session.exchange)
    }

    public mutating func messageBegan(_ message: MessageStart) {
        tell { $0.messageBegan(message, in: $1) }
    }

    public mutating func messageBytes(
        _ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp
    ) {
        tell { $0.messageBytes(bytes, from: direction, offset: offset, at: at, in: $1) }
    }

    public mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        tell { $0.messageEnded(direction, complete: complete, at: at, in: $1) }
    }

    public mutating func tlsBegins(at: Timestamp) {
        session.agreed(at: at)
        tell { $0.agreedOnTLS(at: at, in: $1) }
    }
}
