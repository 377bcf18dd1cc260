/// Takes the doubled dots out of a dot-stuffed body that arrives in pieces (RFC 5321 §4.5.2), terminator included
/// in what is fed: the line that is a single dot is left out of the result.
public struct DotUnstuffing: Sendable {
    private var atLineStart = true
    private var held: [UInt8] = []

    public init() {}

    /// Appends to `output` what the bytes of `span` stand for.
    public mutating func feed(_ span: Span<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < span.count {
            if atLineStart, held.isEmpty, span[index] == Byte.dot {
                held = [Byte.dot]
                index += 1
                continue
            }
            if !held.isEmpty {
                // After the dot: CRLF makes it the terminator, which is left out; anything else means it was stuffing.
                let byte = span[index]
                index += 1
                if held.count == 1, byte == Byte.cr {
                    held.append(byte)
                    continue
                }
                if byte == Byte.lf {
                    held = []
                    atLineStart = true
                    continue
                }
                output.append(contentsOf: held.dropFirst())
                held = []
                output.append(byte)
                atLineStart = false
                continue
            }
            let lineEnd = span.firstIndex(of: Byte.lf, from: index).map { $0 + 1 }
            let end = lineEnd ?? span.count
            output.append(span, index..<end)
            atLineStart = lineEnd != nil
            index = end
        }
    }
}

/// Doubles the dot at the start of each line of a message that arrives in pieces, and ends it with the line that is a
/// single dot (RFC 5321 §4.5.2, RFC 1939 §3).
public struct DotStuffing: Sendable {
    private var atLineStart = true

    public init() {}

    public mutating func feed(_ span: Span<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < span.count {
            if atLineStart, span[index] == Byte.dot { output.append(Byte.dot) }
            let lineEnd = span.firstIndex(of: Byte.lf, from: index).map { $0 + 1 }
            let end = lineEnd ?? span.count
            output.append(span, index..<end)
            atLineStart = lineEnd != nil
            index = end
        }
    }

    /// The terminator: CRLF first where the message did not end its last line.
    public mutating func finish(into output: inout [UInt8]) {
        if !atLineStart { output.append(contentsOf: [Byte.cr, Byte.lf]) }
        output.append(contentsOf: [Byte.dot, Byte.cr, Byte.lf])
        atLineStart = true
    }
}
