/// Finds the end of a dot-terminated body (RFC 5321 §4.5.2, RFC 1939 §3): a line that is a single dot.
///
/// The strict end is CRLF `.` CRLF, the start of the body counting as the start of a line. A peer may take less for an
/// end (LF `.` LF, and its mixtures); where such a line is the last thing said so far, `lenientEnd` holds, and whoever
/// sees the other peer act on it knows that the body is over.
public struct DotEnd: Sendable, Equatable {
    private enum State: UInt8, Sendable {
        /// After CRLF, or at the start of the body.
        case lineStart
        /// After a bare LF.
        case bareLineStart
        /// Anywhere else in a line.
        case middle
        /// In the middle, the last byte being CR.
        case middleCR
        /// A dot at the start of a line that began after CRLF, or after a bare LF.
        case dot, bareDot
        /// That, and CR.
        case dotCR, bareDotCR
    }

    private var state = State.lineStart
    /// The last line so far is a dot that some peers take for the end of the body though it is not CRLF `.` CRLF.
    public private(set) var lenientEnd = false
    /// How many of the last bytes belong to the terminating line, or may yet turn out to.
    public private(set) var terminatorLength = 0

    public init() {}

    /// Bytes are missing here. What comes next may be the start of a line; a dot in it ends the body for certain only
    /// where the other peer acts on it.
    public mutating func lost() {
        state = .bareLineStart
        lenientEnd = false
        terminatorLength = 0
    }

    /// Scans `span` from `start`.
    /// - Returns: the index after the LF that ends the body, or nil when the body goes on past this span.
    public mutating func scan(_ span: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        let count = span.count
        while index < count {
            if state == .middle || state == .middleCR {
                lenientEnd = false
                terminatorLength = 0
                guard let lf = span.firstIndex(of: Byte.lf, from: index) else {
                    state = span[count - 1] == Byte.cr ? .middleCR : .middle
                    return nil
                }
                let afterCR = lf > index ? span[lf - 1] == Byte.cr : state == .middleCR
                state = afterCR ? .lineStart : .bareLineStart
                index = lf + 1
                continue
            }
            let byte = span[index]
            index += 1
            lenientEnd = false
            let length = terminatorLength + 1
            terminatorLength = 0
            switch (state, byte) {
            case (.lineStart, Byte.dot):
                state = .dot
                terminatorLength = 1
            case (.bareLineStart, Byte.dot):
                state = .bareDot
                terminatorLength = 1
            case (.dot, Byte.cr):
                state = .dotCR
                terminatorLength = length
            case (.bareDot, Byte.cr):
                state = .bareDotCR
                terminatorLength = length
            case (.dotCR, Byte.lf):
                state = .lineStart
                terminatorLength = length
                return index
            case (.bareDotCR, Byte.lf):
                state = .lineStart
                lenientEnd = true
                terminatorLength = length
            case (.dot, Byte.lf), (.bareDot, Byte.lf):
                state = .bareLineStart
                lenientEnd = true
                terminatorLength = length
            case (_, Byte.lf): state = .bareLineStart
            case (_, Byte.cr): state = .middleCR
            default: state = .middle
            }
        }
        return nil
    }
}
