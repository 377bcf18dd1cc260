import Wire

/// Runs of 7-bit encodings without escape sequences.
enum Shifts {
    /// - Returns: how many runs of `~{…~}` there are; nil where there are none, or the bytes are not HZ.
    static func hz(_ bytes: [UInt8]) -> Int? {
        guard bytes.contains(0x7E), let text = Charset.hz.read(bytes), text.isValid else { return nil }
        return runs(text.text, bytes, opening: (0x7E, 0x7B), most: 7)
    }

    static func utf7(_ bytes: [UInt8]) -> Int? {
        guard bytes.contains(Byte.plus), let text = Charset.utf7.read(bytes), text.isValid else { return nil }
        var runs = 0
        for index in bytes.indices.dropLast() where bytes[index] == Byte.plus && bytes[index + 1] != Byte.hyphen {
            runs += 1
        }
        return plausible(text.text, most: 9.5) ? runs : nil
    }

    private static func runs(_ text: String, _ bytes: [UInt8], opening: (UInt8, UInt8), most: Double) -> Int? {
        var runs = 0
        for index in bytes.indices.dropLast() where bytes[index] == opening.0 && bytes[index + 1] == opening.1 {
            runs += 1
        }
        return runs > 0 && plausible(text, most: most) ? runs : nil
    }

    /// What is not ASCII reads like some language, so that `a+b` and `C++/CLI` are none.
    private static func plausible(_ text: String, most: Double) -> Bool {
        let foreign = text.unicodeScalars.filter { $0.value >= 0x80 }
        guard !foreign.isEmpty else { return false }
        let cost = LanguageModel.Language.allCases.map { LanguageModel.of($0).cost(foreign) }.min() ?? .infinity
        return cost / Double(foreign.count) <= most
    }
}
