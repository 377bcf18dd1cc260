/// The blocks of a pcapng file that mailtee writes (draft-ietf-opsawg-pcapng), little-endian.
enum Pcapng {
    static let sectionHeader: UInt32 = 0x0A0D_0D0A
    static let interfaceDescription: UInt32 = 1
    /// Obsolete, and written by nobody for many years.
    static let packet: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let enhancedPacket: UInt32 = 6
    /// A packet that was deleted in place: a type out of the range for local use, which every reader passes by.
    static let deleted: UInt32 = 0x8000_6D74
    static let byteOrderMagic: UInt32 = 0x1A2B_3C4D
    /// LINKTYPE_RAW: the packet begins with its IP header.
    static let rawIP: UInt16 = 101

    private static let commentOption: UInt16 = 1
    private static let userApplicationOption: UInt16 = 4
    private static let timestampResolutionOption: UInt16 = 9

    /// The head of a segment: section, and the one interface with nanoseconds.
    static func appendHead(to output: inout [UInt8], application: String) {
        block(sectionHeader, to: &output) { output in
            append(byteOrderMagic, to: &output)
            append(UInt16(1), to: &output)
            append(UInt16(0), to: &output)
            append(UInt64.max, to: &output)
            option(userApplicationOption, Array(application.utf8), to: &output)
            append(UInt32(0), to: &output)
        }
        block(interfaceDescription, to: &output) { output in
            append(rawIP, to: &output)
            append(UInt16(0), to: &output)
            append(UInt32(0), to: &output)
            option(timestampResolutionOption, [9], to: &output)
            append(UInt32(0), to: &output)
        }
    }

    /// One packet. `data` appends its `length` bytes; the packet may carry a comment.
    static func appendPacket(
        to output: inout [UInt8], at nanoseconds: Int64, length: Int, comment: [UInt8]? = nil,
        data: (inout [UInt8]) -> Void
    ) {
        block(enhancedPacket, to: &output) { output in
            let time = UInt64(bitPattern: nanoseconds)
            append(UInt32(0), to: &output)
            append(UInt32(truncatingIfNeeded: time >> 32), to: &output)
            append(UInt32(truncatingIfNeeded: time), to: &output)
            append(UInt32(length), to: &output)
            append(UInt32(length), to: &output)
            data(&output)
            pad(length, to: &output)
            if let comment {
                option(commentOption, comment, to: &output)
                append(UInt32(0), to: &output)
            }
        }
    }

    private static func block(_ type: UInt32, to output: inout [UInt8], body: (inout [UInt8]) -> Void) {
        let start = output.count
        append(type, to: &output)
        append(UInt32(0), to: &output)
        body(&output)
        let total = UInt32(output.count - start + 4)
        append(total, to: &output)
        for shift in 0..<4 { output[start + 4 + shift] = UInt8(truncatingIfNeeded: total >> (8 * UInt32(shift))) }
    }

    private static func option(_ code: UInt16, _ value: [UInt8], to output: inout [UInt8]) {
        let value = value.prefix(Int(UInt16.max))
        append(code, to: &output)
        append(UInt16(value.count), to: &output)
        output += value
        pad(value.count, to: &output)
    }

    private static func pad(_ length: Int, to output: inout [UInt8]) {
        for _ in 0..<((4 - length % 4) % 4) { output.append(0) }
    }

    static func append<Value: FixedWidthInteger>(_ value: Value, to output: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
    }
}
