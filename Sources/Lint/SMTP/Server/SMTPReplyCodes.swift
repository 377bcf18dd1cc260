import Wire

/// The replies that are written for each command: RFC 5321 §4.3.2, and the extensions that bring commands of their own.
enum SMTPReplyCodes {
    struct Row: Sendable {
        let verb: String
        /// After these the client has more to say.
        let intermediate: [String]
        let success: [String]
        let failure: [String]
        let clause: String

        init(_ verb: String, intermediate: [String] = [], success: [String], failure: [String], _ clause: String) {
            self.verb = verb
            self.intermediate = intermediate
            self.success = success
            self.failure = failure
            self.clause = clause
        }

        /// As in `250, 251`.
        var positive: String { (intermediate + success).joined(separator: ", ") }
    }

    static let table: [Row] = [
        Row("EHLO", success: ["250"], failure: ["502", "504", "550"], "RFC 5321 §4.3.2"),
        Row("HELO", success: ["250"], failure: ["502", "504", "550"], "RFC 5321 §4.3.2"),
        Row("LHLO", success: ["250"], failure: ["502", "504", "550"], "RFC 2033 §4.1"),
        Row(
            "MAIL", success: ["250"],
            failure: ["450", "451", "452", "455", "503", "530", "550", "552", "553", "555"], "RFC 5321 §4.3.2"),
        Row(
            "RCPT", success: ["250", "251"],
            failure: ["450", "451", "452", "455", "503", "530", "550", "551", "552", "553", "555"], "RFC 5321 §4.3.2"),
        Row(
            "DATA", intermediate: ["354"], success: [], failure: ["450", "503", "530", "550", "554"], "RFC 5321 §4.3.2"),
        // The line with the dot.
        Row(".", success: ["250"], failure: ["450", "451", "452", "550", "552", "554"], "RFC 5321 §4.3.2"),
        Row("BDAT", success: ["250"], failure: ["450", "451", "452", "503", "550", "552", "554"], "RFC 3030 §2"),
        Row("RSET", success: ["250"], failure: [], "RFC 5321 §4.3.2"),
        Row(
            "VRFY", success: ["250", "251", "252"], failure: ["502", "504", "550", "551", "553"], "RFC 5321 §4.3.2"),
        Row("EXPN", success: ["250", "252"], failure: ["502", "504", "550"], "RFC 5321 §4.3.2"),
        Row("HELP", success: ["211", "214"], failure: ["502", "504"], "RFC 5321 §4.3.2"),
        Row("NOOP", success: ["250"], failure: [], "RFC 5321 §4.3.2"),
        Row("QUIT", success: ["221"], failure: [], "RFC 5321 §4.3.2"),
        Row("STARTTLS", success: ["220"], failure: ["454"], "RFC 3207 §4"),
        Row(
            "AUTH", intermediate: ["334"], success: ["235"],
            failure: ["432", "454", "503", "504", "530", "534", "535", "538"], "RFC 4954 §4, §6"),
        Row("ETRN", success: ["250", "251", "252", "253"], failure: ["458", "459"], "RFC 1985 §5"),
    ]

    /// To any command (RFC 5321 §4.3.2), to all that a host which takes no mail hears (RFC 7504: 521, 556), and some that
    /// servers are known to say.
    private static let anywhere: Set<String> = [
        "421", "430", "453", "500", "501", "502", "503", "504", "521", "523", "525", "550", "554", "556",
    ]

    private static let byVerb = Dictionary(table.map { ($0.verb, $0) }) { first, _ in first }
    private static let failures = anywhere.union(table.flatMap(\.failure))
    private static let intermediates = Set(table.flatMap(\.intermediate))

    static func row(_ verb: String) -> Row? { byVerb[verb] }

    /// A refusal of which some document says what it means. Servers refuse with any of them at any command, and clients
    /// go by the first digit (RFC 5321 §4.3.2).
    static func isKnownFailure(_ code: String) -> Bool { failures.contains(code) }

    static func isIntermediate(_ code: String) -> Bool { intermediates.contains(code) }

    /// By the grammar of RFC 5321 §4.2.
    static func isWellFormed(_ code: some Collection<UInt8>) -> Bool {
        let digits = Array(code.prefix(4))
        return digits.count == 3 && (0x32...0x35).contains(digits[0]) && (0x30...0x35).contains(digits[1])
            && digits[2].isDigit
    }
}
