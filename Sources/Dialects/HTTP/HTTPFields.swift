import Wire

/// What of a header section tells how long the content is and what it is. Values that are folded over several lines
/// (RFC 9112 §5.2) are read as one.
struct HTTPFields: Sendable {
    enum Framing: Sendable, Equatable {
        /// Nothing is said of a length.
        case unsaid
        case counted(UInt64)
        case chunked
        /// What is said makes no sense (RFC 9112 §6.3, items 4 and 5).
        case unknown
    }

    private enum Name: Sendable {
        case contentLength
        case transferEncoding
        case contentType
        case contentEncoding
        case upgrade
        case other
    }

    /// Transfer-Encoding goes before Content-Length (RFC 9112 §6.3, item 3).
    var framing: Framing { transfer ?? length }
    private(set) var mediaType: [UInt8] = []
    private(set) var contentCoding: [UInt8] = []
    private(set) var hasUpgrade = false

    private var length = Framing.unsaid
    private var transfer: Framing?
    /// The field that may go on with the next line.
    private var name = Name.other
    private var value: [UInt8] = []

    /// Takes a line of the section.
    mutating func take(_ line: [UInt8]) {
        if line.first?.isBlank == true { return append(line[...]) }
        finish()
        guard let colon = line.firstIndex(of: Byte.colon) else { return }
        name = Self.name(line[..<colon])
        append(line[(colon + 1)...])
    }

    private mutating func append(_ piece: ArraySlice<UInt8>) {
        guard name != .other, value.count < HTTPLimits.value else { return }
        if !value.isEmpty { value.append(Byte.space) }
        value += Self.trimmed(piece).prefix(max(0, HTTPLimits.value - value.count))
    }

    /// The section is over, or its last field is.
    mutating func finish() {
        defer {
            name = .other
            value.removeAll(keepingCapacity: true)
        }
        switch name {
        case .contentLength: readLength()
        case .transferEncoding:
            let last = value[(value.lastIndex(of: UInt8(ascii: ",")).map { $0 + 1 } ?? 0)...]
            let coding = Self.trimmed(last.prefix { $0 != UInt8(ascii: ";") })
            transfer = ASCII.equal(coding, "CHUNKED") ? .chunked : .unknown
        case .contentType: mediaType = value
        case .contentEncoding where contentCoding.count < HTTPLimits.value:
            contentCoding += (contentCoding.isEmpty ? [] : Array(", ".utf8)) + value
        case .upgrade: hasUpgrade = true
        case .contentEncoding, .other: break
        }
    }

    /// The same length said several times is that length (RFC 9110 §8.6).
    private mutating func readLength() {
        for piece in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard let number = ASCII.number(Self.trimmed(piece)) else {
                length = .unknown
                return
            }
            switch length {
            case .unsaid: length = .counted(number)
            case .counted(number): break
            case .counted, .chunked, .unknown: length = .unknown
            }
        }
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> Name {
        let bytes = trimmed(bytes)
        return switch bytes.count {
        case 14 where ASCII.equal(bytes, "CONTENT-LENGTH"): .contentLength
        case 17 where ASCII.equal(bytes, "TRANSFER-ENCODING"): .transferEncoding
        case 12 where ASCII.equal(bytes, "CONTENT-TYPE"): .contentType
        case 16 where ASCII.equal(bytes, "CONTENT-ENCODING"): .contentEncoding
        case 7 where ASCII.equal(bytes, "UPGRADE"): .upgrade
        default: .other
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: { $0.isBlank })
        while bytes.last?.isBlank == true { bytes.removeLast() }
        return bytes
    }
}
