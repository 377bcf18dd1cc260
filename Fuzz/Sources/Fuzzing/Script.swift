import Conversation

/// A conversation as the fuzzer writes it: any bytes are one, and a small change to them is a small change to it.
///
///     first four bytes   how long the pieces are into which each turn is cut, in rotation
///     FA                 from here they speak inside TLS, and are heard there
///     FB                 from here the client speaks
///     FC                 from here the server speaks, as it does at the start
///     FD n               here bytes of the one who speaks are missing: n + 1 of them; from F0 on, as many as can be
///     FE n               the last byte again, 16 × (n + 1) times, 4,096 at most
///     FF x               x, whatever it is
///     anything else      is said
public struct Script {
    public enum Turn {
        case said(Direction, [UInt8])
        case lost(Direction, UInt64)
        case secured
    }

    /// More than the longest line that a machine keeps, and the most commands that it keeps waiting.
    private static let limit = 14 << 10

    public private(set) var cuts = Cuts.bytes
    public private(set) var turns: [Turn] = []

    public init(_ turns: [Turn], cuts: Cuts) {
        self.turns = turns
        self.cuts = cuts
    }

    public init(_ input: [UInt8]) {
        var rest = input[...]
        cuts = Cuts(pattern: Array(rest.prefix(4)))
        rest = rest.dropFirst(4)
        var speaker = Direction.server
        var said: [UInt8] = []
        var room = Self.limit
        /// What one peer says on end is one turn: a machine may hang on who spoke when.
        func endTurn(_ script: inout Script) {
            if !said.isEmpty { script.turns.append(.said(speaker, said)) }
            said = []
        }
        while room > 0, let byte = rest.popFirst() {
            switch byte {
            case 0xFA:
                endTurn(&self)
                turns.append(.secured)
            case 0xFB, 0xFC:
                let next = byte == 0xFB ? Direction.client : .server
                if next != speaker { endTurn(&self) }
                speaker = next
            case 0xFD:
                endTurn(&self)
                let count = rest.popFirst() ?? 0
                turns.append(.lost(speaker, count < 0xF0 ? UInt64(count) + 1 : UInt64(Int64.max)))
            case 0xFE:
                let count = min(room, (Int(rest.popFirst() ?? 0) + 1) * 16)
                said += Array(repeating: said.last ?? 0, count: count)
                room -= count
            default:
                said.append(byte == 0xFF ? rest.popFirst() ?? 0xFF : byte)
                room -= 1
            }
        }
        endTurn(&self)
    }
}
