import Wire

/// The words of a command that stand before a secret. The secret is what follows them, to the end of the line.
struct SecretForm: Sendable {
    enum Word: Sendable {
        /// One of these, which are in upper case, whatever its case.
        case one([StaticString])
        /// A service of IRC that keeps accounts: `NickServ`, `nickserv@services.example`, `NS`, `Q@CServe.example`.
        case service
        case any

        func fits(_ word: ArraySlice<UInt8>) -> Bool {
            if case .any = self { return true }
            guard word.count <= Credentials.wordLength else { return false }
            switch self {
            case .any: return true
            case .one(let names): return names.contains { ASCII.equal(word, $0) }
            case .service:
                let name = word.prefix { $0 != UInt8(ascii: "@") }
                return ASCII.equal(name.suffix(4), "SERV")
                    || Self.shortNames.contains { ASCII.equal(name, $0) }
            }
        }

        private static let shortNames: [StaticString] = ["NS", "CS", "AS", "Q", "X"]
    }

    enum Secret: Sendable {
        case rest
        /// The argument of IRC's AUTHENTICATE: a mechanism, or a piece of a response, as the state has it.
        case step
    }

    let words: [Word]
    var secret = Secret.rest
}

/// Reads a command for the words before a secret. Looks at each byte once; what it says of a byte depends on the bytes
/// up to it alone, and on whether steps of an authentication are due when it comes.
struct SecretReader: Sendable {
    private enum Place: Sendable {
        case words
        /// Before the argument of AUTHENTICATE.
        case beforeStep
        /// In what looks like a mechanism so far, or behind a CR that may be the line's end.
        case mechanism
        case behindMechanism
        case settled
    }

    private let forms: [SecretForm]
    /// IRC: tags and a source may stand before the command (RFC 2812 §2.3.1), and a colon before its last argument.
    private let hasSources: Bool
    private var place: Place
    /// Forms that all words so far fit, a bit each.
    private var open: UInt32
    private var position = 0
    private var wordStart: Int?
    private var wordCount = 0
    private var secretFrom: Int?

    /// - Parameter forms: at most 32.
    init(_ forms: [SecretForm], hasSources: Bool) {
        self.forms = forms
        self.hasSources = hasSources
        open = Self.all(of: forms)
        place = forms.isEmpty ? .settled : .words
    }

    /// In the argument of IRC's AUTHENTICATE, or behind it.
    var isInStep: Bool {
        switch place {
        case .beforeStep, .mechanism, .behindMechanism: true
        case .words, .settled: false
        }
    }

    private static func all(of forms: [SecretForm]) -> UInt32 {
        forms.isEmpty ? 0 : .max >> UInt32(32 - forms.count)
    }

    mutating func startLine() {
        open = Self.all(of: forms)
        place = forms.isEmpty ? .settled : .words
        position = 0
        wordStart = nil
        wordCount = 0
        secretFrom = nil
    }

    /// The byte of the line, of which `line` is the beginning, at which the secret begins; nil where none has begun.
    mutating func secretStart(in line: borrowing LineBuffer, isStepDue: Bool) -> Int? {
        while secretFrom == nil, place != .settled, position < line.bytes.count {
            take(line.bytes[position], of: line.bytes, isStepDue: isStepDue)
            position += 1
        }
        // What is not kept of so long a line cannot be looked at.
        return secretFrom ?? (place != .settled && line.isTruncated ? line.bytes.count : nil)
    }

    private mutating func take(_ byte: UInt8, of line: [UInt8], isStepDue: Bool) {
        switch place {
        case .words:
            if !byte.isBlank {
                if wordStart == nil { wordStart = position }
            } else if let start = wordStart {
                wordStart = nil
                wordEnded(line[start..<position])
            }
        case .beforeStep:
            if byte.isBlank || byte == Byte.cr { return }
            if isStepDue {
                // A lone `*` cancels the authentication.
                secretFrom = byte == Byte.star ? position + 1 : position
            } else {
                place = .mechanism
                wordStart = position
                mechanism(byte, of: line)
            }
        case .mechanism: mechanism(byte, of: line)
        case .behindMechanism: if byte != Byte.cr { secretFrom = position }
        case .settled: break
        }
    }

    private mutating func wordEnded(_ word: ArraySlice<UInt8>) {
        var word = word
        if hasSources {
            let isMarked = word.first == Byte.colon
            if wordCount == 0, isMarked || word.first == UInt8(ascii: "@") { return }
            if isMarked { word = word.dropFirst() }
            if word.isEmpty { return }
        }
        for (number, form) in forms.enumerated() where open & (1 << UInt32(number)) != 0 {
            guard form.words[wordCount].fits(word) else {
                open &= ~(1 << UInt32(number))
                continue
            }
            guard form.words.count == wordCount + 1 else { continue }
            switch form.secret {
            case .rest: secretFrom = position + 1
            case .step: place = .beforeStep
            }
            return
        }
        wordCount += 1
        if open == 0 { place = .settled }
    }

    /// Names of mechanisms are in upper case (RFC 4422 §3.1); what does not look like one may be a piece of a response.
    private mutating func mechanism(_ byte: UInt8, of line: [UInt8]) {
        if byte.isBlank || byte == Byte.cr {
            place = .behindMechanism
        } else if byte.uppercased != byte || !Credentials.fitsMechanism(byte) || byte == Byte.quote {
            secretFrom = position
        }
    }
}
