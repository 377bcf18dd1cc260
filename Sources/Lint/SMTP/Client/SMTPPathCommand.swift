import Conversation
import Wire

/// The parts of `MAIL FROM:<path> parameters` and `RCPT TO:<path> parameters` (RFC 5321 §4.1.1.2, §4.1.1.3), as
/// tolerantly as servers read them.
struct SMTPPathCommand {
    enum Form {
        case bracketed
        /// An address without angle brackets.
        case bare
        /// `<` and no `>`.
        case unclosed
        /// No `FROM:` or `TO:`.
        case missing
    }

    let isMail: Bool
    private(set) var form = Form.missing
    private(set) var hasBlankBeforeColon = false
    private(set) var hasBlankAfterColon = false
    /// What stands between the brackets.
    private(set) var path: ArraySlice<UInt8> = []
    /// Something other than a blank stands right behind `>`.
    private(set) var isJoined = false
    private(set) var parameters: [ArraySlice<UInt8>] = []
    /// In `bare`, an address in angle brackets follows what stands before them.
    private(set) var hasName = false
    /// Further addresses behind the first.
    private(set) var more = 0

    /// - Returns: nil for another command.
    init?(_ exchange: Exchange) {
        guard exchange.length > 0, exchange.verb == "MAIL" || exchange.verb == "RCPT" else { return nil }
        isMail = exchange.verb == "MAIL"
        let line = exchange.command[...].drop { $0.isBlank }
        let rest = line.dropFirst(4).drop { $0.isBlank }
        let word = isMail ? 4 : 2
        guard ASCII.equal(rest.prefix(word), isMail ? "FROM" : "TO") else { return }
        let colon = rest.dropFirst(word).drop { $0.isBlank }
        guard colon.first == Byte.colon else { return }
        hasBlankBeforeColon = colon.startIndex > rest.startIndex + word
        let target = colon.dropFirst().drop { $0.isBlank }
        hasBlankAfterColon = target.startIndex > colon.startIndex + 1
        guard target.first == Byte.less else {
            form = target.isEmpty ? .missing : .bare
            path = target.prefix { !$0.isBlank }
            parameters = ASCII.words(target[path.endIndex...])
            hasName = target.drop { $0 != Byte.less }.contains(Byte.greater)
            return
        }
        guard let end = Self.end(target) ?? target.firstIndex(of: Byte.greater) else {
            form = .unclosed
            path = target.dropFirst()
            return
        }
        form = .bracketed
        path = target[(target.startIndex + 1)..<end]
        let behind = target[(end + 1)...]
        isJoined = behind.first.map { !$0.isBlank } ?? false
        parameters = ASCII.words(behind)
        more = parameters.reduce(0) { $0 + Self.addresses($1) }
    }

    /// Addresses in angle brackets that stand behind the first, and not in a parameter.
    private static func addresses(_ word: ArraySlice<UInt8>) -> Int {
        guard !word.prefix(while: { $0 != Byte.less }).contains(Byte.equals) else { return 0 }
        return word.split(separator: Byte.less, omittingEmptySubsequences: false).dropFirst().count { part in
            part.prefix { $0 != Byte.greater }.contains(UInt8(ascii: "@")) && part.contains(Byte.greater)
        }
    }

    /// The `>` that is in no quoted string.
    private static func end(_ target: ArraySlice<UInt8>) -> Int? {
        var isQuoted = false
        var isEscaped = false
        for index in target.indices {
            let byte = target[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == Byte.quote {
                isQuoted.toggle()
            } else if byte == Byte.greater, !isQuoted {
                return index
            }
        }
        return nil
    }

    /// The name of each parameter, in upper case, and its value.
    var named: [(name: String, value: String)] {
        parameters.map { parameter in
            let name = parameter.prefix { $0 != Byte.equals }
            return (ASCII.uppercased(name), ASCII.uppercased(parameter.dropFirst(name.count + 1)))
        }
    }

    /// An octet above 127 stands in the path.
    var isEightBit: Bool { path.contains { $0 >= 0x80 } }
}
