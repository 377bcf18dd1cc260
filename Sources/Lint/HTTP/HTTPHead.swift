import Conversation
import Wire

/// A request or response as far as its lines were heard: its first line, and what of its fields tells how it is to be
/// read.
struct HTTPHead: Sendable {
    enum Part: Sendable {
        /// Nothing was said yet.
        case none
        case header
        case body
        case trailer
        case over
    }

    enum Framing: Sendable, Equatable {
        /// Nothing is said of a length.
        case unsaid
        case counted(UInt64)
        case chunked
        /// What is said makes no sense.
        case unknown
    }

    /// The values of a field, said once or several times; the first of them.
    struct Values: Sendable {
        static let most = 8
        static let longest = 1_024

        private(set) var count = 0
        private(set) var all: [[UInt8]] = []

        var text: [UInt8] { Array(all.joined(separator: [UInt8(ascii: ","), Byte.space])) }

        mutating func append(_ value: ArraySlice<UInt8>) {
            count += 1
            if all.count < Self.most { all.append(Array(value.prefix(Self.longest))) }
        }

        /// The last one goes on with this.
        mutating func fold(_ piece: ArraySlice<UInt8>) {
            guard count == all.count, var last = all.popLast() else { return }
            if !last.isEmpty { last.append(Byte.space) }
            last += piece
            all.append(Array(last.prefix(Self.longest)))
        }
    }

    private enum Name: Sendable {
        case host
        case contentLength
        case transferEncoding
        case connection
        case date
        case expect
        case other
    }

    private(set) var part = Part.none
    /// Of its first line.
    private(set) var place: Place?
    /// In upper case; empty for a response.
    private(set) var method = ""
    /// 0 for a request.
    private(set) var code = 0
    private(set) var version: HTTPVersion?
    /// Lines of the header section, or of the trailer section, so far.
    private(set) var lines = 0
    /// One of these began with the name of a field.
    private(set) var hasField = false
    /// A line stood behind it that is no part of anything.
    private(set) var hasStrayed = false
    private(set) var host = Values()
    private(set) var contentLength = Values()
    private(set) var transferEncoding = Values()
    private(set) var connection = Values()
    private(set) var date = Values()
    private(set) var expect = Values()
    private var name = Name.other

    init() {}

    init(request line: Utterance) {
        begin(line)
        method = ASCII.uppercased(line.bytes.prefix { !$0.isBlank }.prefix(32))
        version = line.bytes.lastIndex { $0.isBlank }.flatMap { HTTPVersion(line.bytes[($0 + 1)...]) }
    }

    init(response line: Utterance) {
        begin(line)
        let words = line.bytes.split(maxSplits: 2, whereSeparator: { $0.isBlank })
        version = words.first.flatMap { HTTPVersion($0) }
        code = words.dropFirst().first.flatMap { ASCII.number($0) }.map { Int(clamping: $0) } ?? 0
    }

    private mutating func begin(_ line: Utterance) {
        part = .header
        place = Place(line)
    }

    /// The header section is over with this line.
    func isEnded(by line: Utterance) -> Bool {
        part == .header && line.kind == .field && line.bytes.isEmpty && line.end != .none
    }

    mutating func take(_ line: Utterance) {
        if line.bytes.isEmpty {
            part = part == .header ? .body : .over
            lines = 0
            return
        }
        if part == .body { part = .trailer }
        lines += 1
        guard line.bytes.first?.isBlank == false else { return fold(line.bytes[...]) }
        hasField = true
        name = .other
        guard part == .header, let colon = line.bytes.firstIndex(of: Byte.colon) else { return }
        name = Self.name(HTTPText.trimmed(line.bytes[..<colon]))
        let value = HTTPText.trimmed(line.bytes[(colon + 1)...])
        change { $0.append(value) }
    }

    private mutating func fold(_ line: ArraySlice<UInt8>) {
        let piece = HTTPText.trimmed(line)
        change { $0.fold(piece) }
    }

    mutating func takeChunk(_ line: Utterance) {
        let size = line.bytes.prefix { $0.isDigit || $0.isLetter }
        if !size.isEmpty, size.allSatisfy({ $0 == UInt8(ascii: "0") }) { part = .trailer }
    }

    mutating func hasNoBody() {
        part = .over
    }

    mutating func stray() {
        hasStrayed = true
    }

    private mutating func change(_ change: (inout Values) -> Void) {
        switch name {
        case .host: change(&host)
        case .contentLength: change(&contentLength)
        case .transferEncoding: change(&transferEncoding)
        case .connection: change(&connection)
        case .date: change(&date)
        case .expect: change(&expect)
        case .other: break
        }
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> Name {
        switch bytes.count {
        case 4 where ASCII.equal(bytes, "HOST"): .host
        case 4 where ASCII.equal(bytes, "DATE"): .date
        case 6 where ASCII.equal(bytes, "EXPECT"): .expect
        case 10 where ASCII.equal(bytes, "CONNECTION"): .connection
        case 14 where ASCII.equal(bytes, "CONTENT-LENGTH"): .contentLength
        case 17 where ASCII.equal(bytes, "TRANSFER-ENCODING"): .transferEncoding
        default: .other
        }
    }
}

// MARK: - What the fields say

extension HTTPHead {
    /// Transfer-Encoding goes before Content-Length (RFC 9112 §6.3).
    var framing: Framing {
        if transferEncoding.count > 0 { return isLastCodingChunked ? .chunked : .unknown }
        var framing = Framing.unsaid
        for value in contentLength.all {
            for piece in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                guard let number = ASCII.number(HTTPText.trimmed(piece)) else { return .unknown }
                switch framing {
                case .unsaid: framing = .counted(number)
                case .counted(number): break
                case .counted, .chunked, .unknown: return .unknown
                }
            }
        }
        return framing
    }

    var isLastCodingChunked: Bool {
        guard let last = transferEncoding.all.last else { return false }
        let coding = last[(last.lastIndex(of: UInt8(ascii: ",")).map { $0 + 1 } ?? 0)...]
        return ASCII.equal(HTTPText.trimmed(coding.prefix { $0 != UInt8(ascii: ";") }), "CHUNKED")
    }

    /// A body in chunks has begun, and its last chunk was not said.
    var isInChunks: Bool { part == .body && !hasStrayed && framing == .chunked && !(100..<200).contains(code) }

    /// `Connection: close` (RFC 9112 §9.6).
    var closes: Bool {
        connection.all.contains { value in
            value.split(separator: UInt8(ascii: ",")).contains { ASCII.equal(HTTPText.trimmed($0), "CLOSE") }
        }
    }

    var expectsContinue: Bool { expect.count > 0 }
}
