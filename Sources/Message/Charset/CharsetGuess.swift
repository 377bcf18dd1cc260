import Wire

/// Which charset some bytes are of, whatever their label says.
///
/// Each charset that may be meant reads them; what comes out is measured by how people write (`LanguageModel`), and the
/// charset in whose text the least is strange is the likeliest. Where two are nearly as good, or none is, there is no
/// answer.
public struct CharsetGuess: Sendable, Equatable {
    /// What the bytes are against their label.
    public enum Declaration: Sendable, Equatable {
        case none
        case unknown(Charset)
        case fits(Charset)
        /// - Parameter wrong: the first `CharsetLimits.ranges` of them; `count` bytes in all.
        case broken(Charset, wrong: [Range<Int>], count: Int)
    }

    /// Why a charset is thought of.
    public enum Reason: Sendable, Equatable {
        /// No byte above 127, no escape sequence.
        case onlyASCII
        case byteOrderMark
        /// Characters of several bytes, and no byte that is wrong.
        case wellFormedUTF8(characters: Int)
        /// The escape sequences that are there, each once: `ESC $ B`.
        case escapes([String])
        /// `$B` and `(B` without their ESC, so many times.
        case lostEscapes(Int)
        /// Runs of UTF-7 or HZ that can be read.
        case shifts(Int)
        case kana(Int, of: Int)
        /// Among the most frequent characters of Japanese and Chinese.
        case commonHan(Int, of: Int)
        case hangul(Int, of: Int)
        case cyrillic(Int, of: Int)
        /// Letters with accents.
        case accented(Int, of: Int)
        /// The label says so, and nothing is against it.
        case declared
        /// Bytes that are none of this charset's.
        case invalid(bytes: Int)
    }

    public struct Candidate: Sendable, Equatable {
        public let charset: Charset
        /// From 0 to 1, against the other candidates.
        public let probability: Double
        /// Of the bytes looked at.
        public let wrongCount: Int
        public let reasons: [Reason]
    }

    public let declaration: Declaration
    /// The likeliest first.
    public let candidates: [Candidate]
    /// Nil where the bytes don't tell.
    public let likeliest: Candidate?

    public init(_ bytes: [UInt8], declared: Charset? = nil) {
        declaration = Self.declaration(bytes, declared)
        isLong = bytes.lazy.filter { $0 >= 0x80 }.prefix(10).count == 10
        let certain = Self.certain(bytes, declared)
        let candidates = certain.map { [$0] } ?? CharsetWeighing(bytes, declared: declared).candidates
        self.candidates = candidates
        likeliest = candidates.first.flatMap { $0.probability >= Self.trusted ? $0 : nil }
    }

    /// The label is wrong: the bytes are surely of another charset, which reads another text in them.
    public var contradictsDeclaration: Bool {
        guard let likeliest, likeliest.reasons != [.onlyASCII] else { return false }
        switch declaration {
        case .none, .unknown: return false
        case .broken(let charset, _, _):
            return likeliest.probability >= 0.95 && !Self.isAlike(charset, likeliest.charset)
        case .fits(let charset):
            guard likeliest.wrongCount == 0, !Self.isAlike(charset, likeliest.charset) else { return false }
            // A label that fits is believed where its language is none of those that are known here.
            return likeliest.charset == .utf8 || likeliest.charset.entry?.reading == .iso2022
                || (likeliest.probability >= 0.98 && isLong && CharsetWeighing.weighs(charset))
        }
    }

    /// Below it, a text may be anything that a label says.
    private let isLong: Bool

    /// Read alike, but for a few signs.
    private static func isAlike(_ declared: Charset, _ likeliest: Charset) -> Bool {
        declared.isSame(as: likeliest)
            || (likeliest.isSame(as: .windows1252)
                && (declared.isLatin1 || declared.isSame(as: Charset("iso-8859-15"))))
    }

    /// The probability below which there is no answer.
    static let trusted = 0.85

