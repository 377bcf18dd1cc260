import Conversation
import Wire

/// Finds where a client does not wait, and is sure of it once the reply comes that it did not wait for.
struct SMTPHaste: Sendable {
    struct Found: Sendable {
        /// What was still unanswered, in upper case.
        var verb: String
        /// What the client went on with, as it stands in a sentence.
        var next: Words
        var place: Place
        /// The server had offered PIPELINING.
        var isOffered: Bool
    }

    private var unanswered = SMTPUnanswered()
    /// `isSure`: the reply has come.
    private var suspect: (found: Found, offset: UInt64, isSure: Bool)?

    mutating func hear(_ line: Utterance, in session: SessionSoFar) {
        if line.direction == .client, let before = unanswered.before(line) {
            let quote =
                line.kind == .response
                ? Words("a step of its authentication", ja: "認証の応答") : Words(Quote.of(line), ja: Quote.of(line))
            suspect(before, quote, Place(line), in: session)
        }
        unanswered.hear(line, in: session)
    }

    mutating func hear(_ message: MessageStart, in session: SessionSoFar) {
        guard let before = unanswered.before(message) else { return }
        let bytes = SpokenBytes(.client, offset: message.offset, length: 1)
        suspect(before, Words("the message", ja: "メッセージ本体"), Place(at: message.at, bytes: bytes), in: session)
    }

    mutating func hear(_ exchange: Exchange, in session: SessionSoFar) -> Found? {
        unanswered.hear(exchange)
        guard let suspect, exchange.length > 0, exchange.offset >= suspect.offset else { return nil }
        self.suspect = nil
        guard session.followsSMTP else { return nil }
        if suspect.isSure { return suspect.found }
        guard exchange.offset == suspect.offset, let reply = exchange.replies.last,
            reply.at >= suspect.found.place.at, !exchange.offersEarlyPipelining
        else { return nil }
        return suspect.found
    }

    private mutating func suspect(
        _ before: SMTPUnanswered.Said, _ next: Words, _ place: Place, in session: SessionSoFar
    ) {
        // What is said behind STARTTLS is a matter of TLS.
        guard suspect == nil, before.verb != "STARTTLS" else { return }
        let found = Found(verb: before.verb, next: next, place: place, isOffered: session.smtp.offers("PIPELINING"))
        suspect = (found, before.offset, unanswered.isIdle)
    }
}

extension Exchange {
    /// The answer to EHLO of a server that lets clients that know it begin before they hear it, as Exim does.
    var offersEarlyPipelining: Bool {
        guard verb == "EHLO", let lines = replies.last?.lines else { return false }
        return lines.contains { line in
            ASCII.equal(line, "PIPECONNECT") || ASCII.equal(line, "PIPE_CONNECT")
                || ASCII.equal(line, "X_PIPE_CONNECT")
        }
    }
}
