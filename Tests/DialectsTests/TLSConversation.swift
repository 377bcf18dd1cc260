import Dialects
import Testing

/// What two peers said to each other.
struct TLSConversation: Sendable, CustomTestStringConvertible {
    struct Turn: Sendable {
        let sender: TLSAlert.Sender
        var bytes: [UInt8]
    }

    var testDescription: String
    var turns: [Turn]

    init(_ name: String, _ turns: [Turn]) {
        testDescription = name
        self.turns = turns
    }

    /// Lines of hexadecimal digits; `C` and `S` begin a turn of the client's or the server's.
    init(_ name: String, hexadecimal text: String) {
        var turns: [Turn] = []
        for line in text.split(separator: "\n") {
            if line == "C" || line == "S" {
                turns.append(Turn(sender: line == "C" ? .client : .server, bytes: []))
            } else if let last = turns.indices.last {
                turns[last].bytes += [UInt8](hexadecimal: String(line))
            }
        }
        self.init(name, turns)
    }

    /// The first that was said.
    var opening: [UInt8] { turns.first?.bytes ?? [] }

    var clientHello: ClientHello? {
        guard case .clientHello(let hello) = TLSOpening.verdict([opening[...]]) else { return nil }
        return hello
    }
}

extension [UInt8] {
    init(hexadecimal text: String) {
        var digits = text.utf8.filter { $0 != UInt8(ascii: " ") }[...]
        self = []
        while let high = digits.popFirst(), let low = digits.popFirst() {
            append(UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) ?? 0)
        }
    }
}

extension TLSOpening {
    /// What is made of `pieces`, given one after another.
    static func verdict(_ pieces: [ArraySlice<UInt8>]) -> Verdict {
        var opening = TLSOpening()
        for piece in pieces { _ = opening.received(piece.span) }
        return opening.verdict
    }

    /// The same for use within an expectation, where no span may be.
    mutating func feed(_ bytes: ArraySlice<UInt8>) -> Verdict { received(bytes.span) }

    mutating func feed(_ bytes: [UInt8]) -> Verdict { received(bytes.span) }
}

extension TLSConversation {
    static let real: [TLSConversation] = [
        tls13, tls12, retried, untrustedInTLS12, untrustedInTLS13, tooOld, nothingInCommon,
    ]
}
