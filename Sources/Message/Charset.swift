#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A character set by its MIME name, read by the system's iconv.
public struct Charset: Sendable, Equatable {
    public let name: String

    /// `name` as a message gives it, in any case.
    public init(_ name: String) {
        self.name = name.lowercased()
    }

    /// The converter that also reads what mailers send under this name: half-width kana and vendor characters.
    private var converters: [String] {
        switch name {
        case "iso-2022-jp", "iso-2022-jp-ms": ["ISO-2022-JP-MS", "ISO-2022-JP-3", "ISO-2022-JP"]
        case "shift_jis", "sjis", "x-sjis": ["CP932", "SHIFT_JIS"]
        case "gb2312", "gbk": ["GB18030", "GBK"]
        case "us-ascii", "ascii", "": ["UTF-8"]
        default: [name.uppercased()]
        }
    }

    /// - Returns: the text, with U+FFFD for each byte that is none of the set's; nil where the system does not know the
    ///   set.
    public func decode(_ bytes: [UInt8]) -> String? {
        guard name.utf8.count <= 64, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }) else { return nil }
        for converter in converters {
            let descriptor = iconv_open("UTF-8", converter)
            guard descriptor != iconv_t(bitPattern: -1) else { continue }
            defer { iconv_close(descriptor) }
            return Self.convert(bytes, descriptor)
        }
        return nil
    }

    private static func convert(_ bytes: [UInt8], _ descriptor: iconv_t?) -> String {
        var input = bytes.map { CChar(bitPattern: $0) }
        var output: [UInt8] = []
        var piece = [CChar](repeating: 0, count: 4096)
        input.withUnsafeMutableBufferPointer { source in
            var from = source.baseAddress
            var left = source.count
            while left > 0 {
                var room = piece.count
                let capacity = piece.count
                var error: Int32 = 0
                piece.withUnsafeMutableBufferPointer { target in
                    var to = target.baseAddress
                    if iconv(descriptor, &from, &left, &to, &room) == -1 { error = errno }
                    output.append(contentsOf: target[..<(capacity - room)].map { UInt8(bitPattern: $0) })
                }
                guard error != 0, error != E2BIG else { continue }
                output += "\u{FFFD}".utf8
                guard error == EILSEQ, left > 0 else { break }
                from = from.map { $0 + 1 }
                left -= 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
