import Wire

/// Reads a message line by line, and gives for each line what it means where that is not what it looks like: encoded
/// words in the header, the charset of a text in the body. Follows nothing but lines, so that a message of any size
/// costs the same memory.
public struct MessageLines: Sendable {
    /// A parameter that begins further on in a field is not looked for.
    private static let fieldLimit = 16_384

    private var inHeader: Bool
    private var field: [UInt8] = []
    private var charset: Charset?

    /// - Parameter inHeader: false for a part that begins in the body.
    public init(inHeader: Bool = true) {
        self.inHeader = inHeader
    }

    /// True while lines belong to the header.
    public var isInHeader: Bool { inHeader }

    /// - Parameter line: without its line end, dot-stuffing taken off.
    /// - Returns: the decoded text; nil where the line is what it looks like.
    public mutating func line(_ line: [UInt8]) -> String? {
        if inHeader {
            if let first = line.first, first.isBlank {
                if field.count < Self.fieldLimit { field += line }
            } else {
                read(field)
                field = line
            }
            if line.isEmpty { inHeader = false }
            return EncodedWord.decode(line)
        }
        guard let charset, line.contains(where: { $0 >= 0x80 || $0 == Byte.escape }) else { return nil }
        return charset.decode(line)
    }

    private mutating func read(_ field: [UInt8]) {
        guard let colon = field.firstIndex(of: Byte.colon), ASCII.equal(field[..<colon], "CONTENT-TYPE") else { return }
        for part in field[(colon + 1)...].split(separator: 0x3B).dropFirst() {
            let words = part.split(separator: Byte.equals, maxSplits: 1)
            guard words.count == 2 else { continue }
            let name = words[0].filter { !$0.isBlank }
            guard ASCII.equal(name, "CHARSET") else { continue }
            charset = Charset(words[1].filter { !$0.isBlank && $0 != Byte.quote }.text)
        }
    }
}
