#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

/// One of the system's converters as a table, asked once for each of its codes, so that no byte of a message ever
/// reaches iconv: its modules have crashed and hung on hostile bytes (CVE-2021-3326, CVE-2020-27618), and each tells of
/// wrong bytes in a way of its own.
final class CodeTable: Sendable {
    enum Entry: Equatable {
        case none
        /// The first of several bytes.
        case lead
        case scalar(UInt32)
        case sequence([UInt32])
    }

    private static let none: UInt32 = 0xFFFF_FFFF
    private static let lead: UInt32 = 0xFFFF_FFFE
    /// Set in codes of which one stands for several scalars; the rest is an index into `sequences`.
    private static let several: UInt32 = 0x8000_0000

    private let singles: [UInt32]
    /// 128 leads from 0x80 on by 256 second bytes.
    private let doubles: [UInt32]
    private let sequences: [[UInt32]]
    /// 0x20 to 0x7E are ASCII.
    let readsASCII: Bool

    private init(singles: [UInt32], doubles: [UInt32], sequences: [[UInt32]]) {
        self.singles = singles
        self.doubles = doubles
        self.sequences = sequences
        readsASCII = (0x20...0x7E).allSatisfy { singles[$0] == UInt32($0) }
    }

    func single(_ byte: UInt8) -> Entry { entry(singles[Int(byte)]) }

    func double(_ lead: UInt8, _ trail: UInt8) -> Entry {
        guard lead >= 0x80, !doubles.isEmpty else { return .none }
        return entry(doubles[Int(lead & 0x7F) << 8 | Int(trail)])
    }

    private func entry(_ code: UInt32) -> Entry {
        switch code {
        case Self.none: .none
        case Self.lead: .lead
        case _ where code & Self.several != 0: .sequence(sequences[Int(code & ~Self.several)])
        default: .scalar(code)
        }
    }

    // MARK: the tables that there are

    private static let cache = Mutex<[String: CodeTable?]>([:])

    /// - Parameter prefix: bytes that stand before each code, as 0x8F does in EUC-JP.
    static func named(_ converter: String, prefix: [UInt8] = []) -> CodeTable? {
        cached("\(converter) \(prefix)") { CodeTable(converter: converter, prefix: prefix) }
    }

    /// JIS X 0208 as Windows has it, with the vendors' rows 13 and 89 to 92 that mail in each of the Japanese
    /// encodings uses, and eucJP-ms where Windows has nothing.
    static var eucJP: CodeTable? {
        cached("eucJP") {
            guard let euc = named("EUC-JP-MS") ?? named("EUC-JP") else { return nil }
            guard let windows = named("CP932") else { return euc }
            var doubles = euc.doubles
            for row in 1...94 as ClosedRange<UInt8> {
                for cell in 1...94 as ClosedRange<UInt8> {
                    let lead = (row - 1) / 2 + (row <= 62 ? 0x81 : 0xC1)
                    let trail = row % 2 == 0 ? cell + 0x9E : cell <= 63 ? cell + 0x3F : cell + 0x40
                    let code = windows.doubles[Int(lead & 0x7F) << 8 | Int(trail)]
                    // Its private characters have other rows here.
                    guard code < 0xE000 || (0xF900..<0x11_0000).contains(code) else { continue }
                    doubles[Int(row + 0x20) << 8 | Int(cell + 0xA0)] = code
                }
            }
            return CodeTable(singles: euc.singles, doubles: doubles, sequences: euc.sequences)
        }
    }

    /// Big5 with the characters of Hong Kong where it has none of its own.
    static var big5: CodeTable? {
        cached("big5") {
            guard let plain = named("BIG5") else { return nil }
            guard let hongKong = named("BIG5-HKSCS") else { return plain }
            var doubles = plain.doubles
            for index in doubles.indices where doubles[index] == none || (0xE000..<0xF900).contains(doubles[index]) {
                if hongKong.doubles[index] != none { doubles[index] = hongKong.doubles[index] }
            }
            var singles = plain.singles
            for lead in 0x81...0xFE where singles[lead] == none { singles[lead] = hongKong.singles[lead] }
            return CodeTable(singles: singles, doubles: doubles, sequences: hongKong.sequences)
        }
    }

    /// GB18030 with the euro of Windows, which mail labelled as GB2312 and GBK has as well.
    static var chinese: CodeTable? {
        cached("chinese") {
            guard let table = named("GB18030") ?? named("GBK") else { return nil }
            var singles = table.singles
            singles[0x80] = 0x20AC
            return CodeTable(singles: singles, doubles: table.doubles, sequences: table.sequences)
        }
    }

    /// ISO 8859-1 with what Windows has in the place of control characters.
    static let windows1252Controls: [UInt32] = (0x80...0x9F as ClosedRange<UInt8>).map {
        guard case .scalar(let scalar)? = named("CP1252")?.single($0) else { return 0xFFFD }
        return scalar
    }

