import Wire

/// Reads a command of the client's for the secret in it: the password of LOGIN, and what follows the mechanism of
/// AUTHENTICATE (RFC 9051 §6.2.2, §6.2.3). An argument may stand as an atom, a quoted string or a literal, so the command
/// comes in pieces, cut where a literal stands.
///
///     a1 LOGIN noizumi «"se cret"»
///     a1 LOGIN noizumi {6}           what announces a literal is never secret: without it a record could not be read
///     a1 LOGIN "noizumi «se cret»     a user's name with a blank in it may be a quote that was never closed
///
/// Looks at each byte once; what it says of a byte depends on the bytes up to it alone.
struct IMAPCredentials: Sendable {
    private enum Command: Sendable {
        /// Its name has not ended yet.
        case unknown
        case login
        case authenticate
        case other
    }

    private enum Place: Sendable {
        case between
        case word
        case quoted
        /// Behind a backslash.
        case escaped
        /// In what may announce a literal, behind this byte of it.
        case announcement(UInt8)
        /// In what goes on behind a gap, where only the announcement of a literal is known for what it is: behind a
        /// blank, which is masked in what is read again.
        case behindGap(isParted: Bool)
    }

    private var command = Command.unknown
    private var place = Place.between
    /// Where the word that it is in begins.
    private var wordStart = 0
    private var hasTag = false
    /// Arguments that have ended, literals that were announced among them.
    private var arguments = 0
    /// Bytes of this piece that were looked at.
    private var position = 0
    private var secretFrom: Int?
    private var stretchFrom: Int?
    private var stretchEnd: Int?

    /// Bytes of this piece that are secret though what follows them is not.
    var stretch: Range<Int>? { stretchFrom.map { $0..<max($0, stretchEnd ?? position) } }

    /// The command has a secret, and each of its literals may be that.
    var isSecret: Bool { command == .login || command == .authenticate }

    /// This piece begins behind a gap.
    private(set) var isBehindGap = false

    /// The byte of this piece, of which `line` is the beginning, at which the secret begins; nil where none has begun.
    mutating func secretStart(in line: borrowing LineBuffer) -> Int? {
        while position < line.bytes.count, secretFrom == nil, command != .other {
            if take(line.bytes[position], of: line.bytes) { secretFrom = position }
            position += 1
        }
        guard isSecret else { return arguments == 0 ? Credentials.secretStart(in: line) : nil }
        // What is not kept of so long a line cannot be looked at.
        return secretFrom ?? (line.isTruncated ? line.bytes.count : nil)
    }

    /// This piece ended with the announcement of a literal.
    mutating func passedLiteral() {
        if command == .unknown { command = .other }
        startPiece(.between)
        isBehindGap = false
    }

    /// Bytes are missing, and what comes may be a password, or the rest of one.
    mutating func passedGap() {
        if !isSecret { command = .login }
        startPiece(.behindGap(isParted: true))
        isBehindGap = true
    }

    private mutating func startPiece(_ place: Place) {
        self.place = place
        arguments += 1
        position = 0
        secretFrom = nil
        stretchFrom = nil
        stretchEnd = nil
    }

    /// - Returns: true where the secret begins with this byte.
    private mutating func take(_ byte: UInt8, of line: [UInt8]) -> Bool {
        switch (command, place) {
        case (.unknown, .word):
            if byte.isBlank { endName(line[wordStart..<position]) }
            return false
        case (.unknown, _):
            if !byte.isBlank { startWord() }
            return false
        case (_, .between): return begin(byte)
        case (_, .word): return goOn(byte)
        case (_, .quoted):
            // Blanks belong to it, a line end does not (RFC 9051 §4.3).
            if byte == UInt8(ascii: "\\") { place = .escaped }
            if byte == Byte.quote {
                stretchEnd = position
                endArgument()
            } else if byte.isBlank, stretchFrom == nil {
                stretchFrom = position + 1
            }
            return false
        case (_, .escaped):
            place = .quoted
            if byte.isBlank, stretchFrom == nil { stretchFrom = position + 1 }
            return false
        case (_, .behindGap(let isParted)):
            if isParted, byte == UInt8(ascii: "{") {
                if stretchFrom != nil { stretchEnd = position }
                place = .announcement(byte)
                return false
            }
            if stretchFrom == nil, !byte.isBlank, byte != Byte.cr { stretchFrom = position }
            place = .behindGap(isParted: stretchFrom == nil || byte.isBlank || byte == Byte.mask)
            return false
        case (_, .announcement(let last)):
            guard Self.announces(byte, after: last) else {
                if arguments > 0 { return true }
                startWord()
                return goOn(byte)
            }
            place = .announcement(byte)
            return false
        }
    }

    private mutating func startWord() {
        place = .word
        wordStart = position
    }

    private mutating func endName(_ word: ArraySlice<UInt8>) {
        place = .between
        // Who forgets the tag says a password all the same.
        if ASCII.equal(word, "LOGIN") {
            command = .login
        } else if ASCII.equal(word, "AUTHENTICATE") {
            command = .authenticate
        } else if hasTag {
            command = .other
        }
        hasTag = true
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        // CR may be the line's end.
        if byte.isBlank || byte == Byte.cr { return false }
        if byte == UInt8(ascii: "{") {
            place = .announcement(byte)
            return false
        }
        if arguments > 0 { return true }
        if command == .login, byte == Byte.quote {
            place = .quoted
            return false
        }
        startWord()
        return goOn(byte)
    }

    /// A further byte of the user or of the mechanism.
    private mutating func goOn(_ byte: UInt8) -> Bool {
        if byte.isBlank || byte == Byte.cr {
            endArgument()
            return false
        }
        guard command == .authenticate else { return false }
        // What does not look like a mechanism may be the secret itself, said without one.
        return !Credentials.fitsMechanism(byte) || position - wordStart >= Credentials.mechanismLength
    }

    private mutating func endArgument() {
        arguments += 1
        place = .between
    }

    /// `{n}` and `{n+}`, and what may be the line end behind them.
    private static func announces(_ byte: UInt8, after last: UInt8) -> Bool {
        switch last {
        case UInt8(ascii: "{"): byte.isDigit
        case Byte.plus: byte == UInt8(ascii: "}")
        case UInt8(ascii: "}"), Byte.cr: byte == Byte.cr
        default: byte.isDigit || byte == Byte.plus || byte == UInt8(ascii: "}")
        }
    }
}
