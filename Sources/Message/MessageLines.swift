import Wire

/// Reads a message line by line, and gives for each line what it means where that is not what it looks like: encoded
/// words in a header, text in its charset and transfer encoding. Follows parts by their boundaries; a message of any size
/// costs the same memory.
public struct MessageLines: Sendable {
    /// A field that is longer is not looked into further.
    private static let fieldLimit = 16_384
    /// Parts within parts.
    private static let depthLimit = 16

    private var inHeader: Bool
    private var field: [UInt8] = []
    private var boundaries: [[UInt8]] = []
    private var part = Part()

    /// What the header of the part that passes now says.
    private struct Part {
        var contentType: ContentType?
        var encoding = TransferEncoding.absent
        var decoder: CharsetDecoder?
        /// The text is what its bytes look like.
        var isPlain = true
        /// The charset looks like ASCII and is not: UTF-7, HZ.
        var shifts = false
        /// An unfinished group of base64.
        var rest: [UInt8] = []
        var isMessage = false
    }

    /// - Parameter inHeader: false for a part that begins in the body.
    public init(inHeader: Bool = true) {
        self.inHeader = inHeader
    }

    /// True while lines belong to the header, of the message or of a part.
    public var isInHeader: Bool { inHeader }

    /// - Parameter line: without its line end, dot-stuffing taken off.
    /// - Returns: the decoded text; nil where the line is what it looks like.
    public mutating func line(_ line: [UInt8]) -> String? {
        if inHeader { return headerLine(line) }
        if line.first == Byte.hyphen, boundary(line) { return nil }
        if part.isMessage {
            // A message in this message: its header stands here.
            part = Part()
            inHeader = true
            return headerLine(line)
        }
        return bodyLine(line)
    }

    private mutating func headerLine(_ line: [UInt8]) -> String? {
        if let first = line.first, first.isBlank {
            if field.count < Self.fieldLimit { field += line }
        } else {
            read(field)
            field = line
        }
        guard line.isEmpty else { return EncodedWord.decode(line) }
        inHeader = false
        field = []
        begin()
        return nil
    }

    private mutating func read(_ field: [UInt8]) {
        guard let colon = field.firstIndex(of: Byte.colon) else { return }
        let value = Array(field[(colon + 1)...])
        if ASCII.equal(field[..<colon], "CONTENT-TYPE") {
            part.contentType = ContentType(value)
        } else if ASCII.equal(field[..<colon], "CONTENT-TRANSFER-ENCODING") {
            part.encoding = TransferEncoding(value)
        }
    }

    /// The body of a part begins.
    private mutating func begin() {
        let type = part.contentType?.type ?? "text"
        if type == "multipart", let boundary = part.contentType?.parameter("boundary")?.value, !boundary.isEmpty {
            if boundaries.count < Self.depthLimit { boundaries.append(boundary) }
            part.isPlain = true
            return
        }
        part.isMessage = type == "message" && part.contentType?.subtype == "rfc822" && !part.encoding.isEncoded
        guard type == "text" else { return }
        let charset = Charset(
            part.contentType?.parameter("charset").map { String(decoding: $0.value, as: UTF8.self) } ?? "")
        part.decoder = CharsetDecoder(charset)
        part.shifts = charset.isSame(as: .utf7) || charset.isSame(as: .hz)
        part.isPlain = !part.encoding.isEncoded && !part.shifts
    }

    /// - Returns: true for a line between parts.
    private mutating func boundary(_ line: [UInt8]) -> Bool {
        guard line.count > 2, line[1] == Byte.hyphen else { return false }
        for (depth, boundary) in boundaries.enumerated().reversed() where line.dropFirst(2).starts(with: boundary) {
            let behind = line.dropFirst(2 + boundary.count)
            let isLast = behind.starts(with: [Byte.hyphen, Byte.hyphen])
            guard isLast || behind.allSatisfy(\.isBlank) else { continue }
            boundaries.removeSubrange((isLast ? depth : depth + 1)...)
            part = Part()
            field = []
            inHeader = !isLast
            return true
        }
        return false
    }

    private mutating func bodyLine(_ line: [UInt8]) -> String? {
        guard part.decoder != nil else { return nil }
        if part.isPlain {
            guard line.contains(where: { $0 >= 0x80 || $0 == Byte.escape || $0 == 0x0E }) else { return nil }
            return part.decoder?.received(line)
        }
        switch part.encoding {
        case .base64:
            part.rest += line.filter { !$0.isBlank }
            let whole = part.rest.count - part.rest.count % 4
            guard whole > 0, let bytes = Base64.decode(part.rest[..<whole]) else { return nil }
            part.rest.removeFirst(whole)
            return part.decoder?.received(bytes)
        case .quotedPrintable:
            guard line.contains(Byte.equals) || isShifted(line) || line.contains(where: { $0 >= 0x80 }) else {
                return nil
            }
            return part.decoder?.received(QuotedPrintable.decode(line).bytes)
        case .absent, .sevenBit, .eightBit, .binary, .unknown:
            // Shifts of UTF-7 and HZ do not reach beyond their line.
            guard isShifted(line) || line.contains(where: { $0 >= 0x80 }) else { return nil }
            return part.decoder?.received(line + [Byte.lf]).replacing("\n", with: "")
        }
    }

    private func isShifted(_ line: [UInt8]) -> Bool {
        part.shifts && (line.contains(Byte.plus) || line.contains(UInt8(ascii: "~")))
    }
}
