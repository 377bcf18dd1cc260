import Wire

/// A segment as the fuzzer writes it. With lengths and headers made for it, it need not guess them to get further in.
///
///     first byte      bits: 1 a head stands first, 2 an introduction follows, 4 the rest is in parts, not as it is
///     two bytes       where the segment is cut for who reads it as it grows, of 65,536 parts
///     two bytes       where a byte is changed, of 65,536 parts, and
///     one byte        by what, 0 for no change
///     the rest        parts that FF ends, each made into a packet: flags, comment, FE, payload
///
/// The flags of a part: 1 the server says it, 2 over IPv6, 4 there is a comment, 8 the payload is the whole packet.
struct SegmentScript {
    private(set) var bytes: [UInt8] = []
    private(set) var cut = 0

    init(_ input: [UInt8]) {
        let options = Array((input.prefix(6) + Array(repeating: 0, count: 6)).prefix(6))
        let rest = input.dropFirst(6)
        if options[0] & 1 != 0 { bytes += Self.head }
        if options[0] & 2 != 0 {
            bytes += Self.packet(
                Self.segment([], fromServer: false, isV6: false), comment: Array(Self.introduction.utf8))
        }
        if options[0] & 4 != 0 {
            for part in rest.split(separator: 0xFF) { bytes += Self.block(part) }
        } else {
            bytes += rest
        }
        func place(_ index: Int) -> Int { (Int(options[index]) << 8 | Int(options[index + 1])) * bytes.count >> 16 }
        cut = place(1)
        if bytes.indices.contains(place(3)) { bytes[place(3)] ^= options[5] }
    }

    private static let introduction =
        #"{"session":"06apftnn2yv8n","started":0,"protocol":"smtp","client":"127.0.0.1:1","server":"127.0.0.1:25"}"#

    private static let head: [UInt8] =
        little(0x0A0D_0D0A) + little(28) + little(0x1A2B_3C4D) + [1, 0, 0, 0] + Array(repeating: 0xFF, count: 8)
        + little(28) + little(1) + little(32) + [101, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]
        + little(32)

    private static func block(_ part: ArraySlice<UInt8>) -> [UInt8] {
        let flags = part.first ?? 0
        let halves = part.dropFirst().split(separator: 0xFE, maxSplits: 1, omittingEmptySubsequences: false)
        let payload = Array(halves.count > 1 ? halves[1] : [])
        let data = flags & 8 != 0 ? payload : segment(payload, fromServer: flags & 1 != 0, isV6: flags & 2 != 0)
        return packet(data, comment: flags & 4 != 0 ? Array(halves.first ?? []) : nil)
    }

    private static func packet(_ data: [UInt8], comment: [UInt8]?) -> [UInt8] {
        var body = little(0) + little(0) + little(1) + little(data.count) + little(data.count) + padded(data)
        if let comment {
            body += [1, 0, UInt8(comment.count & 0xFF), UInt8(comment.count >> 8 & 0xFF)] + padded(comment)
            body += [0, 0, 0, 0]
        }
        return little(6) + little(body.count + 12) + body + little(body.count + 12)
    }

    /// From 127.0.0.1 or ::1, port 1, to the same at port 25, or back.
    private static func segment(_ payload: [UInt8], fromServer: Bool, isV6: Bool) -> [UInt8] {
        let address: [UInt8] = isV6 ? Array(repeating: 0, count: 15) + [1] : [127, 0, 0, 1]
        let header: [UInt8] =
            isV6 ? [0x60, 0, 0, 0, 0, 0, 6, 64] : [0x45, 0, 0, 0, 0, 0, 0, 0, 64, 6, 0, 0]
        let ports: [UInt8] = fromServer ? [0, 25, 0, 1] : [0, 1, 0, 25]
        let rest: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0x50, 0x18, 0, 0, 0, 0, 0, 0]
        return header + address + address + ports + rest + payload
    }

    private static func little(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
    }
}
