import Conversation
import Wire

/// `keyword=value` behind the path of MAIL or RCPT (RFC 5321 §4.1.2).
struct SMTPParameter {
    struct Flaw {
        var words: Words
        var clause: String

        init(_ en: String, ja: String, _ clause: String) {
            words = Words(en, ja: ja)
            self.clause = clause
        }
    }

    /// In upper case.
    let name: String
    /// nil where there is no `=`.
    let value: ArraySlice<UInt8>?
    private let text: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        let keyword = text.prefix { $0 != Byte.equals }
        name = ASCII.uppercased(keyword)
        value = keyword.endIndex < text.endIndex ? text[(keyword.endIndex + 1)...] : nil
    }

    private enum Command { case mail, rcpt }

    /// Those whose values are known here, the command that each belongs to, and by which keyword a server offers them.
    private static let known: [String: (command: Command, keyword: String, clause: String)] = [
        "SIZE": (.mail, "SIZE", "RFC 1870 §3"),
        "BODY": (.mail, "8BITMIME", "RFC 6152 §2"),
        "RET": (.mail, "DSN", "RFC 3461 §4.3"),
        "ENVID": (.mail, "DSN", "RFC 3461 §4.4"),
        "AUTH": (.mail, "AUTH", "RFC 4954 §5"),
        "SMTPUTF8": (.mail, "SMTPUTF8", "RFC 6531 §3.1"),
        "REQUIRETLS": (.mail, "REQUIRETLS", "RFC 8689 §2"),
        "NOTIFY": (.rcpt, "DSN", "RFC 3461 §4.1"),
        "ORCPT": (.rcpt, "DSN", "RFC 3461 §4.2"),
    ]

    static func isKnown(_ name: String) -> Bool { known[name] != nil }

    /// The server lists the extension to which the parameter belongs; true where that cannot be known.
    static func isOffered(_ name: String, in session: SessionSoFar) -> Bool {
        guard session.smtp.listing != nil, let parameter = known[name] else { return true }
        return session.smtp.offers(parameter.keyword) || name == "BODY" && session.smtp.offers("BINARYMIME")
    }

    /// What is wrong with it; nil where nothing is known to be.
    func flaw(isMail: Bool) -> Flaw? {
        if let flaw = formFlaw { return flaw }
        guard let (command, _, clause) = Self.known[name] else { return nil }
        guard (command == .mail) == isMail else {
            let (right, wrong) = isMail ? ("RCPT", "MAIL") : ("MAIL", "RCPT")
            return Flaw(
                "\(name) belongs to \(right), and not to \(wrong)", ja: "\(name) は \(wrong) ではなく \(right) に付けるものです",
                clause)
        }
        return valueFlaw.map { Flaw($0.en, ja: $0.ja, clause) }
    }

    private var formFlaw: Flaw? {
        // A second address is a matter of the path.
        guard !text.contains(UInt8(ascii: "@")) || value != nil else { return nil }
        let clause = "RFC 5321 §4.1.2"
        if ["7BIT", "8BITMIME", "BINARYMIME"].contains(name) {
            return Flaw(
                "it is a value, and the name is missing before it: `BODY=\(name)`",
                ja: "これは値で、前に名前がありません (`BODY=\(name)`)", "RFC 6152 §2")
        }
        let keyword = text.prefix { $0 != Byte.equals }
        guard let first = keyword.first, first.isLetter || first.isDigit,
            keyword.allSatisfy({ $0.isLetter || $0.isDigit || $0 == Byte.hyphen })
        else {
            return Flaw(
                "a parameter is a keyword of letters, digits and hyphens, mostly with `=` and a value right behind it",
                ja: "パラメータは英数字とハイフンから成るキーワードで、多くはその直後に `=` と値が続きます", clause)
        }
        guard let value else { return nil }
        if value.isEmpty {
            return Flaw("nothing stands behind its `=`", ja: "`=` の後に何もありません", clause)
        }
        return nil
    }

    private var valueFlaw: Words? {
        switch name {
        case "SMTPUTF8", "REQUIRETLS":
            return value == nil ? nil : Words("\(name) has no value", ja: "\(name) に値はありません")
        default: break
        }
        guard let value else { return Words("it has no value", ja: "値がありません") }
        switch name {
        case "SIZE":
            return value.allSatisfy(\.isDigit) && value.count <= 20
                ? nil : Words("a size is a number of octets, in digits only", ja: "サイズはオクテット数を数字だけで書きます")
        case "BODY": return Self.one(of: ["7BIT", "8BITMIME", "BINARYMIME"], value)
        case "RET": return Self.one(of: ["FULL", "HDRS"], value)
        case "ENVID": return Self.xtextFlaw(value)
        case "NOTIFY": return Self.notifyFlaw(value)
        case "ORCPT": return Self.originalFlaw(value)
        case "AUTH": return Self.authFlaw(value)
        default: return nil
        }
    }

    private static func one(of values: [String], _ value: ArraySlice<UInt8>) -> Words? {
        guard !values.contains(ASCII.uppercased(value)) else { return nil }
        return Words(
            "its value is one of \(values.joined(separator: ", "))", ja: "値は \(values.joined(separator: "、")) のいずれかです")
    }

    private static func notifyFlaw(_ value: ArraySlice<UInt8>) -> Words? {
        let items = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard items.allSatisfy({ ["NEVER", "SUCCESS", "FAILURE", "DELAY"].contains(ASCII.uppercased($0)) }) else {
            return Words(
                "its value is NEVER, or a list of SUCCESS, FAILURE and DELAY with commas between and no blanks",
                ja: "値は NEVER か、SUCCESS、FAILURE、DELAY を空白なしのコンマで区切ったものです")
        }
        guard items.count > 1, items.contains(where: { ASCII.equal($0, "NEVER") }) else { return nil }
        return Words(
            "NEVER excludes every other value, and stands alone", ja: "NEVER はほかのすべての値を排除するもので、単独で書きます")
    }

    private static func originalFlaw(_ value: ArraySlice<UInt8>) -> Words? {
        let type = value.prefix { $0 != UInt8(ascii: ";") }
        guard !type.isEmpty, type.endIndex < value.endIndex, type.endIndex + 1 < value.endIndex else {
            return Words(
                "its value is a type, `;` and the address, as in `rfc822;bob@example.net`",
                ja: "値は `rfc822;bob@example.net` のように、種類と `;` とアドレスから成ります")
        }
        // RFC 6533 §3 has another encoding.
        if ASCII.equal(type, "UTF-8") { return nil }
        return xtextFlaw(value[(type.endIndex + 1)...])
    }

    private static func authFlaw(_ value: ArraySlice<UInt8>) -> Words? {
        if value.elementsEqual("<>".utf8) { return nil }
        if value.first == Byte.less || value.last == Byte.greater {
            return Words(
                "its value is `<>`, or an address without angle brackets", ja: "値は `<>` か、山括弧のないアドレスです")
        }
        return xtextFlaw(value)
    }

    /// RFC 3461 §4. Small letters in `+2b` are read by everybody.
    private static func xtextFlaw(_ text: ArraySlice<UInt8>) -> Words? {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == Byte.plus {
                guard text[(index + 1)...].prefix(2).count(where: isHexadecimal) == 2 else {
                    return Words(
                        "a `+` in it must be written `+2B`", ja: "値の中の `+` は `+2B` と書かなければなりません")
                }
            } else if byte == Byte.equals {
                return Words("a `=` in it must be written `+3D`", ja: "値の中の `=` は `+3D` と書かなければなりません")
            } else if !(0x21...0x7E).contains(byte) {
                return Words(
                    "what is not printable ASCII must be written as `+` and two hexadecimal digits",
                    ja: "印字可能な ASCII でないものは `+` と 16 進数 2 桁で書かなければなりません")
            }
            index += 1
        }
        return nil
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        byte.isDigit || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte.uppercased)
    }
}
