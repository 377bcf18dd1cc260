import Conversation
import Wire

/// How many octets a message was said to have, and how many it had: what the rules about sizes share.
struct AnnouncedOctets: Equatable {
    enum Source {
        /// LIST, which is to tell them exactly (RFC 1939 §5).
        case list
        /// The text of the answer to RETR, as in `+OK 120 octets`.
        case retrieve
    }

    enum Difference: Equatable {
        case none
        /// Line ends were counted as one octet each, as in a file of Unix's.
        case lineEnds
        /// The dots that stuff lines were counted.
        case stuffing
        /// The message has no line end of its own at its end, and the server had to add one.
        case lastLineEnd
        case other
    }

    var number: UInt64
    var announced: UInt64
    var source: Source
    /// As they are to be counted.
    var received: UInt64
    var lines: UInt64
    var stuffedDots: UInt64

    /// - Returns: nil where no whole message passed, or nothing was said of its size.
    init?(_ exchange: Exchange, in session: SessionSoFar) {
        let pop3 = session.pop3
        guard session.followsPOP3, exchange.verb == "RETR", let reply = exchange.replies.last, reply.code == "+OK",
            let number = pop3.asked(exchange)?.number, let message = pop3.message, message.complete, pop3.endIsHeard,
            !message.start.partial, message.octets.laxEnd.count == 0
        else { return nil }
        if let size = pop3.sizes[number] {
            announced = size
            source = .list
        } else if let size = Self.octets(in: reply.lines.first ?? []) {
            announced = size
            source = .retrieve
        } else {
            return nil
        }
        self.number = number
        received = message.countedOctets
        lines = message.octets.lines
        stuffedDots = message.octets.stuffedDots
        // LIST may be right and the text wrong.
        if difference == .none, let size = Self.octets(in: reply.lines.first ?? []) {
            announced = size
            source = .retrieve
        }
    }

    var difference: Difference {
        guard announced != received else { return .none }
        if received > announced {
            let missing = received - announced
            // Where the last line end was added, it was not in the file either.
            if lines > 2, missing == lines || missing == lines + 1 { return .lineEnds }
            if lines > stuffedDots, stuffedDots > 0, missing == lines - stuffedDots { return .lineEnds }
            if missing == 2 { return .lastLineEnd }
            if missing == lines { return .lineEnds }
        } else if stuffedDots > 0, announced - received == stuffedDots {
            return .stuffing
        }
        return .other
    }

    /// The number before the word `octets` or `bytes`.
    static func octets(in text: [UInt8]) -> UInt64? {
        let words = text.split { !($0.isDigit || $0.isLetter) }
        for (number, unit) in zip(words, words.dropFirst())
        where ASCII.equal(unit, "OCTETS") || ASCII.equal(unit, "BYTES") {
            return ASCII.number(number)
        }
        return nil
    }
}
