/// The record layer of one side (RFC 8446 §5.1): finds the records in its bytes, however these are cut.
struct TLSRecords: Sendable {
    /// Some bytes of a record's fragment.
    struct Piece {
        let content: TLSContent
        /// Bytes of the whole fragment.
        let length: Int
        /// Where the piece stands in the bytes given.
        let range: Range<Int>
        /// It begins the fragment.
        let isFirst: Bool
    }

    private let contents: [TLSContent]
    private var header: [UInt8] = []
    private var content = TLSContent.handshake
    private var length = 0
    private var left = 0
    /// What came cannot be a record; nothing after it is read. Told at the first byte that shows it.
    private(set) var isBroken = false

    /// - Parameter contents: of what a record may be here.
    init(of contents: [TLSContent]) {
        self.contents = contents
    }

    /// The next bytes of a fragment in `bytes`, `index` being moved behind them; nil where there are none.
    mutating func next(_ bytes: Span<UInt8>, from index: inout Int) -> Piece? {
        while index < bytes.count, !isBroken {
            guard left > 0 else {
                take(bytes[index])
                index += 1
                continue
            }
            let start = index
            index += min(left, bytes.count - index)
            defer { left -= index - start }
            return Piece(content: content, length: length, range: start..<index, isFirst: left == length)
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) {
        header.append(byte)
        switch header.count {
        case 1:
            let expected = contents.first { $0.rawValue == byte }
            content = expected ?? content
            isBroken = expected == nil
        case 2: isBroken = byte != 3
        case 3: break
        case 4:
            length = Int(byte) << 8
            isBroken = length > TLSLimits.record
        default:
            length += Int(byte)
            left = length
            isBroken = length == 0 || length > TLSLimits.record
            header.removeAll(keepingCapacity: true)
        }
    }
}

/// Of what a record is (RFC 8446 §5.1).
enum TLSContent: UInt8, Sendable, CaseIterable {
    case changeCipherSpec = 20
    case alert = 21
    case handshake = 22
    case applicationData = 23
}
