import Conversation
import Wire

extension ProtocolGuess {
    /// What one side says first, and what that tells.
    struct Voice: Sendable {
        enum Form: Sendable {
            /// Text, as far as it was heard.
            case text
            case tls
            case binary
            /// A protocol that is none of ours.
            case foreign
        }

        private(set) var form = Form.text
        private(set) var role: Direction?
        /// The protocols that what it said fits, for certain and probably; nil where nothing tells.
        private(set) var certain: Set<DialectName>?
        private(set) var likely: Set<DialectName>?
        private var head: [UInt8] = []
        private var lineStart = 0
        private var isText = true
        /// The first bytes may be those of a record of TLS.
        private var mayBeTLS = true

        var isListening: Bool { form == .text && head.count < ProtocolGuessLimits.head }
        var isSilent: Bool { head.isEmpty }

        /// - Returns: true where something may be known that was not before.
        mutating func take(_ byte: UInt8) -> Bool {
            head.append(byte)
            if mayBeTLS {
                mayBeTLS = Self.fitsTLS(head)
                if mayBeTLS, head.count < Self.tlsPrefix { return false }
                if mayBeTLS {
                    heardTLS()
                    return true
                }
                isText = head.allSatisfy(Self.isText)
            } else if !Self.isText(byte) {
                isText = false
            }
            if !isText {
                form = .binary
                return true
            }
            guard byte == Byte.lf || !isListening else { return false }
            endLine()
            return true
        }

        /// Nothing more will be said: what there is of a line is one.
        mutating func finish() {
            guard form == .text else { return }
            if mayBeTLS, head.count >= 3 {
                heardTLS()
            } else if mayBeTLS, let first = head.first, !Self.isText(first) {
                form = .binary
            } else {
                endLine()
            }
        }

        private mutating func endLine() {
            var line = head[lineStart...]
            lineStart = head.count
            if line.last == Byte.lf { line.removeLast() }
            if line.last == Byte.cr { line.removeLast() }
            guard let clue = ProtocolClue(line) else { return }
            guard let dialects = clue.dialects else {
                form = .foreign
                return
            }
            if role == nil { role = clue.role }
            if clue.isCertain {
                certain = Self.narrowed(certain, to: dialects)
            } else {
                likely = Self.narrowed(likely, to: dialects)
            }
        }

        private static func narrowed(_ old: Set<DialectName>?, to new: Set<DialectName>) -> Set<DialectName> {
            guard let both = old?.intersection(new), !both.isEmpty else { return old ?? new }
            return both
        }

        /// LF, CR, HT and ESC, which ISO-2022-JP has, are the control bytes of text.
        private static func isText(_ byte: UInt8) -> Bool {
            byte >= 0x20 && byte != 0x7F || byte == Byte.lf || byte == Byte.cr || byte == Byte.tab
                || byte == Byte.escape
        }

        // MARK: - TLS

        /// A record's header and the type of a handshake message (RFC 8446 §5.1, §4).
        private static let tlsPrefix = 6

        private static func fitsTLS(_ head: [UInt8]) -> Bool {
            guard (0x14...0x17).contains(head[0]) else { return false }
            if head.count > 1, head[1] != 3 { return false }
            return head.count < 3 || head[2] <= 4
        }

        private mutating func heardTLS() {
            form = .tls
            guard head.count == Self.tlsPrefix, head[0] == 0x16 else { return }
            // ClientHello and ServerHello.
            if head[5] == 1 { role = .client }
            if head[5] == 2 { role = .server }
        }
    }
}
