import Wire

/// What makes two texts say the same: dates, message ids, boundaries, queue ids and the like are different each time and
/// mean nothing.
enum Sameness {
    /// The text with what is different each time replaced by what it is.
    static func of(_ text: some Collection<UInt8>) -> String {
        var words: [String] = []
        for word in text.split(whereSeparator: { $0 == Byte.space || $0 == Byte.tab }) {
            let plain = plain(word)
            // A date is many words, and the day of the month one of them.
            let isDay = word.count <= 2 && word.allSatisfy(\.isDigit)
            if words.last == "<time>", plain == "<time>" || isDay { continue }
            words.append(plain)
        }
        return words.joined(separator: " ")
    }

    private static let days: Set<String> = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
    private static let months: Set<String> = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]

    private static func plain(_ word: some Collection<UInt8>) -> String {
        let core = word.filter { ![Byte.quote, 0x2C, 0x28, 0x29, 0x5B, 0x5D, 0x3B].contains($0) }
        let digits = core.count(where: \.isDigit)
        let name = ASCII.uppercased(core.prefix(4))
        if core.count == 3, days.contains(name) || months.contains(name) { return "<time>" }
        if ASCII.uppercased(core.prefix(9)) == "BOUNDARY=" { return "<boundary>" }
        if isTime(core, digits) { return "<time>" }
        if core.first == Byte.less, core.last == Byte.greater, core.contains(0x40), digits >= 4 { return "<id>" }
        // A queue id, an id of a session, a boundary: long, and of more kinds of characters than a word has.
        let letters = core.count(where: \.isLetter)
        let isID = core.count >= 8 && digits >= 3 && letters >= 2 && !core.contains(0x40) && !core.contains(Byte.equals)
        if isID { return "<id>" }
        if digits >= 9, digits == core.count { return "<id>" }
        return String(decoding: word, as: UTF8.self)
    }

    /// `10:20:30`, `+0900`, `04-Mar-1997`, `2026-11-26T10:20:30Z`.
    private static func isTime(_ word: [UInt8], _ digits: Int) -> Bool {
        guard digits >= 4 else { return false }
        let colons = word.count { $0 == Byte.colon }
        if colons == 2 || (colons == 1 && digits == 4 && word.count == 5) { return true }
        if word.count == 5, word.first == Byte.plus || word.first == Byte.hyphen, digits == 4 { return true }
        let parts = word.split(separator: Byte.hyphen)
        return parts.count == 3 && parts.contains { $0.count == 4 && $0.allSatisfy(\.isDigit) }
            || word.count == 4 && digits == 4 && (word.starts(with: "19".utf8) || word.starts(with: "20".utf8))
    }
}
