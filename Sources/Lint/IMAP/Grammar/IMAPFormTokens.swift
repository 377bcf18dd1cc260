import Wire

/// The arguments of a command as a tree: what is in parentheses is a list.
indirect enum IMAPFormToken: Sendable {
    /// With the section and its brackets, where it has one: `BODY[HEADER.FIELDS (Date From)]<0.100>`.
    case atom([UInt8])
    /// What it means, without quotes and backslashes.
    case quoted([UInt8])
    case literal
    case list([IMAPFormToken])

    /// As it stands in a sentence.
    var text: String {
        switch self {
        case .atom(let bytes): Quote.of(bytes)
        case .quoted(let bytes): Quote.of([Byte.quote] + bytes + [Byte.quote])
        case .literal: "`{…}`"
        case .list(let tokens): "`(\(tokens.isEmpty ? "" : "…"))`"
        }
    }

    /// In upper case; nil for what is no atom.
    var word: String? {
        if case .atom(let bytes) = self { ASCII.uppercased(bytes) } else { nil }
    }
}

/// Reads arguments, byte by byte. Blanks too many are another rule's matter.
struct IMAPFormTokens {
    private enum Limits {
        static let depth = 16
        static let bytes = 16_384
    }

    private var stack: [[IMAPFormToken]] = [[]]
    private var atom: [UInt8] = []
    private var quoted: [UInt8] = []
    private var isQuoted = false
    private var isEscaped = false
    /// Within the brackets of a section: there blanks, parentheses and quoted strings belong to the atom.
    private var isInSection = false
    private let hasSections: Bool
    private var isBeyondLimits = false

    /// - Returns: the arguments, and whether they end with a literal behind which more may come; nil where they are too
    ///   many or too deep to be looked at.
    static func read(
        _ texts: [[UInt8]], hasSections: Bool
    ) throws(IMAPForm.Flaw) -> (tokens: [IMAPFormToken], isCut: Bool)? {
        guard texts.reduce(0, { $0 + $1.count }) <= Limits.bytes else { return nil }
        var reader = IMAPFormTokens(hasSections: hasSections)
        var isCut = false
        for text in texts {
            let literal = IMAPLiteralMark(endOf: text)
            isCut = literal != nil
            var part = text[...]
            if literal != nil {
                part = text.prefix(upTo: text.lastIndex(of: UInt8(ascii: "{")) ?? text.endIndex)
                if part.last == UInt8(ascii: "~") { part = part.dropLast() }
            }
            for byte in part { try reader.take(byte) }
            if literal != nil { reader.takeLiteral() }
        }
        try reader.finish(isCut: isCut)
        guard !reader.isBeyondLimits, let tokens = reader.stack.first else { return nil }
        return (tokens, isCut)
    }

    private init(hasSections: Bool) { self.hasSections = hasSections }

    private mutating func take(_ byte: UInt8) throws(IMAPForm.Flaw) {
        if isQuoted { return takeQuoted(byte) }
        if isInSection {
            atom.append(byte)
            if byte == UInt8(ascii: "]") { isInSection = false }
            return
        }
        switch byte {
        case Byte.space, Byte.tab: endAtom()
        case Byte.quote where atom.isEmpty:
            isQuoted = true
            quoted = []
        case Byte.quote:
            throw IMAPForm.Flaw(
                what: Words(
                    "a quote stands in the middle of \(Quote.of(atom + [byte])): the quotes have to be around the whole",
                    ja: "\(Quote.of(atom + [byte])) の途中に引用符があります。全体を引用符で囲む必要があります"))
        case UInt8(ascii: "("):
            endAtom()
            if stack.count < Limits.depth { stack.append([]) } else { isBeyondLimits = true }
        case UInt8(ascii: ")"):
            endAtom()
            if isBeyondLimits { return }
            guard stack.count > 1, let list = stack.popLast() else {
                throw IMAPForm.Flaw(
                    what: Words("a parenthesis is closed that was never opened", ja: "開いていない括弧を閉じています"))
            }
            append(.list(list))
        case UInt8(ascii: "[") where hasSections:
            isInSection = true
            atom.append(byte)
        default: atom.append(byte)
        }
    }

    private mutating func takeQuoted(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
            quoted.append(byte)
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == Byte.quote {
            isQuoted = false
            append(.quoted(quoted))
        } else {
            quoted.append(byte)
        }
    }

    private mutating func takeLiteral() {
        // The name of a header field in a section.
        if isInSection {
            atom += Array("X".utf8)
        } else {
            endAtom()
            append(.literal)
        }
    }

    private mutating func finish(isCut: Bool) throws(IMAPForm.Flaw) {
        if isQuoted {
            throw IMAPForm.Flaw(
                kind: .quote, what: Words("a quoted string is not closed", ja: "引用文字列が閉じていません"))
        }
        if isInSection, !isCut {
            throw IMAPForm.Flaw(
                what: Words("the bracket of \(Quote.of(atom)) is not closed", ja: "\(Quote.of(atom)) の角括弧が閉じていません"))
        }
        endAtom()
        if stack.count > 1, !isCut, !isBeyondLimits {
            let count = stack.count - 1
            throw IMAPForm.Flaw(
                what: Words(
                    count == 1 ? "a parenthesis is not closed" : "\(count) parentheses are not closed",
                    ja: "括弧が \(count) 個閉じていません"))
        }
        while stack.count > 1, let list = stack.popLast() { append(.list(list)) }
    }

    private mutating func endAtom() {
        guard !atom.isEmpty else { return }
        append(.atom(atom))
        atom = []
    }

    private mutating func append(_ token: IMAPFormToken) {
        guard let last = stack.indices.last else { return }
        stack[last].append(token)
    }
}
