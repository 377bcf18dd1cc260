import Wire

/// Reads a date from its words, numbers and marks.
struct DateTimeReading {
    private struct Token {
        enum Kind: Equatable { case word, number, mark(UInt8) }
        var kind: Kind
        var range: Range<Int>
        /// Blanks or comments stand before it.
        var isSpaced: Bool
    }

    private static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    private static let longMonths = [
        "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER",
        "DECEMBER",
    ]
    private static let weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    private static let longWeekdays = [
        "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY",
    ]
    private static let zones = [
        "UT": 0, "GMT": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480,
        "PDT": -420,
    ]
    private static let otherZones = [
        "UTC": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MET": 60, "MEZ": 60, "CEST": 120, "MEST": 120,
        "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "HKT": 480, "JST": 540, "KST": 540, "AEST": 600, "NZST": 720,
        "HST": -600,
    ]
    /// A date has no more than 16; what is behind is not looked at.
    private static let tokenLimit = 40

    private let bytes: [UInt8]
    private var tokens: [Token] = []
    private var at = 0
    private var date = DateTime()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var cursor = HeaderCursor(bytes)
        while tokens.count < Self.tokenLimit {
            let before = cursor.index
            cursor.skipComments()
            guard let byte = cursor.peek else { break }
            let start = cursor.index
            let isSpaced = start > before
            let kind: Token.Kind
            if byte.isDigit {
                kind = .number
                _ = cursor.take { $0.isDigit }
            } else if byte.isLetter {
                kind = .word
                _ = cursor.take { $0.isLetter }
            } else {
                kind = .mark(byte)
                cursor.index += 1
            }
            tokens.append(Token(kind: kind, range: start..<cursor.index, isSpaced: isSpaced))
        }
    }

    mutating func read() -> DateTime? {
        let start = tokens.first?.range.lowerBound ?? 0
        readWeekday()
        guard readDate(), readTime() else { return nil }
        if date.year == 0 {
            // `Tue Mar  4 10:20:30 JST 1997`
            if kind == .word { readZone() }
            guard readYear() else { return nil }
        }
        if kind != nil, at < tokens.count {
            readZone()
        } else if date.zoneMinutes == nil, !hasZone {
            note(.noZone, end..<end)
        }
        if at < tokens.count { note(.textBehind, tokens[at].range.lowerBound..<bytes.count) }
        check(start)
        return date
    }

    private var hasZone = false

    // MARK: - Tokens

    private var kind: Token.Kind? { at < tokens.count ? tokens[at].kind : nil }
    private var end: Int { at > 0 && at <= tokens.count ? tokens[at - 1].range.upperBound : bytes.count }
    private func word(_ index: Int) -> String { ASCII.uppercased(bytes[tokens[index].range]) }
    private func number(_ index: Int) -> Int? {
        guard tokens[index].range.count <= 6 else { return nil }
        return ASCII.number(bytes[tokens[index].range]).map { Int($0) }
    }

    private mutating func note(_ kind: DateOddity, _ range: Range<Int>) {
        guard date.oddities.count < MessageLimits.oddities, !date.has(kind) else { return }
        date.oddities.append(Oddity(kind, range))
    }

    private mutating func noteHere(_ kind: DateOddity) {
        if at < tokens.count { note(kind, tokens[at].range) }
    }

    private mutating func skip(_ mark: UInt8) -> Bool {
        guard kind == .mark(mark) else { return false }
        at += 1
        return true
    }

    // MARK: - Parts

    private mutating func readWeekday() {
        guard kind == .word else { return }
        let word = word(at)
        if month(word) != nil { return }
        if let day = Self.weekdays.firstIndex(of: word) {
            date.weekday = day
        } else if let day = Self.longWeekdays.firstIndex(of: word) {
            date.weekday = day
            noteHere(.spelledOut)
        } else {
            noteHere(.badWeekday)
        }
        at += 1
        _ = skip(Byte.dot)
        if at < tokens.count, kind == .mark(0x2C) {
            if tokens[at].isSpaced { noteHere(.obsoleteSpacing) }
            at += 1
            if at < tokens.count, !tokens[at].isSpaced { noteHere(.obsoleteSpacing) }
        } else {
            noteHere(.foreignForm)
        }
    }

    private mutating func readDate() -> Bool {
        if kind == .word {
            // `Mar 4, 1997` and `Mar  4 10:20:30 1997`
            noteHere(.foreignForm)
            guard readMonth(), readDay() else { return false }
            _ = skip(0x2C)
            if at + 1 < tokens.count, tokens[at + 1].kind == .mark(Byte.colon) { return true }
            return readYear()
        }
        guard kind == .number else { return false }
        if tokens[at].range.count == 4 { return readNumericDate() }
        guard readDay() else { return false }
        _ = skip(Byte.dot)
        if skip(Byte.hyphen) { noteHere(.foreignForm) }
        guard readMonth() else { return false }
        _ = skip(Byte.hyphen)
        return readYear()
    }

    /// `1997-03-04T10:20:30`
    private mutating func readNumericDate() -> Bool {
        noteHere(.foreignForm)
        guard readYear(), skip(Byte.hyphen) || skip(0x2F), kind == .number, let month = number(at), 1...12 ~= month
        else { return false }
        date.month = month
        at += 1
        guard skip(Byte.hyphen) || skip(0x2F), readDay() else { return false }
        if kind == .word, word(at) == "T" { at += 1 }
        return true
    }

    private mutating func readDay() -> Bool {
        guard kind == .number, let day = number(at) else { return false }
        date.day = day
        at += 1
        return true
    }

    private func month(_ word: String) -> Int? {
        (Self.months.firstIndex(of: word) ?? Self.longMonths.firstIndex(of: word)).map { $0 + 1 }
    }

    private mutating func readMonth() -> Bool {
        guard kind == .word, let month = month(word(at)) else { return false }
        if tokens[at].range.count > 3 { noteHere(.spelledOut) }
        date.month = month
        at += 1
        _ = skip(Byte.dot)
        return true
    }

    private mutating func readYear() -> Bool {
        // Behind an hour the year is missing.
        guard kind == .number, let year = number(at), at + 1 >= tokens.count || tokens[at + 1].kind != .mark(Byte.colon)
        else { return false }
        switch tokens[at].range.count {
        case 1: return false
        case 2:
            noteHere(.twoDigitYear)
            date.year = year < 50 ? 2000 + year : 1900 + year
        case 3:
            noteHere(.threeDigitYear)
            date.year = 1900 + year
        default:
            if year < 1900 { noteHere(.yearOutOfRange) }
            date.year = year
        }
        // Zero stands for a year not yet read.
        if date.year == 0 { return false }
        at += 1
        return true
    }

    private mutating func readTime() -> Bool {
        _ = skip(0x2C)
        guard kind == .number, at + 1 < tokens.count,
            tokens[at + 1].kind == .mark(Byte.colon) || tokens[at + 1].kind == .mark(Byte.dot)
        else {
            if date.year != 0 { note(.noTime, end..<end) }
            return date.year != 0
        }
        let isDotted = tokens[at + 1].kind == .mark(Byte.dot)
        if isDotted { noteHere(.foreignForm) }
        guard let hour = timeNumber() else { return false }
        date.hour = hour
        guard let minute = timeNumber(behind: isDotted ? Byte.dot : Byte.colon) else { return false }
        date.minute = minute
        if kind == .mark(isDotted ? Byte.dot : Byte.colon) {
            guard let second = timeNumber(behind: isDotted ? Byte.dot : Byte.colon) else { return false }
            date.second = second
            if skip(Byte.dot), kind == .number {
                noteHere(.timeForm)
                at += 1
            }
        }
        if kind == .word, ["AM", "PM"].contains(word(at)) {
            noteHere(.foreignForm)
            if 1...12 ~= date.hour { date.hour = date.hour % 12 + (word(at) == "PM" ? 12 : 0) }
            at += 1
        }
        return true
    }

    private mutating func timeNumber(behind mark: UInt8? = nil) -> Int? {
        if let mark {
            if at < tokens.count, tokens[at].isSpaced { noteHere(.obsoleteSpacing) }
            guard skip(mark) else { return nil }
            if at < tokens.count, tokens[at].isSpaced { noteHere(.obsoleteSpacing) }
        }
        guard kind == .number, let number = number(at) else { return nil }
        if tokens[at].range.count != 2 { noteHere(.timeForm) }
        at += 1
        return number
    }

    private mutating func readZone() {
        hasZone = true
        switch kind {
        case .word:
            let name = word(at)
            if let minutes = Self.zones[name] {
                noteHere(.obsoleteZone)
                date.zoneMinutes = minutes
            } else if name.utf8.count == 1 {
                noteHere(.militaryZone)
                if name == "Z" { date.zoneMinutes = 0 }
            } else {
                noteHere(.unlistedZone)
                date.zoneMinutes = Self.otherZones[name]
            }
            at += 1
            if kind == .mark(Byte.plus) || kind == .mark(Byte.hyphen), at < tokens.count, !tokens[at].isSpaced {
                noteHere(.zoneForm)
                readOffset()
            }
        case .mark(Byte.plus), .mark(Byte.hyphen): readOffset()
        default: note(.noZone, end..<end)
        }
    }

    /// `+0900`
    private mutating func readOffset() {
        let start = at
        if !tokens[at].isSpaced { noteHere(.obsoleteSpacing) }
        let isWest = kind == .mark(Byte.hyphen)
        at += 1
        guard kind == .number, let number = number(at), !tokens[at].isSpaced else {
            note(.zoneForm, tokens[start].range)
            return
        }
        var hours = number / 100
        var minutes = number % 100
        if tokens[at].range.count <= 2 {
            hours = number
            minutes = 0
            noteHere(.zoneForm)
            if at + 2 < tokens.count, tokens[at + 1].kind == .mark(Byte.colon), tokens[at + 2].kind == .number {
                at += 2
                minutes = self.number(at) ?? 99
            }
        } else if tokens[at].range.count != 4 {
            noteHere(.zoneForm)
        }
        at += 1
        let range = tokens[start].range.lowerBound..<end
        if minutes > 59 || hours > 99 { note(.zoneOutOfRange, range) }
        let total = hours * 60 + minutes
        if isWest ? total > 12 * 60 : total > 14 * 60 { note(.unlikelyZone, range) }
        // -0000 says that the zone is not known (RFC 5322 §3.3).
        date.zoneMinutes = isWest && total == 0 ? nil : isWest ? -total : total
    }

    private mutating func check(_ start: Int) {
        let all = start..<bytes.count
        if date.day < 1 || date.day > DateTime.days(inMonth: date.month, of: date.year) { note(.dayOutOfRange, all) }
        if date.hour > 23 || date.minute > 59 || date.second > 60 { note(.timeOutOfRange, all) }
        guard let weekday = date.weekday, !date.has(.dayOutOfRange) else { return }
        // 1970-01-01 was a Thursday.
        let days = DateTime.days(date.year, date.month, date.day)
        if Int((days % 7 + 7 + 4) % 7) != weekday { note(.weekdayMismatch, all) }
    }
}
