import Message
import Testing
import Wire

/// Bytes of a text in which `\n` is CRLF and `{HH}` a byte.
func wire(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
        rest = rest.dropFirst()
        if byte == Byte.lf {
            bytes += [Byte.cr, Byte.lf]
        } else if byte == 0x7B, rest.count > 2, rest[rest.startIndex + 2] == 0x7D,
            let value = UInt8(rest.prefix(2).text, radix: 16)
        {
            bytes.append(value)
            rest = rest.dropFirst(3)
        } else {
            bytes.append(byte)
        }
    }
    return bytes
}

func read(
    _ bytes: [UInt8], cuts: [Int] = [], dotStuffed: Bool = false, hasHeader: Bool = true, complete: Bool = true
) -> ReadMessage {
    var reader = MessageReader(dotStuffed: dotStuffed, hasHeader: hasHeader)
    var start = 0
    for cut in cuts + [bytes.count] {
        reader.received(bytes.span.extracting(start..<cut))
        start = cut
    }
    return reader.finished(complete: complete)
}

/// Reads the message whole, byte by byte and cut at each place, and demands the same of all.
func readEveryWay(
    _ bytes: [UInt8], dotStuffed: Bool = false, hasHeader: Bool = true, complete: Bool = true,
    location: SourceLocation = #_sourceLocation
) -> ReadMessage {
    let whole = read(bytes, dotStuffed: dotStuffed, hasHeader: hasHeader, complete: complete)
    let single = read(
        bytes, cuts: Array(0..<bytes.count), dotStuffed: dotStuffed, hasHeader: hasHeader, complete: complete)
    #expect(Bool(single == whole), "byte by byte", sourceLocation: location)
    if bytes.count <= 2000 {
        for cut in 0...bytes.count {
            let other = read(bytes, cuts: [cut], dotStuffed: dotStuffed, hasHeader: hasHeader, complete: complete)
            #expect(Bool(other == whole), "cut at \(cut)", sourceLocation: location)
            if other != whole { break }
        }
    }
    return whole
}

extension ReadMessage {
    func text(_ range: Range<UInt64>, of bytes: [UInt8]) -> String {
        bytes[Int(range.lowerBound)..<Int(range.upperBound)].text
    }

    var kinds: [MessageDefect.Kind] { defects.map(\.kind) }
    /// The tree as `0 multipart/mixed, 1 text/plain`, with the depth before each.
    var tree: String { parts.map { "\($0.depth) \($0.type)/\($0.subtype)" }.joined(separator: ", ") }
}

/// Reproducible random numbers.
struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    }
}
