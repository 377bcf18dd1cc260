import Dialects

/// Builds what no peer at hand would say.
enum TLSBytes {
    static func vector8(_ content: [UInt8]) -> [UInt8] { [UInt8(content.count)] + content }

    static func vector16(_ content: [UInt8]) -> [UInt8] { uint16(UInt16(content.count)) + content }

    static func uint16(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    static func record(_ content: UInt8, _ fragment: [UInt8]) -> [UInt8] { [content, 3, 3] + vector16(fragment) }

    static func handshake(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        [type, UInt8(body.count >> 16)] + uint16(UInt16(body.count & 0xFFFF)) + body
    }

    static func alert(_ level: UInt8, _ code: UInt8) -> [UInt8] { record(21, [level, code]) }

    static let changeCipherSpec = record(20, [1])

    static func extensions(_ list: [(type: UInt16, content: [UInt8])]) -> [UInt8] {
        vector16(list.flatMap { uint16($0.type) + vector16($0.content) })
    }

    /// The body of a ClientHello.
    static func clientHello(
        version: UInt16 = 0x0303, suites: [UInt16] = [0x1301], extensions: [(type: UInt16, content: [UInt8])]? = nil
    ) -> [UInt8] {
        uint16(version) + [UInt8](repeating: 7, count: 32) + vector8([]) + vector16(suites.flatMap(uint16))
            + vector8([0])
            + (extensions.map(Self.extensions) ?? [])
    }

    /// The body of a ServerHello.
    static func serverHello(
        version: UInt16 = 0x0303, suite: UInt16 = 0xC02F, extensions: [(type: UInt16, content: [UInt8])]? = nil
    ) -> [UInt8] {
        uint16(version) + [UInt8](repeating: 9, count: 32) + vector8([]) + uint16(suite) + [0]
            + (extensions.map(Self.extensions) ?? [])
    }

    /// The same handshake messages in records with fragments of `length` bytes; other records remain.
    static func refragmented(_ records: [UInt8], _ length: Int) -> [UInt8] {
        var output: [UInt8] = []
        var rest = records[...]
        while rest.count >= 5 {
            let header = rest.prefix(5)
            let count = Int(header[header.startIndex + 3]) << 8 | Int(header[header.startIndex + 4])
            var fragment = rest.dropFirst(5).prefix(count)
            rest = rest.dropFirst(5 + count)
            if header.first != 22 {
                output += header + fragment
                continue
            }
            while !fragment.isEmpty {
                output += record(22, Array(fragment.prefix(length)))
                fragment = fragment.dropFirst(length)
            }
        }
        return output + rest
    }

    /// A ClientHello in one handshake message of `count` bytes, in as many records as it takes.
    static func clientHello(ofBytes count: Int) -> [UInt8] {
        let empty = handshake(1, clientHello(extensions: [(21, [])]))
        let message = handshake(1, clientHello(extensions: []) + [UInt8](repeating: 0, count: count - empty.count + 4))
        var output: [UInt8] = []
        var rest = message[...]
        while !rest.isEmpty {
            output += record(22, Array(rest.prefix(16_384)))
            rest = rest.dropFirst(16_384)
        }
        return output
    }
}

/// Numbers that look like chance and are the same each time (SplitMix64).
struct TLSChance {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(limit))
    }

    /// `bytes` with up to four of them changed, taken out, doubled or cut off from there on.
    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...next(below: 4) {
            guard !bytes.isEmpty else { break }
            let index = next(below: bytes.count)
            switch next(below: 8) {
            case 0: bytes.remove(at: index)
            case 1: bytes.insert(bytes[index], at: index)
            case 2: bytes.removeSubrange(index...)
            case 3: bytes[index] = [0, 1, 3, 0x7F, 0xFF][next(below: 5)]
            // Most of what counts stands at the beginning.
            case 4: bytes[min(bytes.count - 1, next(below: 16))] = UInt8(next(below: 256))
            default: bytes[index] = UInt8(next(below: 256))
            }
        }
        return bytes
    }

    /// `bytes` in pieces of up to `longest`.
    mutating func pieces(of bytes: [UInt8], upTo longest: Int) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = 1 + next(below: longest)
            pieces.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
