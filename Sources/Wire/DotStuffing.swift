/// Takes the doubled dots out of a dot-stuffed body that arrives in pieces (RFC 5321 §4.5.2), terminator included
/// in what is fed: the line that is a single dot is left out of the result. Nothing else is: a dot alone on a line whose
/// end, or the end of the line before, is not CRLF is a doubled dot like any other.
public struct DotUnstuffing: Sendable {
    private enum State: Sendable {
        /// At the start of a line, after CRLF or at the start of the body.
        case lineStart
        /// At the start of a line, after a bare LF.
        case bareLineStart
        /// After a dot at the start of a line; what came of the terminator is held back.
        case dot, dotCR
        case middle(endsInCR: Bool)
    }

    private var state = State.lineStart

    public init() {}

    /// Appends to `output` what the bytes of `span` stand for.
    public mutating func feed(_ span: Span<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < span.count {
            let byte = span[index]
            switch (state, byte) {
            case (.lineStart, Byte.dot):
                state = .dot
                index += 1
            case (.bareLineStart, Byte.dot):
                state = .middle(endsInCR: false)
                index += 1
            case (.dot, Byte.cr):
                state = .dotCR
                index += 1
            case (.dotCR, Byte.lf):
                state = .lineStart
                index += 1
            case (.dotCR, _):
                output.append(Byte.cr)
                state = .middle(endsInCR: true)
            case (.dot, _): state = .middle(endsInCR: false)
            default: index = takeLine(span, from: index, into: &output)
            }
        }
    }

    /// Takes what is left of a line, at least one byte.
    private mutating func takeLine(_ span: Span<UInt8>, from start: Int, into output: inout [UInt8]) -> Int {
        let lf = span.firstIndex(of: Byte.lf, from: start)
        let end = lf ?? span.count
        let endsInCR: Bool =
            if end > start { span[end - 1] == Byte.cr } else if case .middle(true) = state { true } else { false }
        state = lf == nil ? .middle(endsInCR: endsInCR) : endsInCR ? .lineStart : .bareLineStart
        let next = lf.map { $0 + 1 } ?? end
        output.append(span, start..<next)
        return next
    }
}

/// Doubles the dot at the start of each line of a message that arrives in pieces, and ends it with the line that is a
/// single dot (RFC 5321 §4.5.2, RFC 1939 §3). A line starts after a bare LF as well, since some readers think so.
public struct DotStuffing: Sendable {
    private var atLineStart = true
    /// After CRLF, or before the first byte: where alone a terminator is one.
    private var endsInCRLF = true
    private var endsInCR = false

    public init() {}

    public mutating func feed(_ span: Span<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < span.count {
            if atLineStart, span[index] == Byte.dot { output.append(Byte.dot) }
            let lf = span.firstIndex(of: Byte.lf, from: index)
            let end = lf.map { $0 + 1 } ?? span.count
            output.append(span, index..<end)
            atLineStart = lf != nil
            endsInCRLF = lf.map { $0 > index ? span[$0 - 1] == Byte.cr : endsInCR } ?? false
            endsInCR = span[end - 1] == Byte.cr
            index = end
        }
    }

    /// The terminator: CRLF first where the message did not end its last line with it.
    public mutating func finish(into output: inout [UInt8]) {
        if !endsInCRLF { output.append(contentsOf: [Byte.cr, Byte.lf]) }
        output.append(contentsOf: [Byte.dot, Byte.cr, Byte.lf])
        self = DotStuffing()
    }
}
