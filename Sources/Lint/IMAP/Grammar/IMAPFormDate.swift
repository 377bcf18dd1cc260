import Wire

/// Dates as IMAP writes them (RFC 9051 §9: date-text, date-time).
enum IMAPFormDate {
    private static let months = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]

    /// `7-Feb-2025`, `21-Dec-2025`.
    static func isDate(_ text: ArraySlice<UInt8>) -> Bool {
        let parts = text.split(separator: Byte.hyphen, omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[0].count), let day = ASCII.number(parts[0]), parts[2].count == 4
        else { return false }
        return (1...31).contains(day) && months.contains(ASCII.uppercased(parts[1])) && ASCII.number(parts[2]) != nil
    }

    /// What is wrong with it as a date-time; nil where nothing is.
    static func flaw(inDateTime text: [UInt8]) -> Words? {
        let form = #"`"dd-Mon-yyyy hh:mm:ss +zzzz"`"#
        let parts = text.split(separator: Byte.space, omittingEmptySubsequences: false)[...]
        // The day has two places, and a blank may be the first.
        var words = parts
        if words.first?.isEmpty == true { words = words.dropFirst() }
        guard let date = words.popFirst(), isDate(date) else {
            return Words("its date is not of the form \(form)", ja: "日付が \(form) の形になっていません")
        }
        let day = date.prefix { $0 != Byte.hyphen }
        if day.count == 1, parts.first?.isEmpty != true {
            return Words(
                """
                its day has one digit where two places are due: a blank has to stand before it, as in \
                \(Quote.of([Byte.quote, Byte.space] + text + [Byte.quote]))
                """,
                ja: """
                    日が 1 桁ですが 2 文字分の幅が必要です。\(Quote.of([Byte.quote, Byte.space] + text + [Byte.quote])) のように前に空白を置きます
                    """)
        }
        guard day.count == (parts.first?.isEmpty == true ? 1 : 2) else {
            return Words("its day has three places where two are due", ja: "日が 3 文字分ありますが、2 文字分でなければなりません")
        }
        guard let time = words.popFirst(), isTime(time) else {
            return Words("its time of day is not of the form `hh:mm:ss`", ja: "時刻が `hh:mm:ss` の形になっていません")
        }
        guard let zone = words.popFirst(), zone.count == 5, zone.first == Byte.plus || zone.first == Byte.hyphen,
            zone.dropFirst().allSatisfy(\.isDigit)
        else {
            return Words("its zone is not of the form `+hhmm` or `-hhmm`", ja: "時差が `+hhmm` または `-hhmm` の形になっていません")
        }
        return words.isEmpty ? nil : Words("something stands behind its zone", ja: "時差の後に余分な文字があります")
    }

    private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        let parts = text.split(separator: Byte.colon, omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isDigit) }
    }

    /// A date in another form, as IMAP would write it; nil where it is not clear which it is.
    static func suggestion(_ text: [UInt8]) -> String? {
        let parts = text.prefix(32).split { !$0.isDigit && !$0.isLetter }
        guard parts.count >= 3 else { return nil }
        for (first, second, third) in [(0, 1, 2), (2, 1, 0)] {
            guard parts[first].count <= 2, parts[third].count == 4, let day = ASCII.number(parts[first]),
                let year = ASCII.number(parts[third]), (1...31).contains(day)
            else { continue }
            let name = ASCII.uppercased(parts[second].prefix(3))
            if months.contains(name) { return "\(day)-\(capitalized(name))-\(year)" }
            // Which of two small numbers is the month is known only where the year comes first.
            guard first == 2, let month = ASCII.number(parts[second]), (1...12).contains(month) else { return nil }
            return "\(day)-\(capitalized(months[Int(month) - 1]))-\(year)"
        }
        return nil
    }

    private static func capitalized(_ month: String) -> String { month.prefix(1) + month.dropFirst().lowercased() }
}
