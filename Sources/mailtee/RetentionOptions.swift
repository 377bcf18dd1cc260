import ArgumentParser
import Capture

/// How much of the past is kept; the same for every command that records.
struct RetentionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Delete the oldest segments beyond this size, such as 500m or 20g; or all.", valueName: "size"))
    var keepSize: KeepSize = KeepSize(bytes: Retention.standard.size)
    @Option(help: ArgumentHelp("Delete segments older than this, such as 12h, 30d or 8w; or all.", valueName: "age"))
    var keepAge: KeepAge = KeepAge(nanoseconds: Retention.standard.age)

    var retention: Retention { Retention(size: keepSize.bytes, age: keepAge.nanoseconds) }
}

/// `500m`, `20g`, `all`.
struct KeepSize: ExpressibleByArgument {
    var bytes: Int?

    init(bytes: Int?) {
        self.bytes = bytes
    }

    init?(argument: String) {
        if argument == "all" { return }
        let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40]
        guard let bytes = Quantity.of(argument, units: units) else { return nil }
        self.bytes = bytes
    }

    var defaultValueDescription: String { bytes.map { "\($0 >> 30)g" } ?? "all" }
}

/// `90m`, `12h`, `30d`, `8w`, `all`.
struct KeepAge: ExpressibleByArgument {
    var nanoseconds: Int64?

    init(nanoseconds: Int64?) {
        self.nanoseconds = nanoseconds
    }

    init?(argument: String) {
        if argument == "all" { return }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        guard let seconds = Quantity.of(argument, units: units), seconds <= Int.max / 1_000_000_000 else { return nil }
        nanoseconds = Int64(seconds) * 1_000_000_000
    }

    var defaultValueDescription: String { nanoseconds.map { "\($0 / 86_400_000_000_000)d" } ?? "all" }
}

private enum Quantity {
    /// A whole number with a unit behind it; nil where it is not that, or too large.
    static func of(_ text: String, units: [Character: Int]) -> Int? {
        guard let last = text.last, let unit = units[Character(last.lowercased())], let count = Int(text.dropLast()),
            count > 0
        else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? nil : product
    }
}
