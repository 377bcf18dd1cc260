#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A moment: nanoseconds since 1970-01-01 00:00 UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }

    /// Nanoseconds from `earlier` to this moment; zero where that would be negative.
    public func since(_ earlier: Timestamp) -> Int64 {
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return overflow ? 0 : max(0, difference)
    }
}

extension Timestamp {
    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The wall clock as it stood when the process first asked, carried on by the monotonic clock: a clock that is set
    /// in the middle of a conversation does not put a reply before its command.
    private static let origin = read(CLOCK_REALTIME) - read(CLOCK_MONOTONIC)

    public static func now() -> Timestamp {
        Timestamp(nanoseconds: origin + read(CLOCK_MONOTONIC))
    }
}

extension Timestamp {
    /// `2026-11-23T12:34:56.123456Z`, RFC 3339 in UTC.
    public var text: String {
        let (seconds, rest) = split
        let (year, month, day) = Self.civil(days: Self.floorDivide(seconds, 86_400))
        let second = Int(seconds - Self.floorDivide(seconds, 86_400) * 86_400)
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2) + "T"
            + Self.clock(second) + "." + Self.padded(Int(rest / 1000), 6) + "Z"
    }

    /// `20261123T123456`, for names of files.
    public var compactText: String {
        let (seconds, _) = split
        let (year, month, day) = Self.civil(days: Self.floorDivide(seconds, 86_400))
        let second = Int(seconds - Self.floorDivide(seconds, 86_400) * 86_400)
        return Self.padded(year, 4) + Self.padded(month, 2) + Self.padded(day, 2) + "T"
            + Self.clock(second).filter { $0 != ":" }
    }

    /// `2026-11-23 12:34:56.123` in the time zone of this machine.
    public var localText: String {
        let (seconds, rest) = split
        var time = time_t(seconds)
        var parts = tm()
        guard localtime_r(&time, &parts) != nil else { return text }
        return Self.padded(Int(parts.tm_year) + 1900, 4) + "-" + Self.padded(Int(parts.tm_mon) + 1, 2) + "-"
            + Self.padded(Int(parts.tm_mday), 2) + " " + Self.padded(Int(parts.tm_hour), 2) + ":"
            + Self.padded(Int(parts.tm_min), 2) + ":" + Self.padded(Int(parts.tm_sec), 2) + "."
            + Self.padded(Int(rest / 1_000_000), 3)
    }

    private var split: (seconds: Int64, nanoseconds: Int64) {
        let seconds = Self.floorDivide(nanoseconds, 1_000_000_000)
        return (seconds, nanoseconds - seconds * 1_000_000_000)
    }

    private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
        a >= 0 ? a / b : -((-(a + 1)) / b) - 1
    }

    private static func clock(_ second: Int) -> String {
        padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
    }

    /// The date of a day counted from 1970-01-01, by the Gregorian calendar (Howard Hinnant's algorithm).
    private static func civil(days: Int64) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (Int(yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)), Int(civilMonth), Int(day))
    }
}
