import Conversation
import Dialects
import Wire

/// A conversation in a text that anybody can read.
///
///     protocol: smtp
///     S: 220 ready
///     C: AUTH PLAIN «AGEAYg==»        between « and » all is secret; CR and LF never are
///     C: half a line\c                \c: no CRLF here; also \r \n \0 \xHH
///     secured                         from here on inside TLS
///     inflated                        from here on both peers are heard inflated
///     expect exchange AUTH 235 ready  verb, codes of the replies, phase; - for none
///     expect message client 12        who sends it, bytes on the wire, then `part` if it is one and `cut` if it did not end
///     expect body server 5            the same of the body of a request or response
///     expect response                 the kind of some utterance, to be found in this order
struct Transcript {
    var dialect: DialectName = .smtp
    var turns: [(Direction, [UInt8])] = []
    /// The turns that are the first inside TLS.
    var secured: Set<Int> = []
    /// The turns that are the first which are heard inflated.
    var inflated: Set<Int> = []
    /// For each direction, which bytes of what it says are secret.
    var secret = PerDirection<[Bool]>([])
    var exchanges: [String] = []
    var messages: [String] = []
    var bodies: [String] = []
    var kinds: [String] = []

    init(_ text: String) throws {
        for line in text.split(separator: "\n") {
            if line.hasPrefix("#") { continue }
            if line.hasPrefix("protocol: ") {
                guard let name = DialectName(rawValue: String(line.dropFirst(10))) else {
                    throw Bad(line: String(line))
                }
                dialect = name
            } else if line.hasPrefix("C: ") || line.hasPrefix("S: ") {
                say(line.first == "C" ? .client : .server, String(line.dropFirst(3)))
            } else if line == "secured" {
                secured.insert(turns.count)
            } else if line == "inflated" {
                inflated.insert(turns.count)
            } else if line.hasPrefix("expect exchange ") {
                exchanges.append(String(line.dropFirst(16)))
            } else if line.hasPrefix("expect message ") {
                messages.append(String(line.dropFirst(15)))
            } else if line.hasPrefix("expect body ") {
                bodies.append(String(line.dropFirst(12)))
            } else if line.hasPrefix("expect ") {
                kinds.append(String(line.dropFirst(7)))
            } else {
                throw Bad(line: String(line))
            }
        }
    }

    struct Bad: Error {
        let line: String
    }

    private mutating func say(_ direction: Direction, _ text: String) {
        var bytes: [UInt8] = []
        var isSecret = false
        var ends = true
        var scalars = Array(text.unicodeScalars)[...]
        func add(_ byte: UInt8, to transcript: inout Transcript) {
            bytes.append(byte)
            transcript.secret[direction].append(isSecret && byte != Byte.cr && byte != Byte.lf)
        }
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "«": isSecret = true
            case "»": isSecret = false
            case "\\":
                switch scalars.popFirst() {
                case "c": ends = false
                case "r": add(Byte.cr, to: &self)
                case "n": add(Byte.lf, to: &self)
                case "0": add(0, to: &self)
                case "x":
                    let digits = String(String.UnicodeScalarView(scalars.prefix(2)))
                    scalars = scalars.dropFirst(2)
                    add(UInt8(digits, radix: 16) ?? 0, to: &self)
                case let other?: for byte in String(other).utf8 { add(byte, to: &self) }
                case nil: break
                }
            default: for byte in String(scalar).utf8 { add(byte, to: &self) }
            }
        }
        isSecret = false
        if ends {
            add(Byte.cr, to: &self)
            add(Byte.lf, to: &self)
        }
        // What one side says on end is one turn: how it is cut is not for the transcript to say.
        if turns.last?.0 == direction, !secured.contains(turns.count), !inflated.contains(turns.count) {
            turns[turns.count - 1].1 += bytes
        } else {
            turns.append((direction, bytes))
        }
    }
}

/// What a machine told, in a form that does not show how the bytes were cut.
struct Told: ConversationSink, Equatable {
    var utterances: [String] = []
    var kinds: [String] = []
    var exchanges: [String] = []
    var messages: [String] = []
    var bodies: [String] = []
    var secret = PerDirection<[Bool]>([])
    var tls = 0
    var compressions = 0
    private var feeding: Direction = .client
    private var base = 0
    private var message = PerDirection<[UInt8]>([])
    private var isPart = PerDirection(false)
    private var body = PerDirection<[UInt8]>([])

    mutating func willFeed(_ direction: Direction, _ count: Int) {
        feeding = direction
        base = secret[direction].count
        secret[direction] += Array(repeating: false, count: count)
    }

    mutating func secret(_ range: Range<Int>) {
        for index in range { secret[feeding][base + index] = true }
    }

    mutating func utterance(_ utterance: Utterance) {
        kinds.append(utterance.kind.rawValue)
        utterances.append(
            "\(utterance.direction) \(utterance.kind) \(utterance.offset)+\(utterance.length) "
                + "\(Picture.of(utterance.bytes)) \(utterance.end) \(utterance.secretFrom ?? -1) \(utterance.decoded ?? "")"
        )
    }

    mutating func exchange(_ exchange: Exchange) {
        let codes = exchange.replies.map(\.code).joined(separator: ",")
        exchanges.append(
            "\(exchange.verb.isEmpty ? "-" : exchange.verb) \(codes.isEmpty ? "-" : codes) "
                + (exchange.phase.isEmpty ? "-" : exchange.phase))
    }

    mutating func messageBegan(_ start: MessageStart) {
        message[start.direction] = []
        isPart[start.direction] = start.partial
    }

    mutating func messageBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        message[direction].append(bytes, 0..<bytes.count)
    }

    mutating func messageEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        messages.append(
            "\(direction) \(message[direction].count)\(isPart[direction] ? " part" : "")\(complete ? "" : " cut")")
    }

    mutating func bodyBegan(_ start: BodyStart) {
        body[start.direction] = []
    }

    mutating func bodyBytes(_ bytes: Span<UInt8>, from direction: Direction, offset: UInt64, at: Timestamp) {
        body[direction].append(bytes, 0..<bytes.count)
    }

    mutating func bodyEnded(_ direction: Direction, complete: Bool, at: Timestamp) {
        bodies.append("\(direction) \(body[direction].count)\(complete ? "" : " cut")")
    }

    mutating func tlsBegins(at: Timestamp) {
        tls += 1
    }

    mutating func compressionBegins(at: Timestamp) {
        compressions += 1
    }
}

extension Transcript {
    /// Hears the conversation with each turn cut as `cut` says.
    func hear(_ cut: ([UInt8]) -> [[UInt8]]) -> Told {
        var machine = Dialect(dialect)
        var told = Told()
        let time = Timestamp(nanoseconds: 0)
        for (number, (direction, bytes)) in turns.enumerated() {
            if secured.contains(number) { machine.secured(at: time, into: &told) }
            if inflated.contains(number) { machine.inflated(at: time, into: &told) }
            for piece in cut(bytes) where !piece.isEmpty {
                told.willFeed(direction, piece.count)
                machine.received(piece.span, from: direction, at: time, into: &told)
            }
        }
        machine.finished(at: time, into: &told)
        // Where the feeding stood is no part of what was told.
        told.willFeed(.client, 0)
        return told
    }
}
