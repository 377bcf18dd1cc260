import Wire

/// Decodes base64 in lines (RFC 2045 §6.8) as it arrives, passing over what does not belong there, and says what that
/// was. SASL's stricter form is `Base64`.
public struct Base64Body: Sendable {
    private(set) var output: KeptBytes
    public private(set) var faults = EncodingFaults()
    /// Up to three characters of a group, and how many.
    private var group: UInt32 = 0
    private var held = 0
    private var padding = 0
    /// The last group had padding: nothing may follow.
    private var isClosed = false
    private var lineLength: UInt64 = 0
    private var lineStart: UInt64 = 0
    private var end: UInt64 = 0

    /// The value of each byte; 0x80 for those that have none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(byte)] = UInt8(value)
        }
        return values
    }()

    init(limit: Int) {
        output = KeptBytes(limit: limit)
    }

    /// - Returns: the content, and what was wrong; offsets count from the first byte.
    public static func decode(_ bytes: [UInt8]) -> (bytes: [UInt8], faults: EncodingFaults) {
        var decoder = Base64Body(limit: bytes.count)
        BodyLines.feed(bytes, to: &decoder)
        return (decoder.output.bytes, decoder.faults)
    }
}

extension Base64Body: BodyDecoder {
    mutating func content(_ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64) {
        if lineLength == 0 { lineStart = offset }
        lineLength += UInt64(bytes.count)
        end = offset + UInt64(bytes.count)
        Self.values.withUnsafeBufferPointer { values in
            var index = 0
            while index < bytes.count {
                if held == 0, !isClosed {
                    let next = groups(bytes, from: index, values)
                    if next > index {
                        index = next
                        continue
                    }
                }
                take(bytes[index], values[Int(bytes[index])], at: offset + UInt64(index))
                index += 1
            }
        }
    }

    /// Takes whole groups as far as they are faultless.
    private mutating func groups(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ values: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var index = start
        while index + 4 <= bytes.count, !output.isFull {
            let first = values[Int(bytes[index])]
            let second = values[Int(bytes[index + 1])]
            let third = values[Int(bytes[index + 2])]
            let fourth = values[Int(bytes[index + 3])]
            if first | second | third | fourth >= 0x80 { return index }
            output.append(first << 2 | second >> 4)
            output.append(second << 4 | third >> 2)
            output.append(third << 6 | fourth)
            index += 4
        }
        let unkept = index
        while index + 8 <= bytes.count {
            let low =
                values[Int(bytes[index])] | values[Int(bytes[index + 1])] | values[Int(bytes[index + 2])]
                | values[Int(bytes[index + 3])]
            let high =
                values[Int(bytes[index + 4])] | values[Int(bytes[index + 5])] | values[Int(bytes[index + 6])]
                | values[Int(bytes[index + 7])]
            if low | high >= 0x80 { break }
            index += 8
        }
        output.count((index - unkept) / 4 * 3)
        return index
    }

    private mutating func take(_ byte: UInt8, _ value: UInt8, at offset: UInt64) {
        if byte == Byte.equals {
            if isClosed || held < 2 {
                faults.add(.length, at: offset)
                return
            }
            padding += 1
            if held + padding == 4 { closeGroup() }
            return
        }
        guard value < 0x80 else {
            faults.add(.foreignByte, at: offset, byte: byte)
            return
        }
        if isClosed || padding > 0 {
            faults.add(.padInside, at: offset)
            if padding > 0 { closeGroup() }
            isClosed = false
        }
        group = group << 6 | UInt32(value)
        held += 1
        guard held == 4 else { return }
        output.append(UInt8(truncatingIfNeeded: group >> 16))
        output.append(UInt8(truncatingIfNeeded: group >> 8))
        output.append(UInt8(truncatingIfNeeded: group))
        group = 0
        held = 0
    }

    /// Gives what two or three characters stand for.
    private mutating func closeGroup() {
        if held == 2 {
            output.append(UInt8(truncatingIfNeeded: group >> 4))
        } else if held == 3 {
            output.append(UInt8(truncatingIfNeeded: group >> 10))
            output.append(UInt8(truncatingIfNeeded: group >> 2))
        }
        isClosed = true
        group = 0
        held = 0
        padding = 0
    }

    mutating func lineEnd(isCRLF: Bool) {
        if lineLength > 76 { faults.add(.longLine, at: lineStart) }
        lineLength = 0
    }

    mutating func finish() {
        lineEnd(isCRLF: true)
        if held > 0 {
            faults.add(.length, at: end > 0 ? end - 1 : 0)
            closeGroup()
        }
    }
}
