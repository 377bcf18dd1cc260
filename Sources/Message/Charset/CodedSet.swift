/// The sets of characters between which the escape sequences of ISO 2022 choose in mail.
public enum CodedSet: String, Sendable, CaseIterable {
    case ascii, jisRoman, halfWidthKana
    case jis1978, jis1983, jisSupplement, jis2000, jis2004, jisPlane2
    case gb2312, ksc5601, cns1, cns2
    case latin1, greek

    /// As its standard names it.
    public var title: String {
        switch self {
        case .ascii: "ASCII"
        case .jisRoman: "JIS X 0201 Roman"
        case .halfWidthKana: "JIS X 0201 Katakana"
        case .jis1978: "JIS C 6226-1978"
        case .jis1983: "JIS X 0208-1983"
        case .jisSupplement: "JIS X 0212-1990"
        case .jis2000: "JIS X 0213:2000 plane 1"
        case .jis2004: "JIS X 0213:2004 plane 1"
        case .jisPlane2: "JIS X 0213:2000 plane 2"
        case .gb2312: "GB 2312-1980"
        case .ksc5601: "KS C 5601-1987"
        case .cns1: "CNS 11643-1992 plane 1"
        case .cns2: "CNS 11643-1992 plane 2"
        case .latin1: "ISO 8859-1, right half"
        case .greek: "ISO 8859-7, right half"
        }
    }

    public var bytesPerCharacter: Int {
        switch self {
        case .ascii, .jisRoman, .halfWidthKana, .latin1, .greek: 1
        case .jis1978, .jis1983, .jisSupplement, .jis2000, .jis2004, .jisPlane2, .gb2312, .ksc5601, .cns1, .cns2: 2
        }
    }

    /// RFC 1468 has it.
    public var isInISO2022JP: Bool {
        switch self {
        case .ascii, .jisRoman, .jis1978, .jis1983: true
        default: false
        }
    }

    private static let tables: [CodedSet: CodeTable] = {
        var tables: [CodedSet: CodeTable] = [:]
        let japanese = CodeTable.eucJP
        tables[.jis1978] = japanese
        tables[.jis1983] = japanese
        tables[.jisSupplement] = .named("EUC-JP-MS", prefix: [0x8F]) ?? .named("EUC-JP", prefix: [0x8F])
        let plane1 = CodeTable.named("EUC-JISX0213")
        tables[.jis2000] = plane1
        tables[.jis2004] = plane1
        tables[.jisPlane2] = .named("EUC-JISX0213", prefix: [0x8F])
        tables[.gb2312] = .named("EUC-CN") ?? .chinese
        tables[.ksc5601] = .named("EUC-KR")
        tables[.cns1] = .named("EUC-TW")
        tables[.cns2] = .named("EUC-TW", prefix: [0x8E, 0xA2])
        tables[.latin1] = .named("ISO-8859-1")
        tables[.greek] = .named("ISO-8859-7")
        return tables
    }()

    /// The character of one byte, the eighth bit of which does not count.
    func character(_ byte: UInt8) -> CodeTable.Entry {
        switch self {
        case .ascii: .scalar(UInt32(byte & 0x7F))
        case .jisRoman:
            switch byte & 0x7F {
            case 0x5C: .scalar(0xA5)
            case 0x7E: .scalar(0x203E)
            default: .scalar(UInt32(byte & 0x7F))
            }
        case .halfWidthKana: (0x21...0x5F).contains(byte & 0x7F) ? .scalar(0xFF40 + UInt32(byte & 0x7F)) : .none
        default: Self.tables[self]?.single(byte | 0x80) ?? .none
        }
    }

    /// The character of two bytes, the eighth bits of which do not count.
    func character(_ first: UInt8, _ second: UInt8) -> CodeTable.Entry {
        Self.tables[self]?.double(first | 0x80, second | 0x80) ?? .none
    }
}
