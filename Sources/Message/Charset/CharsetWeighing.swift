import Wire

/// The candidates for bytes above 127.
struct CharsetWeighing {
    let candidates: [CharsetGuess.Candidate]

    private typealias Language = LanguageModel.Language

    private static let plausible: [(Charset, [Language])] = [
        (.utf8, Language.allCases), (.eucJP, [.japanese]), (.shiftJIS, [.japanese]), (.gb18030, [.simplifiedChinese]),
        (.big5, [.traditionalChinese]), (.eucKR, [.korean]), (.koi8R, [.russian]), (.windows1251, [.russian]),
        (.windows1252, [.western]),
    ]

    /// What a byte above 127 costs where the text is none of those that are looked for, in nats.
    private static let strange = 8.3

    private struct Weight {
        let charset: Charset
        let cost: Double
        let wrongCount: Int
        let reasons: [CharsetGuess.Reason]
    }

    init(_ bytes: [UInt8], declared: Charset?) {
        let sample = Self.sample(bytes)
        let isWhole = sample.count == bytes.count || sample.endIndex == bytes.endIndex
        let input = Array(sample)
        let eightBit = input.count { $0 >= 0x80 }
        let label = declared.flatMap { $0.saysNothing || !$0.isKnown ? nil : $0 }
        var weights = Self.plausible.compactMap {
            Self.weigh(input, as: $0, $1, isWhole: isWhole, isDeclared: label.map(Self.isRead($0)) ?? false)
        }
        if let label, !Self.weighs(label) {
            // Whatever else people write, by the label only.
            let languages: [Language] = label.entry?.reading == .iso2022 ? [.japanese, .korean] : [.western, .russian]
            if let weight = Self.weigh(input, as: label, languages, isWhole: isWhole, isDeclared: true) {
                weights.append(weight)
            }
        }
        weights.sort { $0.cost < $1.cost }
        guard let best = weights.first else {
            candidates = []
            return
        }
        // That nothing fits is an answer of its own: random bytes, or a language that is not looked for.
        let strange = Double(eightBit) * Self.strange + 2.5
        let odds = weights.map { Self.exponential(best.cost - $0.cost) }
        let sum = odds.reduce(Self.exponential(best.cost - strange), +)
        candidates = zip(weights, odds).compactMap { weight, odd in
            let probability = odd / sum
            guard probability >= 0.001 else { return nil }
            return CharsetGuess.Candidate(
                charset: weight.charset, probability: probability, wrongCount: weight.wrongCount,
                reasons: weight.reasons)
        }
    }

    private static func isRead(_ charset: Charset) -> (Charset) -> Bool {
        { $0.isSame(as: charset) || ($0.isLatin1 && charset == .windows1252) }
    }

    /// It is one of those that are thought of without a label.
    static func weighs(_ charset: Charset) -> Bool {
        plausible.contains { isRead($0.0)(charset) }
    }

    /// From a little before the first byte above 127.
    private static func sample(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let first = bytes.firstIndex { $0 >= 0x80 } ?? 0
        return bytes[max(0, first - 64)...].prefix(CharsetLimits.sample)
    }

    private static func weigh(
        _ bytes: [UInt8], as charset: Charset, _ languages: [Language], isWhole: Bool, isDeclared: Bool
    ) -> Weight? {
        guard var decoder = CharsetDecoder(charset) else { return nil }
        var text = decoder.received(bytes)
        let wrongInside = decoder.wrongCount
        var cut = 0.0
        if isWhole {
            let rest = decoder.finished()
            // A text that was cut in a character is no proof against its charset.
            if !rest.isEmpty, decoder.wrongCount > wrongInside { cut = 12 } else { text += rest }
        }
        let scalars = text.unicodeScalars
        let asciiCost = asciiPart(bytes)
        let costs = languages.map { LanguageModel.of($0).cost(scalars) }
        guard var cost = costs.min() else { return nil }
        if isDeclared, !weighs(charset) {
            // Languages that are not known here: letters are letters.
            cost = min(cost, Double(scalars.count { $0.value >= 0x80 }) * 5.0 + asciiCost)
        }
        cost -= asciiCost
        cost += cut
        if isDeclared, wrongInside == 0 { cost -= 5 }
        // Most mail of today, and next to nothing else is well-formed UTF-8.
        if charset == .utf8, wrongInside == 0, cut == 0 || scalars.contains(where: { !$0.isASCII }) { cost -= 4 }
        return Weight(
            charset: charset, cost: cost, wrongCount: decoder.wrongCount,
            reasons: reasons(charset, scalars, wrong: wrongInside, isDeclared: isDeclared))
    }

    /// What the bytes that are ASCII in all candidates cost, so that only the rest counts.
    private static func asciiPart(_ bytes: [UInt8]) -> Double {
        LanguageModel.of(.western).cost(bytes.lazy.filter { $0 < 0x80 }.map { Unicode.Scalar($0) })
    }

    private static func reasons(
        _ charset: Charset, _ scalars: String.UnicodeScalarView, wrong: Int, isDeclared: Bool
    ) -> [CharsetGuess.Reason] {
        var (total, kana, han, hangul, cyrillic, accented) = (0, 0, 0, 0, 0, 0)
        for scalar in scalars where scalar.value >= 0x80 {
            total += 1
            switch scalar.value {
            case 0x3041...0x30FF, 0xFF66...0xFF9F: kana += 1
            case 0xAC00...0xD7A3: hangul += 1
            case 0x400...0x45F: cyrillic += 1
            case 0xC0...0x17F: accented += 1
            case 0x4E00...0x9FFF where LanguageModel.isCommonHan(scalar.value): han += 1
            default: break
            }
        }
        var reasons: [CharsetGuess.Reason] = []
        if charset == .utf8, wrong == 0, total > 0 { reasons.append(.wellFormedUTF8(characters: total)) }
        if kana > 0 { reasons.append(.kana(kana, of: total)) }
        if han > 0 { reasons.append(.commonHan(han, of: total)) }
        if hangul > 0 { reasons.append(.hangul(hangul, of: total)) }
        if cyrillic > 0 { reasons.append(.cyrillic(cyrillic, of: total)) }
        if accented > 0 { reasons.append(.accented(accented, of: total)) }
        if isDeclared, wrong == 0 { reasons.append(.declared) }
        if wrong > 0 { reasons.append(.invalid(bytes: wrong)) }
        return reasons
    }

    /// e to the power of a number that is not above 0, near enough.
    private static func exponential(_ power: Double) -> Double {
        guard power < 0 else { return power == 0 ? 1 : Self.reciprocal(exponential(-power)) }
        guard power > -60 else { return 0 }
        var result = 1.0
        var base = 1 + power / 1024
        // (1 + x/1024)^1024, by squaring ten times.
        guard base > 0 else { return 0 }
        for _ in 0..<10 { base *= base }
        result = base
        return result
    }

    private static func reciprocal(_ value: Double) -> Double { value > 0 ? 1 / value : 1e30 }
}
