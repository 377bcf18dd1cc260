import Conversation
import Wire

/// SMTP and LMTP, both peers in one state.
///
/// How the client's bytes are to be read hangs on what the server said: after DATA and 354 they are a message up to
/// the line with a dot, after 334 a step of authentication, after BDAT so many bytes, else lines. How the server's
/// replies are to be read hangs on the commands that wait for one, in their order. A client that does not wait is read
/// as if it had been told to go on, until a refusal says otherwise.
public struct SMTPMachine: DialectMachine {
    public enum Variant: Sendable {
        case smtp
        case lmtp
    }

    enum ClientMode: Sendable {
        case command
        /// AUTH was said, or 334 heard: lines are steps of the authentication.
        case response
        /// DATA was said and not answered yet.
        case awaitingGo
        /// `early`: before any 354.
        case data(early: Bool)
        case chunk(remaining: UInt64, last: Bool)
        case tls
    }

    enum Tag: Sendable {
        case greeting
        case command
        case authentication
        case data
        /// `message` tells which message it belongs to, see `messageNumber`.
        case chunk(last: Bool, message: Int)
        /// The line with the dot.
        case message
        case startTLS
    }

    let variant: Variant
    var client = LineStream(.client, limit: SMTPLimits.line)
    var server = LineStream(.server, limit: SMTPLimits.line)
    var mode = ClientMode.command
    /// The client's last line was AUTH or a step of it: what is no command goes on with that, as base64 that was wrapped.
    var mayGoOnAuthenticating = false
    var body = DottedBody()
    var messageOpen = false
    /// Counts the messages that began: the reply to a chunk may come when the next message is on its way.
    var messageNumber = 0
    var pending = PendingExchanges<Tag>(limit: SMTPLimits.pending)
    var partial: Reply?
    var envelope = Envelope()
    var acceptedRecipients = 0
    /// What the replies have confirmed.
    public internal(set) var phase = SMTPPhase.greeting
    /// The same, if all that waits for a reply succeeds: the phase in which the client believes itself.
    var expectedPhase = SMTPPhase.hello
    var isGreeted = false
    var crossing = TLSCrossing()
    /// The reply to the message came before its end.
    var answeredEarly = false
    /// The server refused a chunk that was still on its way; it reads the rest of it and forgets the message.
    var chunkRefused = false

    public init(variant: Variant) {
        self.variant = variant
    }

    public var phaseName: String { phase.rawValue }
    public var awaitedVerb: String? { pending.firstVerb }

    public mutating func received<Sink: ConversationSink>(
        _ bytes: Span<UInt8>, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        guard bytes.count > 0 else { return }
        expectGreeting(at: time)
        switch direction {
        case .client: clientSaid(bytes, at: time, into: &sink)
        case .server: serverSaid(bytes, at: time, into: &sink)
        }
    }

    mutating func expectGreeting(at time: Timestamp) {
        guard !isGreeted else { return }
        isGreeted = true
        let greeting = Exchange(
            verb: "", command: [], asked: time, offset: 0, length: 0, phase: SMTPPhase.greeting.rawValue)
        _ = pending.append(greeting, .greeting)
    }

    // MARK: - Gaps and the end

    public mutating func lost<Sink: ConversationSink>(
        _ count: UInt64, from direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        switch direction {
        case .client:
            tellUnfinishedLine(of: .client, at: time, into: &sink)
            if case .chunk(let remaining, let last) = mode {
                mode = .chunk(remaining: remaining > count ? remaining - count : 0, last: last)
                if remaining <= count { chunkEnded(last: last, at: time, into: &sink) }
            }
            if case .data = mode { body.lost(offset: client.offset, from: .client, at: time, into: &sink) }
            client.miss(count)
        case .server:
            tellUnfinishedLine(of: .server, at: time, into: &sink)
            partial = nil
            server.miss(count)
        }
    }

    public mutating func secured<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        guard isGreeted else { return }
        finished(at: time, into: &sink)
        mode = .command
        partial = nil
        envelope = Envelope()
        acceptedRecipients = 0
        phase = .hello
        expectedPhase = .hello
        crossing = TLSCrossing()
    }

    public mutating func finished<Sink: ConversationSink>(at time: Timestamp, into sink: inout Sink) {
        tellUnfinishedLine(of: .client, at: time, into: &sink)
        tellUnfinishedLine(of: .server, at: time, into: &sink)
        if messageOpen {
            body.giveUp(offset: client.offset, from: .client, at: time, into: &sink)
            closeMessage(complete: false, at: time, into: &sink)
        }
        while let entry = pending.removeFirst() {
            if case .greeting = entry.tag { continue }
            sink.exchange(entry.exchange)
        }
    }

    mutating func tellUnfinishedLine<Sink: ConversationSink>(
        of direction: Direction, at time: Timestamp, into sink: inout Sink
    ) {
        switch direction {
        case .client:
            let isResponse = if case .response = mode { true } else { false }
            client.tellUnfinished(isResponse ? .response : .command, at: time, into: &sink)
        case .server: server.tellUnfinished(.reply, at: time, into: &sink)
        }
    }
}
