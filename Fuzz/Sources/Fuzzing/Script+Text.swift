import Conversation
import Wire

extension Script {
    /// The conversation in the form of Tests/DialectsTests/Transcripts, ready to become one of them.
    public func text(_ dialect: DialectName) -> String {
        var lines = ["protocol: \(dialect.rawValue)"]
        for turn in turns {
            switch turn {
            case .said(let direction, let bytes): lines += Self.lines(bytes, of: direction)
            case .lost(let direction, let count): lines.append("# \(count) bytes of the \(direction) are missing")
            case .secured: lines.append("secured")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func lines(_ bytes: [UInt8], of direction: Direction) -> [String] {
        let mark = direction == .client ? "C: " : "S: "
        var lines: [String] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let lf = rest.firstIndex(of: Byte.lf)
            let line = rest[..<(lf.map { $0 + 1 } ?? rest.endIndex)]
            rest = rest[line.endIndex...]
            let isWhole = line.suffix(2) == [Byte.cr, Byte.lf]
            let content = isWhole ? line.dropLast(2) : line
            lines.append(mark + content.map(escaped).joined() + (isWhole ? "" : "\\c"))
        }
        return lines
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case Byte.cr: "\\r"
        case Byte.lf: "\\n"
        case Byte.nul: "\\0"
        case 0x5C: "\\\\"
        case 0x20...0x7E: String(UnicodeScalar(byte))
        default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}
