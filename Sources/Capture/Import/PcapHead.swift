/// The head of a pcap file, and how its records are to be read.
struct PcapHead: Sendable {
    struct Kind: Sendable {
        var isBigEndian: Bool
        /// Nanoseconds in one unit of the fraction of a second.
        var unit: Int64
        /// Bytes before each packet: 16, or 24 in files of patched Linux kernels of the nineties.
        var recordHead: Int

        /// - Parameter magic: the first four bytes, read as little-endian.
        init?(magic: UInt32) {
            switch magic {
            case 0xA1B2_C3D4: self.init(isBigEndian: false, unit: 1000, recordHead: 16)
            case 0xD4C3_B2A1: self.init(isBigEndian: true, unit: 1000, recordHead: 16)
            case 0xA1B2_3C4D: self.init(isBigEndian: false, unit: 1, recordHead: 16)
            case 0x4D3C_B2A1: self.init(isBigEndian: true, unit: 1, recordHead: 16)
            case 0xA1B2_CD34: self.init(isBigEndian: false, unit: 1000, recordHead: 24)
            case 0x34CD_B2A1: self.init(isBigEndian: true, unit: 1000, recordHead: 24)
            default: return nil
            }
        }

        private init(isBigEndian: Bool, unit: Int64, recordHead: Int) {
            self.isBigEndian = isBigEndian
            self.unit = unit
            self.recordHead = recordHead
        }
    }

    private let kind: Kind
    let link: UInt16

    /// - Parameter bytes: at least the 24 bytes of the head.
    init(_ kind: Kind, _ bytes: Span<UInt8>) {
        self.kind = kind
        // The upper half says how long a frame check sequence is, which nobody needs here.
        link = UInt16(truncatingIfNeeded: kind.isBigEndian ? bytes.big32(20) : bytes.little32(20))
    }

    var recordHead: Int { kind.recordHead }

    /// The head of a record, of which at least `recordHead` bytes are given.
    func record(_ bytes: Span<UInt8>) -> (nanoseconds: Int64, captured: Int, original: Int) {
        func word(_ offset: Int) -> Int64 {
            Int64(kind.isBigEndian ? bytes.big32(offset) : bytes.little32(offset))
        }
        return (word(0) * 1_000_000_000 + word(4) * kind.unit, Int(word(8)), Int(word(12)))
    }
}