    /// The scalars of the four-byte codes of GB18030 up to U+FFFF, by their ordinal.
    static let fourBytes: [UInt32] = {
        guard let converter = Converter("GB18030") else { return [] }
        return (0..<39_420).map { ordinal in
            let bytes = [
                UInt8(0x81 + ordinal / 12_600), UInt8(0x30 + ordinal / 1_260 % 10), UInt8(0x81 + ordinal / 10 % 126),
                UInt8(0x30 + ordinal % 10),
            ]
            guard case .scalars(let scalars) = converter.convert(bytes), scalars.count == 1 else { return 0xFFFD }
            return scalars[0]
        }
    }()

    private static func cached(_ key: String, make: () -> CodeTable?) -> CodeTable? {
        if let known = cache.withLock({ $0[key] }) { return known }
        // Made outside the lock, since one table may ask for another; made twice it is the same.
        let made = make()
        cache.withLock { $0[key] = .some(made) }
        return made
    }

    /// The bytes of each scalar, to undo a wrong reading; the first code where several read alike.
    func codes() -> [UInt32: [UInt8]] {
        var codes: [UInt32: [UInt8]] = [:]
        for byte in 0...0xFF as ClosedRange<UInt8> {
            if case .scalar(let scalar) = single(byte), codes[scalar] == nil { codes[scalar] = [byte] }
        }
        guard !doubles.isEmpty else { return codes }
        for lead in 0x80...0xFF as ClosedRange<UInt8> {
            for trail in 0x21...0xFE as ClosedRange<UInt8> {
                guard case .scalar(let scalar) = double(lead, trail), codes[scalar] == nil else { continue }
                codes[scalar] = [lead, trail]
            }
        }
        return codes
    }

    private convenience init?(converter name: String, prefix: [UInt8]) {
        guard let converter = Converter(name) else { return nil }
        var sequences: [[UInt32]] = []
        func code(_ bytes: [UInt8]) -> UInt32 {
            switch converter.convert(bytes) {
            case .wrong: return Self.none
            case .incomplete: return Self.lead
            case .scalars(let scalars):
                guard scalars.count != 1 || bytes.last.map({ $0 < 0x80 }) ?? true || !Self.isControl(scalars[0]) else {
                    return Self.none
                }
                if scalars.count == 1 { return scalars[0] }
                sequences.append(scalars)
                return Self.several | UInt32(sequences.count - 1)
            }
        }
        let singles = (0...0xFF as ClosedRange<UInt8>).map { code(prefix + [$0]) }
        var doubles: [UInt32] = []
        if singles.contains(Self.lead) {
            doubles = [UInt32](repeating: Self.none, count: 128 << 8)
            for lead in 0x80...0xFF as ClosedRange<UInt8> where singles[Int(lead)] == Self.lead {
                for trail in 0x21...0xFE as ClosedRange<UInt8> {
                    doubles[Int(lead & 0x7F) << 8 | Int(trail)] = code(prefix + [lead, trail])
                }
            }
        }
        self.init(singles: singles, doubles: doubles, sequences: sequences)
    }

    /// C1 control characters: no mailer means them, and where Windows has no character its tables have one of them.
    private static func isControl(_ scalar: UInt32) -> Bool { (0x80...0x9F).contains(scalar) }
}

/// An open converter of the system's, to UTF-32.
private final class Converter {
    enum Result { case wrong, incomplete, scalars([UInt32]) }

    private let descriptor: iconv_t

    init?(_ name: String) {
        guard let descriptor = iconv_open("UTF-32LE", name), descriptor != iconv_t(bitPattern: -1) else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    func convert(_ bytes: [UInt8]) -> Result {
        iconv(descriptor, nil, nil, nil, nil)
        var input = bytes.map { CChar(bitPattern: $0) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { output in
            input.withUnsafeMutableBufferPointer { input in
                var from = input.baseAddress
                var left = input.count
                var to = output.baseAddress
                var room = output.count
                if iconv(descriptor, &from, &left, &to, &room) == -1 {
                    return errno == EINVAL ? .incomplete : .wrong
                }
                // Some hold a character back, since another may join it.
                guard iconv(descriptor, nil, nil, &to, &room) != -1, left == 0 else { return .wrong }
                let written = UnsafeRawBufferPointer(output).prefix(output.count - room)
                guard !written.isEmpty, written.count % 4 == 0 else { return .wrong }
                let scalars = stride(from: written.startIndex, to: written.endIndex, by: 4).map {
                    UInt32(littleEndian: written.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
                }
                return scalars.allSatisfy { Unicode.Scalar($0) != nil } ? .scalars(scalars) : .wrong
            }
        }
    }
}
