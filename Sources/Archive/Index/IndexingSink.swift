import Conversation
import Lint
import Message
import Wire

/// Hears a session for its place in the index.
struct IndexingSink: SpokenLineSink {
    private(set) var exchangeCount = 0
    private(set) var messageCount = 0
    private(set) var tls = false
    private var offer = OfferOfTLS()
    private var handshakes: [TLSFacts] = []
    private(set) var details = SessionDetails()
    var messages = PerDirection<MessageText?>(nil)
    var bodies = PerDirection<BodyText?>(nil)
    private var current = PerDirection<Passing?>(nil)

    /// A message that passes now.
    private struct Passing {
        var message: SessionDetails.Message
        var subject: [UInt8] = []
        var isInSubject = false

        mutating func readSubject(_ line: [UInt8]) {
            if isInSubject, line.first?.isBlank == true {
                subject += line.prefix(ArchiveLimits.subject - min(subject.count, ArchiveLimits.subject))
                return
            }
            isInSubject = false
            guard subject.isEmpty, let colon = line.firstIndex(of: Byte.colon), ASCII.equal(line[..<colon], "SUBJECT")
            else { return }
            isInSubject = true
            subject = Array(line[(colon + 1)...].drop(while: { $0.isBlank }).prefix(ArchiveLimits.subject))
        }
    }

    /// The subject of the first message that has one.
    var firstSubject: String? { details.messages.lazy.compactMap(\.subject).first }

    /// nil also where it was mailtee that offered it: it spoke TLS with the client, and not with the server by agreement.
    var offersTLS: Bool? {
        let isOurs =
            handshakes.contains { $0.securesClient && $0.start == .starttls }
            && !handshakes.contains { $0.leg == .server && $0.start == .starttls }
        return isOurs ? nil : offer.isOffered
    }

    mutating func handshake(_ facts: TLSFacts) {
        handshakes.append(facts)
        offer.hear(facts)
    }

    mutating func exchange(_ exchange: Exchange) {
        offer.exchange(exchange)
        if !exchange.verb.isEmpty { exchangeCount += 1 }
        guard details.exchanges.count < ArchiveLimits.exchanges else {
            details.hasAllExchanges = false
            return
        }
        details.exchanges.append(
            SessionDetails.Exchange(
                verb: exchange.verb, code: exchange.replies.last?.code, asked: exchange.asked,
                latency: exchange.latency, phase: exchange.phase))
    }

    mutating func messageBegan(_ start: MessageStart) {
        if !start.partial || start.completesHeader { messageCount += 1 }
        messages[start.direction] = MessageText(start)
        // What has no header is no message that one could name.
        current[start.direction] = nil
        guard start.hasHeader else { return }
        current[start.direction] = Passing(
            message: SessionDetails.Message(
                direction: start.direction, offset: start.offset, size: 0, isComplete: false, envelope: start.envelope))
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        finishMessage(direction)
        guard let passed = current[direction] else { return }
        current[direction] = nil
        var ended = passed.message
        let subject = passed.subject
        ended.isComplete = complete
        ended.subject = subject.isEmpty ? nil : Picture.of(text: EncodedWord.decode(subject) ?? subject.text)
        guard details.messages.count < ArchiveLimits.messages else { return }
        details.messages.append(ended)
    }

    var wantsBodies: Bool { details.hasWholeText }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        current[direction]?.message.size += bytes.count
        // Once the header is read and the text is full, only the size is wanted.
        guard details.hasWholeText || messages[direction]?.isInHeader == true else { return }
        feedMessage(bytes, from: direction, offset: offset, at: at)
    }

    mutating func utterance(_ utterance: Utterance) {
        offer.utterance(utterance)
        if details.hasWholeText { line(SpokenLine(utterance)) }
    }

    mutating func bodyBegan(_ start: BodyStart) {
        bodies[start.direction] = BodyText(start, folds: !details.hasWholeText)
    }

    mutating func tlsBegins(at time: Timestamp) {
        tls = true
        offer.tlsBegins(at: time)
    }

    mutating func line(_ line: SpokenLine) {
        if line.isHeader { current[line.direction]?.readSubject(line.bytes) }
        guard details.hasWholeText else { return }
        if line.isPlain { add(line.bytes) } else { add(line.text) }
        if let decoded = line.decoded { add(Picture.of(text: decoded)) }
    }

    /// What no peer said.
    mutating func aside(_ text: String) {
        add(Picture.of(text: text))
    }

    private mutating func add(_ text: String) {
        add(Array(text.lowercased().utf8))
    }

    /// - Parameter bytes: UTF-8, of which ASCII may be in any case.
    private mutating func add(_ bytes: [UInt8]) {
        guard details.hasWholeText else { return }
        guard details.text.count + bytes.count < ArchiveLimits.text else {
            details.hasWholeText = false
            details.text = []
            return
        }
        for byte in bytes { details.text.append(byte.lowercased) }
        details.text.append(Byte.lf)
    }
}