    private static func declaration(_ bytes: [UInt8], _ declared: Charset?) -> Declaration {
        guard let declared, !declared.name.isEmpty else { return .none }
        guard let entry = declared.entry else { return .unknown(declared) }
        // Read as nothing but ASCII here: guessing comes later.
        if entry.reading == .unlabelled { return .fits(declared) }
        if entry.reading == .ascii {
            let (wrong, count) = eightBit(bytes)
            return count == 0 ? .fits(declared) : .broken(declared, wrong: wrong, count: count)
        }
        guard let text = declared.read(bytes) else { return .unknown(declared) }
        return text.isValid ? .fits(declared) : .broken(declared, wrong: text.wrong, count: text.wrongCount)
    }

    private static func eightBit(_ bytes: [UInt8]) -> ([Range<Int>], Int) {
        var ranges: [Range<Int>] = []
        var count = 0
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            if byte >= 0x80 {
                count += 1
                start = start ?? index
            } else if let begin = start {
                if ranges.count < CharsetLimits.ranges { ranges.append(begin..<index) }
                start = nil
            }
        }
        if let start, ranges.count < CharsetLimits.ranges { ranges.append(start..<bytes.count) }
        return (ranges, count)
    }

    // MARK: what needs no weighing

    private static func certain(_ bytes: [UInt8], _ declared: Charset?) -> Candidate? {
        func sure(_ charset: Charset, _ reasons: Reason...) -> Candidate {
            Candidate(charset: charset, probability: 1, wrongCount: 0, reasons: reasons)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]), Charset.utf8.read(bytes)?.isValid == true {
            return sure(.utf8, .byteOrderMark)
        }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            if bytes.count % 4 == 0 { return sure(Charset("utf-32"), .byteOrderMark) }
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            if Charset.utf16.read(Array(bytes.prefix(CharsetLimits.sample & ~1)))?.isValid == true {
                return sure(.utf16, .byteOrderMark)
            }
        }
        guard !bytes.contains(where: { $0 >= 0x80 }) else { return nil }
        if bytes.contains(Byte.escape), let candidate = escaped(bytes) { return candidate }
        let sample = Array(bytes.prefix(CharsetLimits.sample))
        if let runs = Shifts.hz(sample) { return sure(.hz, .shifts(runs)) }
        if let runs = Shifts.utf7(sample) { return sure(.utf7, .shifts(runs)) }
        let lost = LostEscapes.find(sample)
        if !lost.isEmpty { return sure(.iso2022JP, .lostEscapes(lost.count)) }
        return sure(.usASCII, .onlyASCII)
    }

    /// - Returns: nil where no escape sequence is one of ISO 2022.
    static func escaped(_ bytes: [UInt8]) -> Candidate? {
        let walk = ISO2022Walk(bytes)
        var sets: Set<CodedSet> = []
        var names: [String] = []
        for piece in walk.pieces {
            guard case .escape(_, let sequence) = piece, let set = sequence.set else { continue }
            sets.insert(set)
            if !names.contains(sequence.name) { names.append(sequence.name) }
        }
        guard !names.isEmpty else { return nil }
        let name =
            if walk.pieces.contains(where: { $0.designates(.ksc5601, asG1: true) }) {
                "iso-2022-kr"
            } else if sets.contains(.cns1) || walk.pieces.contains(where: { $0.designates(.gb2312, asG1: true) }) {
                "iso-2022-cn"
            } else if !sets.isDisjoint(with: [.jis2000, .jis2004, .jisPlane2]) {
                sets.contains(.jis2004) ? "iso-2022-jp-2004" : "iso-2022-jp-3"
            } else if !sets.isDisjoint(with: [.gb2312, .ksc5601, .latin1, .greek]) {
                "iso-2022-jp-2"
            } else if sets.contains(.jisSupplement) {
                "iso-2022-jp-1"
            } else if sets.contains(.halfWidthKana) {
                "cp50221"
            } else {
                "iso-2022-jp"
            }
        let wrong = Charset(name).read(Array(bytes.prefix(CharsetLimits.sample)))?.wrongCount ?? 0
        return Candidate(
            charset: Charset(name), probability: 1, wrongCount: wrong,
            reasons: [.escapes(names)] + (wrong > 0 ? [.invalid(bytes: wrong)] : []))
    }
}
