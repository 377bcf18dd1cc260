import Wire

public enum DateOddity: String, Sendable, CaseIterable {
    /// A year of two digits (RFC 5322 §4.3): 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999.
    case twoDigitYear
    /// A year of three digits (RFC 5322 §4.3): 1900 is added.
    case threeDigitYear
    /// The date is another day of the week.
    case weekdayMismatch
    /// A word where the day of the week belongs that is none.
    case badWeekday
    /// UT, GMT, EST, EDT, CST, CDT, MST, MDT, PST, PDT (RFC 5322 §4.3).
    case obsoleteZone
    /// A single letter (RFC 5322 §4.3: to be taken for -0000).
    case militaryZone
    /// A name that RFC 5322 does not list, such as JST; the offset of the commonest ones is known all the same.
    case unlistedZone
    /// A zone that is no `+hhmm`: `+9`, `+09:00`, `GMT+9`.
    case zoneForm
    case noZone
    /// The time is missing; midnight is taken for it.
    case noTime
    /// A day that the month does not have.
    case dayOutOfRange
    /// An hour over 23, a minute over 59, a second over 60.
    case timeOutOfRange
    /// Minutes of a zone over 59.
    case zoneOutOfRange
    /// A zone that no place on earth has: beyond -1200 and +1400.
    case unlikelyZone
    /// A year before 1900.
    case yearOutOfRange
    /// Blanks or comments where the present grammar has none, or none where it has some (RFC 5322 §4.3).
    case obsoleteSpacing
    /// A number of the time with one digit or with three.
    case timeForm
    /// `Tuesday`, `March`.
    case spelledOut
    /// Another order or other marks, such as `Tue Mar  4 10:20:30 1997`, `4-Mar-97`, or no comma behind the weekday.
    case foreignForm
    case textBehind
}

/// A date and time of a header (RFC 5322 §3.3), the obsolete forms (§4.3) and some that were never right included.
public struct DateTime: Sendable, Equatable {
    public internal(set) var year = 0
    public internal(set) var month = 0
    public internal(set) var day = 0
    public internal(set) var hour = 0
    public internal(set) var minute = 0
    public internal(set) var second = 0
    /// East of Greenwich; nil where it is not known, as with `-0000`.
    public internal(set) var zoneMinutes: Int?
    /// As written, 0 for Sunday; nil where there is none.
    public internal(set) var weekday: Int?
    public internal(set) var oddities: [Oddity<DateOddity>] = []

    /// - Parameter value: of the field, unfolded.
    /// - Returns: nil where no date can be made out.
    public init?(_ value: [UInt8]) {
        var reading = DateTimeReading(value)
        guard let date = reading.read() else { return nil }
        self = date
    }

    init() {}

    public func has(_ kind: DateOddity) -> Bool { oddities.contains { $0.kind == kind } }

    /// Since 1970-01-01 00:00 UTC; an unknown zone counts as UTC (RFC 5322 §3.3). Nil where the date is impossible.
    public var seconds: Int64? {
        guard !has(.dayOutOfRange), !has(.timeOutOfRange), !has(.zoneOutOfRange) else { return nil }
        let time = Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
        return Self.days(year, month, day) * 86_400 + time - Int64(zoneMinutes ?? 0) * 60
    }

    /// Days since 1970-01-01 of the Gregorian calendar.
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        // A year that begins in March has its leap day last.
        let year = Int64(month <= 2 ? year - 1 : year)
        let era = (year >= 0 ? year : year - 399) / 400
        let ofEra = year - era * 400
        let ofYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
