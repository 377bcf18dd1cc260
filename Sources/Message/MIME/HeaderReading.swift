import Wire

/// What is known of a header while it is being read: the line that comes, and the field before it.
struct HeaderReading: Sendable {
    /// The line that comes, as far as it is kept.
    var line: [UInt8] = []
    /// All its bytes.
    var lineLength: UInt64 = 0
    /// Octets of the line in question, and where the first of each stands.
    var eightBit: UInt64?
    var escape: UInt64?
    var nul = MessageOctets.Found()

    var field: OpenField?
    /// A line that is no field, until the line behind it tells whether the header goes on.
    var doubtful: Doubtful?
    var isFirstLine = true
    var hasType = false
    var hasEncoding = false
    var hasDisposition = false

    /// A field whose last line may not have come.
    struct OpenField: Sendable {
        var name: [UInt8]
        var value: [UInt8]
        var start: UInt64
        var end: UInt64
        var lineCount = 1
        var bytesBeyond: UInt64
        var lines: [HeaderField.LineStart]
        var eightBit: UInt64?
        var escape: UInt64?
    }

    struct Doubtful: Sendable {
        var line: [UInt8]
        var start: MessageReader.Position
        var content: MessageReader.Position
        var contentEnd: MessageReader.Position
        var end: MessageReader.Position
        /// How it ended; nil where it goes on.
        var isCRLF: Bool?
        var kind: MessageDefect.Kind
    }

    enum Line: Equatable {
        case empty
        case continuation
        /// Where its colon is, and where the name ends before it.
        case field(colon: Int, nameEnd: Int)
        case noField(MessageDefect.Kind)
        /// The first line of a message that was taken out of an mbox file.
        case mbox
    }

    /// What the line is, as far as its first bytes tell.
    func kind(of line: ArraySlice<UInt8>) -> Line {
        guard let first = line.first else { return .empty }
        if first.isBlank { return .continuation }
        var index = line.startIndex
        while index < line.endIndex, line[index] > 0x20, line[index] < 0x7F, line[index] != Byte.colon { index += 1 }
        let nameEnd = index
        while index < line.endIndex, line[index].isBlank { index += 1 }
        if index < line.endIndex, line[index] == Byte.colon, nameEnd > line.startIndex {
            return .field(colon: index, nameEnd: nameEnd)
        }
        if isFirstLine, line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8) { return .mbox }
        return .noField(line[index...].contains(Byte.colon) ? .badFieldName : .lineWithoutColon)
    }
}
